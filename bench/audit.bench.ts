import { record } from '#safeguards/audit';
import { measure, type Custom, type CustomValues, type Figures } from './bench.ts';
import { largeLog, type LargeLog } from './audit/large-log.ts';
import { insertContact } from './contact.ts';
import { freshId, openInstallation, type Installation } from './installation.ts';

/** The budgets: what an entry adds at p50, and how long a million of them take to verify. */
const mostAddedMs = 1;
const mostVerifyMsPerMillion = 60_000;

/**
 * What an audit entry adds to the transaction it rides in; entries per second, against a bare INSERT of the same bytes in a
 * transaction of its own; and the log behind: sequencing, and verifying an export of it with public keys alone.
 */
export default {
  say: 'what an audit entry costs, how fast entries get their places, and how long a large log takes to verify',
  options: {
    sizes: {
      type: 'string',
      say: 'entries of the logs that are sequenced, exported and verified, with commas (1000000)',
    },
    operations: { type: 'string', say: 'measured transactions of each variant (2000)' },
  },
  short: { sizes: '20000', operations: '400' },
  async run(values, tell) {
    const { sizes, operations } = optionsIn(values);
    const installation = await openInstallation(16);
    try {
      tell('one transaction with and without its entry');
      const adds = await measure({ atOnce: 1, operations }, transactions(installation));
      tell('entries against bare rows, 16 at a time');
      const rates = await measure({ atOnce: 16, operations }, await appends(installation));
      const logs: LargeLog[] = [];
      for (const size of sizes) logs.push(await largeLog(installation, size, tell));
      const most = Math.max(...adds.map(({ addsMs }) => addsMs));
      return {
        document: { adds, rates, logs },
        text: [...adds.map(lineOf), ...rates.map(lineOf), ...logs.map(logLine)].join('\n'),
        isSound: most <= mostAddedMs && logs.every(isInTime),
      };
    } finally {
      await installation.close();
    }
  },
} satisfies Custom;

function transactions({ ctx, organisation }: Installation) {
  const transaction = (audit: 'none' | 'entry' | 'details') => () => {
    const id = freshId();
    return ctx.db.tenant(organisation, async (tx) => {
      await tx.run(insertContact(organisation, id));
      if (audit === 'none') return;
      const details = audit === 'details' ? { kind: 'benchmark', count: 1 } : undefined;
      const object = `contact:${id}` as const;
      await record(ctx, tx, { organisation, actor: 'system', action: 'contact.added', object, details });
    });
  };
  return {
    'row': transaction('none'),
    'row and entry': transaction('entry'),
    'row, entry, sealed details': transaction('details'),
  };
}

/** The yardstick has no organisation, no policy, no index but its key, and no pending place. */
async function appends({ ctx, organisation, bare }: Installation) {
  await bare.query('create table public.bare_entries (id uuid primary key, at timestamptz, action text, leaf bytea)');
  const bytes = Buffer.alloc(leafBytes, 'x');
  return {
    'bare INSERT': () =>
      bare.query("insert into public.bare_entries values ($1, now(), 'contact.added', $2)", [freshId(), bytes]),
    'entry': () =>
      ctx.db.tenant(organisation, (tx) =>
        record(ctx, tx, { organisation, actor: 'system', action: 'contact.added', object: `contact:${freshId()}` }),
      ),
  };
}

/** How long the leaf of such an entry is. */
const leafBytes = 280;

function optionsIn(values: CustomValues) {
  const { sizes = '1000000', operations = '2000' } = values;
  const all = String(sizes).split(',').map(Number);
  const count = Number(operations);
  if (![...all, count].every((one) => Number.isSafeInteger(one) && one > 0))
    throw new TypeError('sizes and operations are whole numbers above 0');
  return { sizes: all, operations: count };
}

function isInTime({ entries, verifyMs }: LargeLog): boolean {
  return (verifyMs / entries) * 1e6 <= mostVerifyMsPerMillion;
}

function lineOf({ variant, p50Ms, p95Ms, perSecond, addsMs, ratio }: Figures): string {
  const times = `p50 ${p50Ms.toFixed(2)} ms  p95 ${p95Ms.toFixed(2)} ms  ${Math.round(perSecond)}/s`;
  return `  ${variant.padEnd(28)} ${times}  adds ${addsMs.toFixed(2)} ms  x${ratio.toFixed(2)}`;
}

function logLine({ entries, sequenceMs, exportMs, verifyMs, bytes }: LargeLog): string {
  const perSecond = (ms: number) => `${(ms / 1000).toFixed(1)} s (${Math.round((entries / ms) * 1000)}/s)`;
  const size = `${(bytes / 1e6).toFixed(0)} MB`;
  return `  ${entries} entries: sequenced in ${perSecond(sequenceMs)}, exported in ${perSecond(exportMs)} (${size}), verified in ${perSecond(verifyMs)}`;
}

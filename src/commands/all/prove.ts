import { openApp, openSenses, type Senses } from '#app';
import { trustState, type ClaimState, type Verdict } from '#trust';
import { silent, type Command } from '../command.ts';

const marks: Record<string, string> = {
  'proven': '✓',
  'in-force': '✓',
  'attested': '§',
  'failing': '✗',
  'overdue': '✗',
  'unknown': '?',
  'not-exercised': '–',
};

const broken: ReadonlySet<string> = new Set(['failing', 'overdue']);

export default {
  say: 'Looks at every promise now, after seeing its check fail on a planted counterexample. Exits 1 when one is broken, and says what was found, where, and since when.',
  options: { only: { type: 'string', say: 'the file name of one claim' } },
  async run(io) {
    const only = io.options['only'];
    const senses = await openSenses(io.config(), silent, { isForProof: true });
    try {
      const proven = await proveOnce(senses, typeof only === 'string' ? [only] : undefined);
      const failing = proven.filter(({ status }) => broken.has(status));
      io.print({ verdicts: proven }, [...proven.map(line), '', summary(proven), ...failing.map(finding)].join('\n'));
      return failing.length > 0 ? 1 : 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

/** A verdict with what the looks before it add, and what it may cost. */
type Proven = Verdict & Pick<ClaimState, 'since' | 'every' | 'budgetMs'>;

async function proveOnce(senses: Senses, which: readonly string[] | undefined): Promise<readonly Proven[]> {
  const app = await openApp(senses);
  try {
    const verdicts = await app.proveNow(which);
    const { claims } = await trustState(senses.ctx);
    const states = new Map(claims.map((one) => [one.id, one]));
    return verdicts.map((verdict) => {
      const { since = null, every = null, budgetMs = null } = states.get(verdict.claim) ?? {};
      return { ...verdict, since, every, budgetMs };
    });
  } finally {
    await app.close();
  }
}

function line({ claim, status, checked, why, tookMs, budgetMs }: Proven): string {
  const cost = budgetMs === null ? '' : `, ${Math.round(tookMs)} of ${budgetMs} ms`;
  return `${marks[status] ?? '·'} ${status.padEnd(14)} ${claim}  (${checked} checked${cost}) ${why}`;
}

/** What is broken, below each other at the end, where it is seen. */
function finding({ claim, status, since, why }: Proven): string {
  return `✗ ${claim} is ${status} since ${since ?? 'this look'}\n${why
    .split('; ')
    .map((one) => `    ${one}`)
    .join('\n')}`;
}

function summary(all: readonly Proven[]): string {
  const counts = [...Map.groupBy(all, ({ status }) => status)].map(([status, some]) => `${some.length} ${status}`);
  const tookMs = all.reduce((sum, one) => sum + one.tookMs, 0);
  return `${counts.join(', ')}; ${Math.round(tookMs)} ms in all`;
}

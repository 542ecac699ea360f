import { iso, problem, type Id } from '#base';
import { openApp, openSenses, type Senses } from '#app';
import { allOrganisations, hygieneRuns, planOf, type HygieneRun, type Plan } from '#safeguards/retention';
import { doubtWords } from '#safeguards/vault';
import { silent, type Command } from '../command.ts';

export default {
  say: 'Shows how long each organisation keeps what and when the next of it ends. `run` ends what is past its time now, and exits 1 when something was still there although it should have been gone.',
  words: [{ name: 'what', say: 'end what is past its time now', oneOf: ['run'], isOptional: true }],
  options: {},
  async run(io) {
    const senses = await openSenses(io.config(), silent);
    try {
      if (io.words['what'] === 'run') return await cleanUpNow(senses, io.print);
      const plans = await plansOf(senses);
      const [last] = await hygieneRuns({ db: senses.jobs }, 1);
      io.print({ organisations: plans.map(documentOf), lastRun: last ? runDocument(last) : null }, table(plans, last));
      return 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

type Print = (document: unknown, human: string) => void;

async function cleanUpNow(senses: Senses, print: Print): Promise<0 | 1> {
  const doubt = await senses.ctx.keys.time.doubt();
  if (doubt) throw problem('clock-doubted', doubtWords(doubt));
  const app = await openApp(senses);
  try {
    const run = await app.cleanUpNow();
    print(runDocument(run), runText(run));
    return Object.keys(run.found).length > 0 || run.failed.length > 0 ? 1 : 0;
  } finally {
    await app.close();
  }
}

type Planned = { readonly organisation: Id; readonly plan: Plan };

async function plansOf({ ctx, jobs }: Senses): Promise<readonly Planned[]> {
  const plans: Planned[] = [];
  for (const organisation of await allOrganisations({ db: jobs })) {
    plans.push({ organisation, plan: await jobs.tenant(organisation, (tx) => planOf(ctx, tx, organisation)) });
  }
  return plans;
}

function documentOf({ organisation, plan: { keeping, nextAt, holds } }: Planned) {
  const { preset, windows, afterHandOver, version } = keeping;
  return { organisation, preset, version, windows, afterHandOver, holds, nextAt: nextAt === null ? null : iso(nextAt) };
}

function runDocument({ at, ...run }: HygieneRun) {
  return { at: iso(at), ...run };
}

function table(plans: readonly Planned[], last: HygieneRun | undefined): string {
  const rows = plans.map(({ organisation, plan: { keeping, nextAt, holds } }) => {
    const held = holds === 0 ? '' : `; ${holds} on hold`;
    const next = nextAt === null ? 'nothing to come' : `next ${iso(nextAt)}`;
    return `${organisation}  ${keeping.preset.padEnd(14)} ${windowsText(keeping)}; ${next}${held}`;
  });
  return [...rows, last ? runText(last) : 'The hourly run has not run yet.'].join('\n');
}

function windowsText({ windows, afterHandOver }: Plan['keeping']): string {
  const parts = Object.entries(windows).map(([rule, window]) => `${rule} ${lengthOf(window)}`);
  return [...parts, ...(afterHandOver === null ? [] : [`${afterHandOver / 60_000} min after a hand-over`])].join(', ');
}

function lengthOf(window: { readonly ms: number } | 'account'): string {
  if (window === 'account') return 'account';
  const days = window.ms / 86_400_000;
  return days < 1 ? `${window.ms / 60_000} min` : `${days} d`;
}

function runText({ at, tookMs, organisations, found, swept, failed }: HygieneRun): string {
  const counts = (all: Readonly<Record<string, number>>) =>
    Object.entries(all)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ') || 'nothing';
  return [
    `Run of ${iso(at)}: ${organisations} organisations in ${tookMs} ms.`,
    `Past its time and still there: ${counts(found)}.`,
    `Ended by other sweepers: ${counts(swept)}.`,
    ...(failed.length > 0 ? [`Failed: ${failed.join(', ')}.`] : []),
  ].join('\n');
}

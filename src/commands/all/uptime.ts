import { problem } from '#base';
import { openSenses } from '#app';
import { commit, promisable, uptimeState, type Promisable, type UptimeState } from '#safeguards/uptime';
import { silent, type Command, type Io } from '../command.ts';

const options = {
  'uptime': 'uptime',
  'webhook-ms': 'webhook',
  'api-ms': 'api',
  'first-answer-ms': 'first-answer',
} as const;

export default {
  say: 'Shows whether and how fast this installation answered, and what was promised of it and kept. With an option it promises something from now on, shown at /trust/status. Exits 1 when a promise of this month is not kept so far.',
  options: {
    'uptime': {
      type: 'string',
      say: 'percent of the time that it answers, such as 99.9; `none` takes the promise back',
    },
    'webhook-ms': { type: 'string', say: 'milliseconds within which 95 of 100 webhooks are answered, or `none`' },
    'api-ms': { type: 'string', say: 'the same for the API' },
    'first-answer-ms': { type: 'string', say: 'the same for the first word to a caller' },
  },
  async run(io) {
    const promised = promisedIn(io);
    const senses = await openSenses(io.config(), silent);
    try {
      for (const { what, target } of promised) await commit(senses.ctx, { what, target, by: 'command:uptime' });
      const state = await uptimeState(senses.ctx);
      io.print(state, shown(state));
      return state.months[0]?.kept.some(({ isKept }) => isKept === false) ? 1 : 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

type Promised = { readonly what: Promisable; readonly target: number | null };

/** Throws `usage`. */
function promisedIn(io: Io): readonly Promised[] {
  return Object.entries(options).flatMap(([name, what]): readonly Promised[] => {
    const said = io.options[name];
    if (typeof said !== 'string') return [];
    if (said === 'none') return [{ what, target: null }];
    if (!/^\d{1,7}(\.\d{1,4})?$/.test(said)) throw problem('usage', `--${name} is a number, or none.`);
    return [{ what, target: Number(said) }];
  });
}

function shown({ since, days, responses, months }: UptimeState): string {
  const today = days.at(-1);
  const kept = months.flatMap(({ month, kept: all }) =>
    all.map((one) => ({ ...one, month })).filter(({ target }) => target !== null),
  );
  return [
    since === null ? 'Nothing was measured yet: ./sotto serve measures once a minute.' : `Measured since ${since}.`,
    ...(typeof today?.upPercent === 'number' ? [`Today ${today.upPercent} % of the time.`] : []),
    ...responses
      .filter(({ answers }) => answers > 0)
      .map(
        ({ what, answers, p50, p95, p99 }) =>
          `${what}: ${answers} answers, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`,
      ),
    ...kept.map(
      ({ month, what, target, reached, isKept }) =>
        `${month} ${what}: promised ${target}, reached ${reached ?? 'nothing to measure'}${isKept === false ? ', NOT KEPT' : ''}`,
    ),
    ...(kept.length === 0 ? [`Nothing is promised. It can be: ${promisable.join(', ')}; see --help.`] : []),
  ].join('\n');
}

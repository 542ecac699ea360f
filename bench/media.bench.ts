import type { Custom, CustomValues } from './bench.ts';
import { wrongCount } from './media/figures.ts';
import { tableOf } from './media/print.ts';
import { product } from './media/product-target.ts';
import { relay } from './media/relay-target.ts';
import { compare, search } from './media/run.ts';
import type { Load, Target } from './media/target.ts';

const targets: Readonly<Record<string, Target>> = {
  relay,
  product,
  /** What two runs of the same program differ by. */
  again: { ...relay, name: 'bare ws relay again' },
};

/**
 * The budgets: added latency p99 <= max(5 ms, 2x the bare relay's) each way and at barge-in with 200 calls, CPU of a
 * call <= 1.2x of the relay's, memory <= 300 kB a call, no frame lost, altered or in the wrong call.
 */
export default {
  say: 'live audio, carrier to model and back, through the product and through a bare ws relay in turns',
  options: {
    calls: { type: 'string', say: 'calls at the same time (200)' },
    seconds: { type: 'string', say: 'measured time of a round (20)' },
    rounds: { type: 'string', say: 'rounds of each target; the table shows the middle of them (5)' },
    targets: {
      type: 'string',
      say: `what is put under load, with commas (relay,product); there are ${Object.keys(targets).join(', ')}`,
    },
    record: { type: 'boolean', say: 'the product records the calls' },
    log: { type: 'string', say: 'file that gets the log of the product' },
    profile: { type: 'string', say: 'folder that gets a CPU profile of each process under load' },
    search: { type: 'boolean', say: 'find the most calls with p99 below 20 ms and nothing lost' },
  },
  short: { calls: '20', seconds: '3', rounds: '1' },
  async run(values, tell) {
    const load = loadOf(values);
    const chosen = chosenOf(values);
    const most = values['search'] ? await search(chosen, load, tell) : [];
    const measured = values['search'] ? [] : await compare(chosen, load, tell);
    const found = most.map(({ target, calls }) => `  ${target}: ${calls} calls`);
    return {
      document: { load, measured, most },
      text: values['search'] ? found.join('\n') : `${titleOf(load)}\n${tableOf(measured)}`,
      isSound: measured.every(({ figures }) => wrongCount(figures) === 0),
    };
  },
} satisfies Custom;

function titleOf({ calls, seconds, rounds }: Load): string {
  return `  ${calls} calls, ${seconds} s measured in each of ${rounds} rounds`;
}

function loadOf(values: CustomValues): Load {
  const number = (name: string, fallback: number) => {
    const given = values[name];
    if (given === undefined) return fallback;
    const count = Number(given);
    if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} must be a whole number above 0`);
    return count;
  };
  return {
    calls: number('calls', 200),
    seconds: number('seconds', 20),
    rounds: number('rounds', 5),
    record: values['record'] === true,
    log: text(values['log']),
    profile: text(values['profile']),
  };
}

function text(value: CustomValues[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function chosenOf(values: CustomValues): readonly Target[] {
  const names = text(values['targets'])?.split(',') ?? ['relay', 'product'];
  return names.map((name) => {
    const target = targets[name];
    if (!target) throw new Error(`no such target: ${name}; there are: ${Object.keys(targets).join(', ')}`);
    return target;
  });
}

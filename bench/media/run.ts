import { startChild } from './child.ts';
import { middle, wrongCount, type Figures } from './figures.ts';
import { playRound, type Costs, type Ends } from './round.ts';
import type { CarrierReport, ModelReport } from './talk.ts';
import type { Bridge, Load, Target } from './target.ts';

type Tell = (line: string) => void;

/** A target that runs, and what it cost before its first call. */
type Running = { readonly target: Target; readonly bridge: Bridge; readonly before: Costs };

/** Something measured of each target, in the order of the targets. */
export type Measured = { readonly target: string; readonly figures: Figures; readonly rounds: readonly Figures[] };

/** Plays the rounds of all targets in turns (A B, A B, …), so that whatever else the machine does falls on all of them. */
export async function compare(targets: readonly Target[], load: Load, tell: Tell): Promise<readonly Measured[]> {
  return withTargets(targets, load, async (ends, running) => {
    const rounds = running.map((): Figures[] => []);
    for (let round = 0; round < load.rounds; round += 1) {
      for (const [at, one] of running.entries()) {
        const figures = await play(ends, one, load);
        rounds[at]!.push(figures);
        tell(`round ${round + 1} of ${load.rounds}, ${one.target.name}: ${brief(figures)}`);
      }
    }
    return running.map(({ target }, at) => ({
      target: target.name,
      figures: middle(rounds[at]!),
      rounds: rounds[at]!,
    }));
  });
}

/** The most calls at once that each target carried with p99 below 20 ms and nothing wrong, found in steps of 20. */
export async function search(
  targets: readonly Target[],
  load: Load,
  tell: Tell,
): Promise<readonly { readonly target: string; readonly calls: number }[]> {
  return withTargets(targets, load, async (ends, running) => {
    const found = [];
    for (const one of running)
      found.push({ target: one.target.name, calls: await mostCalls(ends, one, { load, tell }) });
    return found;
  });
}

const limitMs = 20;
const step = 20;

/** Doubles until it fails, then halves the distance. One bad round may be the machine's; two are the target's. */
async function mostCalls(
  ends: Ends,
  running: Running,
  { load, tell }: { readonly load: Load; readonly tell: Tell },
): Promise<number> {
  const carries = async (calls: number) => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const figures = await play(ends, running, { ...load, calls });
      const isGood = Math.max(figures.up.p99, figures.down.p99) < limitMs && wrongCount(figures) === 0;
      tell(`${running.target.name} with ${calls} calls: ${brief(figures)}: ${isGood ? 'carried' : 'too many'}`);
      if (isGood) return true;
    }
    return false;
  };
  let good = 0;
  let bad = Math.max(step, Math.round(load.calls / step) * step);
  while (await carries(bad)) [good, bad] = [bad, bad * 2];
  while (bad - good > step) {
    const calls = good + Math.round((bad - good) / 2 / step) * step;
    if (await carries(calls)) good = calls;
    else bad = calls;
  }
  return good;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

async function withTargets<T>(
  targets: readonly Target[],
  load: Load,
  work: (ends: Ends, running: readonly Running[]) => Promise<T>,
): Promise<T> {
  const model = await startChild<ModelReport>('model');
  const carrier = await startChild<CarrierReport>('carrier');
  const ends = { carrier, model };
  const bridges: Bridge[] = [];
  const running: Running[] = [];
  const stop = async () => {
    for (const bridge of bridges.splice(0)) await bridge.stop();
  };
  // Whoever interrupts a run does not want a product and its database to go on by themselves.
  const interrupted = () => void stop().finally(() => process.exit(130));
  for (const signal of signals) process.once(signal, interrupted);
  try {
    for (const target of targets) {
      const bridge = await target.start(model.port, load);
      bridges.push(bridge);
      running.push({ target, bridge, before: await warmUp(ends, bridge) });
    }
    return await work(ends, running);
  } finally {
    await stop();
    for (const signal of signals) process.off(signal, interrupted);
    await Promise.all([carrier.stop(), model.stop()]);
  }
}

/** A few calls load the code and fill the pools that every program has; what is held afterwards is not the calls'. */
async function warmUp(ends: Ends, bridge: Bridge): Promise<Costs> {
  await playRound(ends, bridge, { calls: 4, seconds: 2, before: await bridge.costs() });
  return bridge.costs();
}

function play(ends: Ends, { bridge, before }: Running, { calls, seconds }: Load): Promise<Figures> {
  return playRound(ends, bridge, { calls, seconds, before });
}

function brief(figures: Figures): string {
  const { up, down, bargeIn } = figures;
  const [a, b, c] = [up, down, bargeIn].map(({ p99 }) => p99.toFixed(2));
  return `p99 up ${a}, down ${b}, barge-in ${c} ms, ${wrongCount(figures)} wrong`;
}

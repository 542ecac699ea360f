import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from './child.ts';
import { judge, type Figures } from './figures.ts';
import { machineCost, type Cost, type Part } from './process-cost.ts';
import type { CarrierReport, Leg, ModelReport } from './talk.ts';
import type { Bridge } from './target.ts';

/** Both ends of the load. */
export type Ends = { readonly carrier: Child<CarrierReport>; readonly model: Child<ModelReport> };

export type Costs = Readonly<Record<Part, Cost>>;

/** Calls are set up this many at a time. */
const dialling = 8;
/** From the last call's start until measuring begins. */
const settleMs = 3_000;
/** What is under way when the carrier falls silent has this long to arrive. */
const drainMs = 1_500;

/**
 * One round: sets up the calls, lets them settle, measures for `seconds`, drains, hangs up. `before` is what the bridge
 * cost before it had any call.
 */
export async function playRound(
  { carrier, model }: Ends,
  bridge: Bridge,
  { calls, seconds, before }: { readonly calls: number; readonly seconds: number; readonly before: Costs },
): Promise<Figures> {
  const legs = await dial(carrier, bridge, calls);
  await pause(settleMs);
  await Promise.all([carrier.order({ do: 'measure' }), model.order({ do: 'measure' })]);
  const machine = await machineCost();
  const from = await bridge.costs();
  const startedMs = performance.now();
  await pause(seconds * 1000);
  const until = await bridge.costs();
  const machineAfter = await machineCost();
  const tookMs = performance.now() - startedMs;
  await Promise.all([carrier.order({ do: 'rest' }), model.order({ do: 'rest' })]);
  await model.order({ do: 'hush' });
  await carrier.order({ do: 'hush' });
  await pause(drainMs);
  const fromModel = await model.report();
  const fromCarrier = await carrier.report();
  await inTurns(legs, (leg) => bridge.hangUp(leg));
  return judge(fromCarrier, fromModel, { calls, tookMs, before, from, until, machine: [machine, machineAfter] });
}

async function dial(carrier: Ends['carrier'], bridge: Bridge, calls: number): Promise<readonly Leg[]> {
  const legs: Leg[] = [];
  const numbers = Array.from({ length: calls }, (_, number) => number);
  await inTurns(numbers, async (number) => {
    const leg = await bridge.ring(number);
    await carrier.order({ do: 'open', leg });
    legs.push(leg);
  });
  return legs;
}

/** Eight at a time. */
async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: dialling }, worker));
}

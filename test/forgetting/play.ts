import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '#base';
import { day } from '../keeping.ts';
import { claimFaults } from './claims.ts';
import { step, type Step } from './steps.ts';
import { World, type Fault } from './world.ts';

type Test = Pick<TestContext, 'name'>;
type Plan = { readonly fault?: Fault; readonly steps?: number; readonly worlds?: number; readonly shrinkMs?: number };

/**
 * Plays the random worlds of one seed. Returns what went wrong, with the seed and the fewest steps that were found to
 * lead to it; undefined when all is well.
 */
export async function play(t: Test, seed: number, plan: Plan = {}): Promise<string | undefined> {
  const { fault, steps = 24, worlds = 1, shrinkMs = 45_000 } = plan;
  const arbitrary = fc.array(step, { minLength: steps, maxLength: steps });
  for (const some of fc.sample(arbitrary, { seed, numRuns: worlds })) {
    const wrong = await playOnce(t, [...some, ...aftermath], fault);
    if (wrong === undefined) continue;
    const least = await fewest(t, wrong, { fault, shrinkMs });
    const told = least.steps.map((one) => `  ${JSON.stringify(one)}`).join('\n');
    return `seed ${seed}, these steps are enough:\n${told}\n${least.why}`;
  }
  return undefined;
}

/** As many worlds as are wanted, each from a seed of its own. Throws the first mistake. */
export async function playSeeds(options: {
  readonly worlds: number;
  readonly seed: string;
  readonly tell?: (line: string) => void;
}): Promise<{ readonly worlds: number }> {
  const random = seededRandom(options.seed);
  for (let world = 1; world <= options.worlds; world += 1) {
    const seed = random.bytes(4).readInt32BE();
    const wrong = await play({ name: `world ${seed}` }, seed, { shrinkMs: 600_000 });
    if (wrong !== undefined) throw new Error(wrong);
    if (world % 50 === 0) options.tell?.(`world ${world}/${options.worlds}`);
  }
  return { worlds: options.worlds };
}

/** What was passed over shows once it is overdue. */
const aftermath = [91, 1].map((days): Step => ({ do: 'wait', ms: days * day, dies: null }));

type Wrong = { readonly steps: readonly Step[]; readonly why: string };

/** One world from its beginning; after every step everything is looked at. Returns the steps up to the first mistake. */
async function playOnce(t: Test, steps: readonly Step[], fault: Fault | undefined): Promise<Wrong | undefined> {
  const endings: (() => unknown)[] = [];
  const own = { name: t.name, after: (work: () => unknown) => void endings.push(work) };
  const world = await World.open(own as TestContext, fault);
  let taken = 0;
  try {
    for (const one of steps) {
      taken += 1;
      await world.take(one);
      await world.check();
      const faults = await claimFaults(world.holding);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }
    return undefined;
  } catch (error) {
    return { steps: steps.slice(0, taken), why: (error as Error).message };
  } finally {
    for (const end of endings.toReversed()) await end();
  }
}

type Shrinking = { readonly fault: Fault | undefined; readonly shrinkMs: number };

/** Leaves out one step after the other, as long as it goes wrong without it and there is time. */
async function fewest(t: Test, wrong: Wrong, { fault, shrinkMs }: Shrinking): Promise<Wrong> {
  const until = performance.now() + shrinkMs;
  let least = wrong;
  for (let at = wrong.steps.length - 2; at >= 0 && performance.now() < until; at -= 1) {
    const without = least.steps.filter((_, index) => index !== at);
    least = (await playOnce(t, without, fault)) ?? least;
  }
  return least;
}

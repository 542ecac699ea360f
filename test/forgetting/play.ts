import type { TestContext } from 'node:test';
import fc from 'fast-check';
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
  for (const all of fc.sample(arbitrary, { seed, numRuns: worlds })) {
    const wrong = await playOnce(t, all, fault);
    if (wrong === undefined) continue;
    const least = await fewest(t, wrong, { fault, shrinkMs });
    const told = least.steps.map((one) => `  ${JSON.stringify(one)}`).join('\n');
    return `seed ${seed}, these steps are enough:\n${told}\n${least.why}`;
  }
  return undefined;
}

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

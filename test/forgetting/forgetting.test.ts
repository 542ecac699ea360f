import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from './faults.ts';
import { play } from './play.ts';

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

// None takes longer than a test may: some seeds each.
for (const first of [0, 5, 10, 15]) {
  const some = seeds.slice(first, first + 5);
  test(`whatever happens and whoever dies in it, all is forgotten when it should be, and nothing before: seeds ${some[0]} to ${some.at(-1)}`, async (t) => {
    for (const seed of some) assert.equal(await play(t, seed), undefined);
  });
}

for (const [name, fault] of Object.entries(faults)) {
  for (const seed of [102, 103, 104]) {
    test(`a fault in one thing of twenty is found with seed ${seed}: ${name}`, async (t) => {
      const found = await play(t, seed, { fault: fault(seed), worlds: 12, steps: 36, shrinkMs: 0 });
      assert.match(found ?? 'nothing was found', new RegExp(`^seed ${seed}, these steps are enough:`));
    });
  }
}

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { play } from './play.ts';

/** Each test plays some of the seeds, so that none takes too long. */
const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

for (const some of [seeds.slice(0, 5), seeds.slice(5, 10), seeds.slice(10, 15), seeds.slice(15)]) {
  test(`whatever happens, dies and is made up for, everything is forgotten when it should be and nothing before: seeds ${some[0]} to ${some.at(-1)}`, async (t: TestContext) => {
    for (const seed of some) assert.equal(await play(t, seed), undefined);
  });
}

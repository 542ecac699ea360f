import assert from 'node:assert/strict';
import { test } from 'node:test';
import { purgeRounds } from '../purge-rounds.ts';

test('killed in the middle of ending what is due, the next process ends the rest, and nothing that is held or in its time', async () => {
  const { rounds } = await purgeRounds({ rounds: 5, seed: 'purge rounds' });
  assert.equal(rounds, 5);
});

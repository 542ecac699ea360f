import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killRounds } from '../kill-rounds.ts';

test('whatever process is killed in the middle of calls, everything a caller was told is there after the restart', async () => {
  const report = await killRounds({ rounds: 5, callsPerRound: 4, seed: 'five' });
  assert.equal(report.rounds, 5);
  assert.ok(report.promised > 0, 'callers had been told something: otherwise this proves nothing');
});

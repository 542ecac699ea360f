import assert from 'node:assert/strict';
import { test } from 'node:test';
import { egressLedger } from './egress-ledger.ts';

test('a flood of different hosts cannot grow the ledger without bound, and is still counted', () => {
  const ledger = egressLedger();
  for (let host = 0; host < 5_000; host++) ledger.entry('some-vendor', `host-${host}.test`).refused += 1;
  const counts = ledger.counts();
  assert.equal(counts.length, 1_001);
  assert.equal(
    counts.reduce((sum, line) => sum + line.refused, 0),
    5_000,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reach } from '#safeguards/audit';
import { openLogs, shop } from '../../../test/logs.ts';
import { tablesBelow } from './tables.ts';

test('the entry of an emptied organisation covers every table whose rows go, also one that comes later', async (t) => {
  const { ctx, admin } = await openLogs(t);
  const below = await ctx.db.tenant(shop, tablesBelow);
  const { rows } = await admin.query<{ table: string }>(
    "select c.relname as table from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'count_delete'",
  );
  const counted = below.filter((table) => rows.some((row) => row.table === table));
  // What is erased of a person is written down by its ids.
  assert.deepEqual([...reach['erasure.emptied']], [...counted, 'erasure_targets'].toSorted());
});

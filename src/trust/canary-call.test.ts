import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDb, sql } from '#base';
import { callFinisher } from '#secretary/calls';
import { proveAll } from '#trust';
import { otherCanary } from './canary.ts';
import { testDerive } from '../../test/cluster.ts';
import { openProvingGround } from '../../test/proving.ts';

test('what the product does with its own calls asks nobody outside for anything, and leaves none unfinished', async (t) => {
  const ground = await openProvingGround({ env: { SOTTO_PUBLIC_URL: 'https://127.0.0.1' }, hasLine: true });
  t.after(() => ground.close());
  const jobs = openDb({
    connection: ground.database.connection('jobs'),
    role: 'jobs',
    tenantKey: testDerive('tenant-token'),
    poolSize: 2,
  });
  t.after(() => jobs.close());
  await proveAll(ground.means);
  await callFinisher({ ...ground.calls, db: jobs }).run();
  const { rung, open } = await ground.ctx.db.tenant(otherCanary, (tx) =>
    tx.one<{ rung: number; open: number }>(sql`
      select count(*) as rung, count(*) filter (where finished_at is null) as open from app.calls
      where organisation_id = ${otherCanary}`),
  );
  assert.ok(rung >= 6, String(rung));
  assert.equal(open, 0);
  assert.ok(!ground.logged.includes('reconciler.failed'));
  assert.deepEqual(
    ground.ctx.http.ledger().filter(({ sent, failed }) => sent + failed > 0),
    [],
  );
});

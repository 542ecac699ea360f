import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifier, Personal, sql } from '#base';
import { openErasing } from '../../../test/erasing.ts';

test('no request to erase, no certificate and no id of what was erased can be deleted by whoever serves', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  await keeping.leave(mine);
  await erasing.erase(mine, { person: new Personal('+34600111222') });
  for (const db of [ctx.db, keeping.archive.jobs.db]) {
    for (const table of ['erasure_targets', 'erasures']) {
      const tried = db.tenant(organisation, (tx) =>
        tx.run(sql`delete from ${identifier('app', table)} where organisation_id = ${organisation}`),
      );
      await assert.rejects(tried, { code: '42501' }, table);
    }
  }
});

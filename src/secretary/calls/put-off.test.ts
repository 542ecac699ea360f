import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, sql } from '#base';
import { openArchive } from '../../../test/archive.ts';

const day = 86_400_000;

test('a call whose summary was put off under a clock that was ahead is due once it is right, and no other before its time', async (t) => {
  const { ctx, jobs, business, call, hangUp } = await openArchive(t);
  const { organisation } = business;
  const now = ctx.clock.now();
  const due = async (tryAt: number) => {
    const id = await call();
    await hangUp(id);
    await ctx.db.tenant(organisation, (tx) =>
      tx.run(sql`
        update app.calls set next_try_at = ${iso(tryAt)} where organisation_id = ${organisation} and id = ${id}`),
    );
    const found = await jobs.db.find<{ id: string }>(sql`select id from sec.calls_unfinished(${iso(now)})`);
    return found.some((one) => one.id === id);
  };
  assert.deepEqual([await due(now), await due(now + day), await due(now + 365 * day)], [true, false, true]);
});

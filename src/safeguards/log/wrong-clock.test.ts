import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, newId, sql, type Id } from '#base';
import { openLogs, shop } from '../../../test/logs.ts';
import { sequencer } from './sequencer.ts';

const year = 365 * 86_400_000;

test('after a clock that was ahead the log is signed within a minute, by whoever runs and by the next start', async (t) => {
  const { ctx, jobs, act } = await openLogs(t);
  const set = { aheadMs: year };
  const clock = { ...ctx.clock, now: () => ctx.clock.now() + set.aheadMs };
  const running = sequencer({ ...jobs, clock });
  await act();
  assert.ok((await running.run()) > 0);
  set.aheadMs = 0;
  for (const one of [running, sequencer({ ...jobs, clock })]) {
    ctx.clock.advance(60_000);
    await act();
    assert.ok((await one.run()) > 0);
  }
});

test('a witness that was put off under a clock that was ahead is asked once it is right', async (t) => {
  const { ctx, jobs, act } = await openLogs(t);
  const now = ctx.clock.now();
  await act();
  await sequencer(jobs).run();
  const due = async (at: number) => {
    const id = newId(ctx);
    await ctx.db.tenant(shop, (tx) =>
      tx.run(sql`
        insert into app.log_witnesses (organisation_id, id, tree, url, key, name, added_at, added_by, due_at, state_at)
        values (${shop}, ${id}, 'entries', ${`https://witness.test/${id}`}, ${id}, ${id}, ${iso(now)}, 'system', ${iso(at)},
          ${iso(now)})`),
    );
    const found = await jobs.db.find<{ id: Id }>(sql`select id from sec.witnesses_due(${iso(now)})`);
    return found.some((one) => one.id === id);
  };
  assert.deepEqual([await due(now), await due(now + year / 365), await due(now + year)], [true, false, true]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensureInstance } from '#safeguards/accounts';
import { day, openKeeping } from '../../../test/keeping.ts';
import { cleanUp } from './hygiene.ts';

test('a time that is set under a clock that is a year ahead ends nothing once the clock is right', async (t) => {
  const keeping = await openKeeping(t);
  const [mine] = keeping.businesses;
  const { clock } = keeping.archive.ctx;
  await keeping.keep(mine, { recordings: 30, calls: 30, messages: 30 });
  const left = await keeping.leave(mine);
  clock.set(365 * day);
  await keeping.keep(mine, { recordings: 90, calls: 90, messages: 90 });
  clock.set(0);
  await keeping.sweep();
  assert.equal((await keeping.readable(left)).message, 'message');
  clock.advance(91 * day);
  await keeping.sweep();
  assert.equal((await keeping.readable(left)).message, undefined);
});

test('a clock that is set ahead while a run is under way ends nothing in what is left of it', async (t) => {
  const keeping = await openKeeping(t);
  const [mine] = keeping.businesses;
  const { clock } = keeping.archive.ctx;
  await keeping.keep(mine, { recordings: 30, calls: 30, messages: 30 });
  const left = await keeping.leave(mine);
  clock.set(365 * day);
  await keeping.sweep();
  clock.set(0);
  assert.equal((await keeping.readable(left)).message, 'message');
});

test('nor do the sweepers whose turn comes after it, in the hourly run', async (t) => {
  const { archive } = await openKeeping(t);
  const { ctx, jobs } = archive;
  await ensureInstance(ctx);
  const ran: string[] = [];
  const sweepers = ['first', 'second'].map((name) => ({
    name,
    everyMs: 1,
    run: async () => {
      ctx.clock.set(365 * day);
      return ran.push(name);
    },
  }));
  const { swept } = await cleanUp({ ...jobs, deleteObjects: async () => {} }, sweepers);
  assert.deepEqual([ran, swept], [['first'], { first: 1 }]);
  ctx.clock.set(0);
});

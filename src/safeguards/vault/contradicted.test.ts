import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startReconcilers, turnEnd, type Keystore } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';
import { machineClock } from '../../../test/machine-clock.ts';
import { keyReaper } from './key-reaper.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const organisation = '00000000-0000-7000-8000-0000000000c1';
const call = { organisation, kind: 'call', id: '00000000-0000-7000-8000-000000000001' } as const;

/** An installation with a call that is kept for ten days, on a machine whose clock is then fourteen days ahead. */
async function ahead(t: TestContext) {
  const folder = await temporaryFolder(t);
  const clock = machineClock(Date.UTC(2026, 10, 23, 15));
  const start = () => keystoreIn(t, folder, { clock });
  const first = await start();
  await first.keepFor(organisation, { call: 10 * day });
  const { id } = await first.contentKey(call);
  await first.close();
  clock.set(14 * day);
  return {
    clock,
    start,
    lives: async (keys: Keystore) => (await keys.openKey(organisation, id)) !== undefined,
    /** An hour and more goes by. */
    async goOn(keys: Keystore) {
      const reaper = startReconcilers({ clock, keys, log: () => {} }, [keyReaper({ keys, clock: keys.time.clock })]);
      for (let minutes = 0; minutes < 80; minutes += 1) {
        clock.advance(minute);
        await turnEnd();
      }
      await reaper.stop();
    },
  };
}

test('a clock that somebody outside has contradicted is not believed by waiting after another start either', async (t) => {
  const { clock, start, lives, goOn } = await ahead(t);
  const told = await start();
  await told.time.doubt();
  await told.time.hear(clock.truth());
  await goOn(told);
  await told.close();
  for (let starts = 0; starts < 2; starts += 1) {
    clock.off(60 * minute);
    const keys = await start();
    assert.equal((await keys.time.doubt())?.until, undefined);
    await goOn(keys);
    assert.equal(await lives(keys), true);
    await keys.close();
  }
  clock.set(0);
  const right = await start();
  assert.deepEqual([await right.time.doubt(), await lives(right)], [undefined, true]);
});

test('nor is it by another process, which heard nothing', async (t) => {
  const { clock, start, lives, goOn } = await ahead(t);
  const [serving, command] = [await start(), await start()];
  await serving.time.doubt();
  await command.time.doubt();
  await serving.time.hear(clock.truth());
  await goOn(command);
  assert.ok(await command.time.doubt());
  assert.ok(await serving.time.doubt());
  assert.equal(await lives(serving), true);
  await command.time.hear(clock.now());
  assert.equal(await serving.time.doubt(), undefined, 'and somebody who tells the same time is believed for both');
});

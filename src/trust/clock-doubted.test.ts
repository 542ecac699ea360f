import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { iso, newId, sql, type ClockDoubt, type Keystore } from '#base';
import { instanceId } from '#safeguards/accounts';
import { newestMails } from '#safeguards/notices';
import { setProfile } from '#safeguards/profiles';
import { canary } from './canary.ts';
import { clockAlarm } from './clock-alarm.ts';
import { prove } from './prove.ts';
import { loadClaims } from './prove-all.ts';
import { openProvingGround } from '../../test/proving.ts';

const day = 86_400_000;
const origin = 'https://phone.example.com';

async function open(t: TestContext) {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const { ctx } = ground;
  const time: { doubt?: ClockDoubt | undefined } = {};
  const doubting = { ...ctx.keys.time, doubt: () => Promise.resolve(time.doubt) };
  const far = { expectedAt: ctx.clock.now() - 365 * day, aheadMs: 365 * day, until: undefined };
  return { ...ground, time, doubting, far, keys: { ...ctx.keys, time: doubting } satisfies Keystore };
}

test('what is past its time by a clock that is doubted is no breach, and is one once the clock is believed', async (t) => {
  const { ctx, means, time, doubting, far } = await open(t);
  const claim = (await loadClaims()).find(({ id }) => id === 'content-dies-with-its-epoch')!;
  const died = ctx.clock.now() - 300 * day;
  const left = {
    organisation: canary,
    kind: 'call',
    days: 1,
    oldest: iso(died - 92 * day).slice(0, 10),
    held: 0,
  } as const;
  const keystore = { ...means.keystore, time: doubting, epochs: async () => [{ ...left, diesAt: died }] };
  const look = () => prove(claim, { ...means, keystore });
  assert.equal((await look()).status, 'failing');
  time.doubt = far;
  const { status, why, canFail } = await look();
  assert.deepEqual([status, canFail], ['unknown', true]);
  assert.match(why, /^The clock of this machine is not believed: it is 365 days ahead .* Until then: keys are there/);
  time.doubt = undefined;
  assert.equal((await look()).status, 'failing');
});

test('mails that were kept to be read or wait are no breach while the clock is doubted, nor on the day mail is set up', async (t) => {
  const { ctx, means, time, doubting, far } = await open(t);
  const claim = (await loadClaims()).find(({ id }) => id === 'mail-leaves-no-content')!;
  const look = async (mail: 'outbox' | 'smtp') =>
    (
      await prove(claim, {
        ...means,
        config: { ...means.config, mail },
        keystore: { ...means.keystore, time: doubting },
      })
    ).status;
  const sealed = Buffer.concat([Buffer.from([1]), ctx.random.bytes(60)]);
  const write = (state: 'kept' | 'waiting', agoMs: number) => {
    const [at, until] = [ctx.clock.now() - agoMs, ctx.clock.now() - agoMs + day];
    return ctx.db.tenant(instanceId, (tx) =>
      tx.run(sql`
        insert into app.mails (organisation_id, id, kind, state, recipient, content, created_at, due_at, give_up_at, ended_at)
        values (${instanceId}, ${newId(ctx)}, 'locked', ${state}, ${sealed}, ${sealed}, ${iso(at)}, ${iso(until)},
          ${iso(until)}, ${state === 'kept' ? iso(at) : null})`),
    );
  };
  await write('kept', day / 2);
  assert.deepEqual([await look('outbox'), await look('smtp')], ['proven', 'proven']);
  await write('kept', 365 * day);
  await write('waiting', 365 * day);
  assert.equal(await look('smtp'), 'failing');
  time.doubt = far;
  assert.equal(await look('smtp'), 'unknown');
});

test('what is broken whatever the clock says stays broken while it is doubted', async (t) => {
  const { means, time, doubting, far } = await open(t);
  const claim = (await loadClaims()).find(({ id }) => id === 'content-dies-with-its-epoch')!;
  time.doubt = far;
  const keystore = { ...means.keystore, time: doubting };
  const { item } = claim;
  assert.ok(item.kind === 'proven');
  const probe = async () => ({ checked: 1, faults: [{ what: 'keys would live longer', where: 'keystore' }] });
  assert.equal((await prove({ id: claim.id, item: { ...item, probe } }, { ...means, keystore })).status, 'failing');
});

test('a doubt that does not end by itself is mailed once, and one that does is only in the log', async (t) => {
  const { ctx, keys, time, far } = await open(t);
  const logged: string[] = [];
  const log = (event: string) => void logged.push(event);
  await ctx.db.tenant(instanceId, (tx) =>
    setProfile(ctx, tx, { organisation: instanceId, change: { securityContact: 'security@harbour.example' } }),
  );
  const alarm = clockAlarm({ ...ctx, keys, log, publicUrl: () => origin });
  const mails = async () => (await newestMails(ctx, { most: 10, by: 'command:test', origin })).map(({ text }) => text);
  assert.equal(await alarm.run(), 0);
  time.doubt = { ...far, until: ctx.clock.now() + 1 };
  assert.equal(await alarm.run(), 0);
  assert.deepEqual(await mails(), []);
  time.doubt = far;
  assert.equal(await alarm.run(), 1);
  assert.equal(await alarm.run(), 0);
  const [told, ...rest] = await mails();
  assert.deepEqual(rest, []);
  assert.ok(told?.includes(iso(far.expectedAt).slice(0, 10)) && told.includes('./sotto keys clock --believe'));
  time.doubt = undefined;
  assert.equal(await alarm.run(), 0);
  assert.deepEqual(logged, ['clock.doubted', 'clock.believed']);
});

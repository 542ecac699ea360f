import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openDb, readConfig, seededRandom, type Db } from '#base';
import { ensureInstance, makeOrganisation } from '#safeguards/accounts';
import { cloneDatabase, testDerive } from '../../../test/cluster.ts';
import { testKeystore } from '../../../test/keys.ts';
import { machineClock } from '../../../test/machine-clock.ts';
import { useAtOnce, withdraw } from './by-hand.ts';
import { observe } from './observe.ts';
import { openRegister } from './register.ts';
import { registerState } from './state.ts';
import { registerReconcilers } from './teller.ts';

const day = 86_400_000;
const publicUrl = () => 'https://phone.example.com';
const from = { SOTTO_PUBLIC_URL: publicUrl(), SOTTO_MAIL_FROM: 'desk@phone.example.com' };
const postmark = { ...from, SOTTO_MAIL: 'postmark', SOTTO_POSTMARK_TOKEN: '00000000-aaaa-4bbb-8ccc-dddddddddddd' };
const smtpAt = (host: string) => ({ ...postmark, SOTTO_MAIL: 'smtp', SOTTO_SMTP_URL: `smtps://${host}` });
const smtp = { name: 'SMTP', purpose: '', data: [], region: '', hosts: [] };
const decided = (reason: string) => ({ processor: 'smtp', reason, actor: 'command:processors' }) as const;

/** An installation with the operator's own organisation and another, in which nobody has an address, and its starts. */
async function installation(t: TestContext) {
  const database = await cloneDatabase();
  const machine = machineClock(Date.UTC(2026, 10, 23, 15));
  const random = seededRandom(t.name);
  const keys = testKeystore(random, machine);
  const open = (role: 'app' | 'jobs'): Db =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 4 });
  const [db, jobs] = [open('app'), open('jobs')];
  t.after(async () => {
    await Promise.all([db.close(), jobs.close()]);
    await keys.close();
    await database.drop();
  });
  const clock = { ...machine, now: keys.time.clock.now };
  const senses = { clock, random, keys, log: () => {} };
  await ensureInstance({ ...senses, db });
  const firm = { kind: 'customer', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  for (const name of ['Own', 'Second']) {
    await makeOrganisation({ ...senses, db }, { ...firm, name });
    machine.advance(1_000);
  }
  const start = async (env: Readonly<Record<string, string>>) => {
    const ctx = { ...senses, db: jobs, config: readConfig(env) };
    const register = await openRegister(ctx);
    const [teller] = registerReconcilers({ ...ctx, publicUrl }, register);
    const tell = async () => {
      while ((await teller!.run()) > 0);
    };
    return { ctx, register, tell, begin: () => observe(ctx).then(register.refresh) };
  };
  return { clock: machine, keys, start };
}

test('a day has not come because a clock is ahead, and whoever stands in until then goes on when it is right', async (t) => {
  const { clock, keys, start } = await installation(t);
  await (await start(postmark)).begin();
  const desk = await start(smtpAt('mail.example.com'));
  await desk.begin();
  await desk.tell();
  assert.equal(await keys.time.doubt(), undefined);
  const isWaiting = () => !desk.register.mayReach(smtp) && desk.register.config.mail === 'postmark';
  assert.ok(isWaiting());
  clock.set(365 * day);
  assert.ok(isWaiting(), 'before anything was read again');
  await desk.tell();
  assert.ok(isWaiting());
  const next = await start(smtpAt('mail.example.com'));
  await next.begin();
  assert.equal(next.register.config.mail, 'postmark', 'nor for a start under that clock');
  clock.set(0);
  await desk.tell();
  assert.ok(isWaiting());
  clock.advance(10 * day);
  await desk.tell();
  assert.deepEqual([desk.register.mayReach(smtp), desk.register.config.mail], [true, 'smtp']);
});

test('what is used at once, taken back and used at once again is told each time, with its own reason', async (t) => {
  const { start } = await installation(t);
  await (await start(postmark)).begin();
  const desk = await start(smtpAt('mail.example.com'));
  await desk.begin();
  await desk.tell();
  for (const decide of [useAtOnce, withdraw, useAtOnce, withdraw]) {
    await decide(desk.ctx, decided('Now it is so'));
    await desk.tell();
    assert.equal(desk.register.mayReach(smtp), decide === useAtOnce);
  }
  const { uses } = await registerState(desk.ctx);
  const kinds = uses.flatMap(({ told }) => told.filter(({ days }) => days > 0).map(({ kind }) => kind));
  assert.deepEqual(kinds.toSorted(), ['coming', 'urgent', 'urgent', 'withdrawn', 'withdrawn']);
});

test('another company behind the same vendor is not reached by those who start before it was looked at', async (t) => {
  const { start } = await installation(t);
  await (await start(smtpAt('mail.example.com'))).begin();
  const command = await start(smtpAt('mail.example.org'));
  assert.equal(command.register.mayReach(smtp), false);
  assert.deepEqual(command.register.allowed().reach, []);
  const same = await start(smtpAt('mail.example.com'));
  assert.equal(same.register.mayReach(smtp), true);
});

test('what waits for no day is not held back because the clock was ahead when it was switched on', async (t) => {
  const { clock, start } = await installation(t);
  clock.set(2 * 3_600_000);
  await (await start({ ...postmark, SOTTO_OPENAI_KEY: 'sk-of-nobody' })).begin();
  const desk = await start({ ...smtpAt('mail.example.com'), SOTTO_OPENAI_KEY: 'sk-of-nobody' });
  await desk.begin();
  await useAtOnce(desk.ctx, decided('The other one is down'));
  clock.set(0);
  await desk.tell();
  assert.deepEqual(desk.register.held(), []);
  assert.deepEqual([desk.register.config.mail, desk.register.config.openaiKey], ['smtp', 'sk-of-nobody']);
  assert.ok(desk.register.mayReach(smtp));
  assert.ok((await registerState(desk.ctx)).processors.every(({ standing }) => standing === 'in-use'));
});

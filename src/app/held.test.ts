import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  iso,
  isProblem,
  manualClock,
  newId,
  openDb,
  openHttp,
  Personal,
  readConfig,
  seededRandom,
  sql,
  type Db,
  type Id,
} from '#base';
import { ensureInstance, instanceId, addPerson, makeOrganisation } from '#safeguards/accounts';
import { newestMails, noticeSender } from '#safeguards/notices';
import {
  askToSubscribe,
  confirmSubscription,
  egressBooks,
  endSubscription,
  observe,
  openRegister,
  readLink,
  refuseHeld,
  registerReconcilers,
  registerState,
  toldByHand,
  unlistedSeen,
  acknowledge,
  useAgain,
  useAtOnce,
  withdraw,
} from '#safeguards/register';
import { cloneDatabase, testDerive } from '../../test/cluster.ts';
import { testKeystore } from '../../test/keys.ts';
import { mailServer } from '../../test/mail-server.ts';
import { postmarkServer } from '../../test/postmark-server.ts';
import { openMailNow } from './held-mail.ts';

const day = 86_400_000;
const publicUrl = () => 'https://phone.example.com';

/** An installation whose settings can be changed between two starts, as an operator does. */
async function installation(t: TestContext) {
  const database = await cloneDatabase();
  const random = seededRandom(t.name);
  const clock = manualClock(Date.UTC(2026, 10, 23, 15));
  const keys = testKeystore(random, clock);
  const open = (role: 'app' | 'jobs'): Db =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 4 });
  const [db, jobs] = [open('app'), open('jobs')];
  t.after(async () => {
    await Promise.all([db.close(), jobs.close()]);
    await keys.close();
    await database.drop();
  });
  const senses = { clock, random, keys, db: jobs, log: () => {} };
  await ensureInstance({ ...senses, db });
  const start = async (env: Readonly<Record<string, string>>) => {
    const config = readConfig({ SOTTO_PUBLIC_URL: publicUrl(), ...env });
    const http = openHttp({ config, log: () => {} });
    t.after(() => http.close());
    const ctx = { ...senses, config, http };
    const register = await openRegister(ctx);
    http.guard(refuseHeld(register));
    await observe(ctx);
    await register.refresh();
    const mailer = await openMailNow({ ...ctx, config: register.config, dial: http.dial }, config);
    const [teller, connections] = registerReconcilers({ ...ctx, publicUrl }, register);
    const sender = noticeSender({ ...ctx, config: register.config, publicUrl }, mailer);
    return {
      ctx,
      http,
      register,
      mailer,
      connections: connections!,
      tell: () => teller!.run(),
      /** Writes what is to be said, sends it, and takes down that it went. */
      async settle() {
        for (let round = 0; round < 3; round++) {
          await teller!.run();
          while ((await sender.run()) > 0);
        }
      },
    };
  };
  const business = async (
    name: string,
    people: readonly ('owner' | 'admin' | 'agent')[],
    language = 'en',
  ): Promise<Id> => {
    const given = { kind: 'customer', name, timeZone: 'Etc/UTC', language, region: 'US' } as const;
    const organisation = await makeOrganisation({ ...senses, db }, given);
    clock.advance(1_000);
    for (const role of people) {
      const email = new Personal(`${role}@${name.toLowerCase()}.test`);
      const person = { organisation, role, name: new Personal(role), email, identity: newId(senses) };
      await db.tenant(organisation, (tx) => addPerson(senses, tx, person));
    }
    return organisation;
  };
  return { clock, start, business, db, jobs };
}

/** Postmark first, then a mail server of the operator's own beside it. */
async function twoVendors(t: TestContext) {
  const postmark = await postmarkServer(t);
  const smtp = await mailServer(t, { hasStarttls: false });
  const both = { ...postmark.env, SOTTO_MAIL: 'smtp', SOTTO_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` };
  return { postmark, smtp, first: postmark.env, both };
}

test('where nobody is affected a new mail vendor is used at once', async (t) => {
  const { start, business } = await installation(t);
  const { first, both } = await twoVendors(t);
  await business('Own', ['owner']);
  await start({});
  const second = await start(first);
  assert.deepEqual([second.register.held(), second.mailer.vendor], [[], 'postmark']);
  const third = await start(both);
  assert.deepEqual([third.register.held(), third.mailer.vendor], [[], 'smtp']);
});

test('a new one waits until everybody was told and their days are over; the one before goes on meanwhile', async (t) => {
  const { start, business, clock } = await installation(t);
  const { postmark, smtp, first, both } = await twoVendors(t);
  await business('Own', ['owner']);
  await start(first);
  await business('Second', ['owner', 'admin', 'agent']);
  const began = clock.now();
  const desk = await start(both);
  const held = () => desk.register.held().map(({ processor, until }) => [processor, until]);
  assert.deepEqual(held(), [['smtp', null]]);
  assert.equal(desk.mailer.vendor, 'postmark');
  await assert.rejects(
    desk.http.dial({ name: 'SMTP', purpose: '', data: [], region: '', hosts: [] }, `smtp://127.0.0.1:${smtp.port}`),
    (error) => isProblem(error, 'processor-held'),
  );
  await desk.settle();
  assert.deepEqual(new Set(postmark.mails.map(({ To }) => To)), new Set(['admin@second.test', 'owner@second.test']));
  assert.equal(postmark.mails.length, 2);
  assert.match(String(postmark.mails[0]?.['Subject']), /SMTP/);
  assert.deepEqual(held(), [['smtp', began + 10 * day]]);
  const [use] = (await registerState(desk.ctx)).uses;
  assert.deepEqual(
    use?.mails.map(({ state, endedAt, recipient }) => [state, endedAt, /^[0-9a-f]{64}$/.test(recipient)]),
    [
      ['sent', began, true],
      ['sent', began, true],
    ],
  );
  clock.advance(10 * day - 1);
  assert.deepEqual([held().length, desk.mailer.vendor], [1, 'postmark']);
  clock.advance(1);
  assert.deepEqual([held(), desk.mailer.vendor], [[], 'smtp']);
  await desk.tell();
  const { processors } = await registerState(desk.ctx);
  // Whoever stood in is used no more.
  assert.deepEqual(
    processors.map(({ id, standing }) => [id, standing]),
    [['smtp', 'in-use']],
  );
});

test('a contract that says thirty days is waited for, and mails that did not go are no notice', async (t) => {
  const { start, business, clock, db } = await installation(t);
  const { first, both } = await twoVendors(t);
  await business('Own', ['owner']);
  await start(first);
  const organisation = await business('Second', ['owner']);
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.trust_profiles (organisation_id, version, acknowledgement, notice_days, changed_at, changed_by)
      values (${organisation}, 1, 'hours-48', 30, ${iso(clock.now())}, 'system')`),
  );
  const desk = await start(both);
  await desk.tell();
  clock.advance(3 * day);
  await desk.tell();
  assert.equal(desk.register.held()[0]?.until, null, 'nothing has been sent');
  const toldAt = clock.now();
  await desk.settle();
  assert.equal(desk.register.held()[0]?.until, toldAt + 30 * day);
});

test('without a way to send mail it waits until the operator has told them by hand, and says so', async (t) => {
  const { start, business, clock } = await installation(t);
  const { smtp } = await twoVendors(t);
  await business('Own', ['owner']);
  await start({});
  const organisation = await business('Second', ['owner']);
  const env = { SOTTO_MAIL: 'smtp', SOTTO_MAIL_FROM: 'a@b.test', SOTTO_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` };
  const desk = await start(env);
  await desk.settle();
  assert.equal(desk.mailer.vendor, 'outbox');
  assert.deepEqual(
    desk.register.held().map(({ until, meanwhile }) => [until, /outbox/.test(meanwhile)]),
    [[null, true]],
  );
  const decision = { processor: 'smtp', reason: 'By letter of 23 November', actor: 'command:processors' } as const;
  await toldByHand(desk.ctx, { ...decision, organisation });
  await desk.settle();
  assert.equal(desk.register.held()[0]?.until, clock.now() + 10 * day);
  assert.equal(smtp.received.length, 0);
});

test('what cannot wait is used at once, and everybody is told why', async (t) => {
  const { start, business, clock } = await installation(t);
  const { smtp, first, both } = await twoVendors(t);
  await business('Own', ['owner']);
  await start(first);
  await business('Second', ['owner']);
  const desk = await start(both);
  await useAtOnce(desk.ctx, { processor: 'smtp', reason: 'The other one is down', actor: 'command:processors' });
  await desk.register.refresh();
  assert.equal(desk.mailer.vendor, 'smtp');
  await desk.settle();
  assert.equal(smtp.received.length, 1);
  assert.match(smtp.received[0]!.raw.toString(), /The other one is down/);
  const [use] = (await registerState(desk.ctx)).uses;
  assert.deepEqual([use?.why, use?.urgentReason, use?.usableAt], ['urgent', 'The other one is down', clock.now()]);
});

test('what was taken back is not used on its day, nor after the next start, until it was announced again', async (t) => {
  const { start, business, clock } = await installation(t);
  const { first, both } = await twoVendors(t);
  await business('Own', ['owner']);
  await start(first);
  await business('Second', ['owner']);
  const desk = await start(both);
  await desk.settle();
  const decision = { processor: 'smtp', reason: 'A customer objected', actor: 'command:processors' } as const;
  await withdraw(desk.ctx, decision);
  await desk.settle();
  clock.advance(20 * day);
  const next = await start(both);
  assert.deepEqual(
    next.register.held().map(({ isWithdrawn }) => isWithdrawn),
    [true],
  );
  assert.equal(next.mailer.vendor, 'postmark');
  await useAgain(next.ctx, { ...decision, reason: 'They agreed' });
  await next.settle();
  assert.equal(next.register.held()[0]?.until, clock.now() + 10 * day);
});

test('each change is a version whose content gives its hash, and which stays', async (t) => {
  const { start, business, jobs } = await installation(t);
  const { first, both } = await twoVendors(t);
  await business('Own', ['owner']);
  await start({});
  await start(first);
  const last = await start(both);
  const { versions } = await registerState(last.ctx);
  assert.deepEqual(
    versions.map(({ number, changes }) => [number, changes.added, changes.removed]),
    [
      [3, ['smtp'], ['postmark']],
      [2, ['postmark'], []],
      [1, [], []],
    ],
  );
  const rows = await jobs.tenant(instanceId, (tx) =>
    tx.rows<{ good: boolean }>(
      sql`select sha256(convert_to(content, 'UTF8')) = hash as good from app.register_versions`,
    ),
  );
  assert.deepEqual(
    rows.map(({ good }) => good),
    [true, true, true],
  );
});

test('a host that nobody lists is refused, written down where a restart keeps it, and red until it was looked into', async (t) => {
  const { start, clock } = await installation(t);
  const desk = await start({});
  const to = { name: 'Some vendor', purpose: '', data: [], region: '', hosts: [] };
  const ask = (host: string) =>
    assert.rejects(desk.http(to, { method: 'GET', url: `https://${host}/` }), (error) =>
      isProblem(error, 'host-not-listed'),
    );
  await ask('elsewhere.test');
  await ask('unlisted.invalid');
  const books = egressBooks(desk.ctx, desk.http.ledger);
  await books.run();
  await books.run();
  const seen = async () =>
    (await unlistedSeen(desk.ctx)).map(({ vendor, host, count, since }) => [vendor, host, count, since]);
  const since = clock.now();
  assert.deepEqual(await seen(), [['some-vendor', 'elsewhere.test', 1, since]]);
  await acknowledge(desk.ctx, { host: 'elsewhere.test', reason: 'A wrong setting', actor: 'command:processors' });
  assert.deepEqual(await seen(), []);
  clock.advance(60_000);
  await ask('elsewhere.test');
  await books.run();
  assert.deepEqual(await seen(), [['some-vendor', 'elsewhere.test', 2, since + 60_000]]);
});

test('nobody gets a mail who has not confirmed it, and whoever ends it is forgotten with their key', async (t) => {
  const { start, db, jobs } = await installation(t);
  const { ctx } = await start({});
  const reach = { ...ctx, db, publicUrl };
  const wanted = { address: new Personal(' Reader@example.com'), language: 'en' };
  await askToSubscribe(reach, wanted);
  // Whoever asks again and again fills no keystore.
  const contentKey = () => Promise.reject(new Error('a key was made'));
  await askToSubscribe({ ...reach, keys: { ...reach.keys, contentKey } }, wanted);
  const mails = await newestMails(reach, { most: 5, by: 'command:outbox', origin: publicUrl() });
  assert.deepEqual(
    mails.map(({ to, subject }) => [to, subject]),
    [['Reader@example.com', 'Confirm your subscription']],
  );
  const { searchParams } = new URL(/https:\S+/.exec(mails[0]!.text)![0]);
  const [id, token] = [searchParams.get('id') ?? '', searchParams.get('token') ?? ''];
  const link = readLink(ctx, { id, token });
  assert.ok(link);
  assert.equal(link.purpose, 'confirm');
  assert.equal(readLink(ctx, { id, token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` }), undefined);
  const rows = () =>
    jobs.tenant(instanceId, (tx) =>
      tx.rows<{ is_confirmed: boolean }>(sql`
        select confirmed_at is not null as is_confirmed from app.register_subscribers
        where organisation_id = ${instanceId}`),
    );
  assert.deepEqual(await rows(), [{ is_confirmed: false }]);
  assert.equal(await confirmSubscription(ctx, link.id), true);
  assert.equal(await confirmSubscription(ctx, link.id), false);
  assert.deepEqual(await rows(), [{ is_confirmed: true }]);
  await endSubscription(ctx, link.id);
  assert.deepEqual(await rows(), []);
});

test('whoever is told is told in their own language: a business in its own, a subscriber in that of the form', async (t) => {
  const { start, business, db } = await installation(t);
  const { first, both, postmark } = await twoVendors(t);
  await business('Own', ['owner']);
  const { ctx, settle } = await start(first);
  await business('Casa', ['owner'], 'pt-BR');
  const reach = { ...ctx, db, publicUrl };
  for (const language of ['hi', 'es'])
    await askToSubscribe(reach, { address: new Personal(`${language}@example.com`), language });
  await settle();
  for (const { TextBody } of postmark.mails) {
    const { searchParams } = new URL(/https:\S+/.exec(String(TextBody))![0]);
    const link = readLink(ctx, { id: searchParams.get('id')!, token: searchParams.get('token')! });
    assert.match(String(searchParams.get('lang')), /^(?:hi|es)$/);
    assert.equal(await confirmSubscription(ctx, link!.id), true);
  }
  await (await start(both)).settle();
  const said = new Map(postmark.mails.map(({ To, TextBody }) => [To, String(TextBody)]));
  assert.match(said.get('owner@casa.test')!, /Para quê: .*e-mails/);
  assert.match(said.get('hi@example.com')!, /किसलिए: .*मेल/);
  assert.match(said.get('es@example.com')!, /Para qué: .*correo/);
});

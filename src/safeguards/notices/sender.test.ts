import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import PostalMime from 'postal-mime';
import {
  manualClock,
  openDb,
  openHttp,
  Personal,
  readConfig,
  seededRandom,
  sql,
  systemClock,
  type Db,
  type Id,
  type LogEvent,
  type LogFields,
} from '#base';
import { openMail } from '#adapters/mail';
import { unseal } from '#safeguards/vault';
import { cloneDatabase, testDerive } from '../../../test/cluster.ts';
import { testKeystore } from '../../../test/keys.ts';
import { here, mailServer, type MailServer } from '../../../test/mail-server.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { placeOf } from './mail-row.ts';
import type { Notice } from './notice.ts';
import { notify } from './notify.ts';
import { newestMails, readOutbox } from './outbox.ts';
import { noticeSender } from './sender.ts';

const origin = 'https://phone.example.com';
const link: Notice = { kind: 'sign-in-link', url: `${origin}/sign-in#t=secret-token`, minutes: 30 };
const minute = 60_000;
const day = 24 * 60 * minute;

type Row = {
  readonly id: Id;
  readonly state: string;
  readonly content: Buffer | null;
  readonly recipient: Buffer;
  readonly attempts: number;
  readonly due_at: Date | null;
  readonly vendor: string | null;
  readonly vendor_id: string | null;
  readonly trouble: string | null;
};

/** A business with a database of its own whose mail goes where `env` says. */
async function desk(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const database = await cloneDatabase();
  const random = seededRandom(t.name);
  const clock = manualClock(Date.UTC(2026, 10, 23, 15));
  const keys = testKeystore(random, clock);
  const open = (role: 'app' | 'jobs') =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 8 });
  const [db, jobs] = [open('app'), open('jobs')];
  const config = readConfig({ SOTTO_PUBLIC_URL: origin, ...env });
  const logged: { readonly event: LogEvent; readonly fields: LogFields | undefined }[] = [];
  const log = (event: LogEvent, fields?: LogFields) => void logged.push({ event, fields });
  const http = openHttp({ config, log: () => {}, lookup: here });
  t.after(async () => {
    await Promise.all([db.close(), jobs.close(), http.close()]);
    await keys.close();
    await database.drop();
  });
  const { organisation } = await makeBusiness(db);
  const ctx = { clock, random, keys, db, config, log };
  const mailer = await openMail({ config, clock: systemClock, http, dial: http.dial });
  const sender = (through: Db = jobs) => noticeSender({ ...ctx, db: through, publicUrl: () => origin }, mailer);
  const write = (notice: Notice, to = 'ana@example.com') =>
    db.tenant(organisation, (tx) => notify(ctx, tx, { organisation, to: new Personal(to), language: 'en', notice }));
  const rows = () =>
    db.tenant(organisation, (tx) =>
      tx.rows<Row>(sql`
        select id, state, content, recipient, attempts, due_at, vendor, vendor_id, trouble from app.mails
        where organisation_id = ${organisation} order by created_at, id`),
    );
  return { ctx, clock, keys, db, jobs, organisation, logged, sender, write, rows, mailer };
}

async function messageIds({ received }: MailServer): Promise<readonly (string | undefined)[]> {
  return Promise.all(received.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));
}

function keyOf(blob: Buffer): Buffer {
  return blob.subarray(1, 17);
}

test('a mail arrives, and then its content is gone with its key; to whom, what kind and when stays', async (t) => {
  const server = await mailServer(t);
  const { write, sender, rows, keys, organisation, ctx } = await desk(t, server.env());
  await write(link);
  const [before] = await rows();
  assert.equal(await sender().run(), 1);
  const [{ raw, to } = { raw: '', to: [] }] = server.received;
  const { text = '', subject } = await PostalMime.parse(raw);
  assert.deepEqual([to, subject], [['ana@example.com'], 'Your sign-in link']);
  assert.ok(text.includes('https://phone.example.com/sign-in#t=secret-token'));
  const [row] = await rows();
  assert.deepEqual([row?.state, row?.content, row?.due_at, row?.vendor], ['sent', null, null, 'smtp']);
  assert.equal(row?.vendor_id, `<${row?.id}@sotto.test>`);
  assert.equal(await keys.openKey(organisation, keyOf(before!.content!)), undefined, 'in backups it is unreadable too');
  const address = await unseal(ctx, organisation, placeOf(row.id, 'recipient'), row.recipient);
  assert.equal(address.reveal(), 'ana@example.com');
  assert.equal(await sender().run(), 0, 'nothing is left to do');
});

test('what a server puts off is sent later, after pauses that grow', async (t) => {
  const server = await mailServer(t, { fate: (before) => (before < 3 ? { reply: 451 } : 'take') });
  const { write, sender, rows, clock } = await desk(t, server.env());
  await write({ kind: 'password-changed' });
  for (const pauseMs of [15_000, 30_000, 60_000]) {
    await sender().run();
    const [row] = await rows();
    assert.deepEqual([row?.state, row?.trouble, row?.due_at?.getTime()], ['waiting', 'busy', clock.now() + pauseMs]);
    clock.advance(pauseMs - 1);
    assert.equal(await sender().run(), 0, 'not before its time');
    clock.advance(1);
  }
  await sender().run();
  const [row] = await rows();
  assert.deepEqual([row?.state, row?.attempts, row?.trouble, server.received.length], ['sent', 4, null, 1]);
});

test('what a server will never take is given up at once, and said without a word about the person', async (t) => {
  const server = await mailServer(t, { recipientReply: 550 });
  const { write, sender, rows, logged } = await desk(t, server.env());
  await write(link);
  await sender().run();
  const [row] = await rows();
  assert.deepEqual([row?.state, row?.trouble, row?.content, row?.due_at], ['given-up', 'refused', null, null]);
  assert.deepEqual(
    logged.map(({ event }) => event),
    ['mail.given-up'],
  );
  assert.doesNotMatch(JSON.stringify(logged), /ana|example|secret|phone/);
});

test('a server that is gone amid a mail gets it again; one that had it whole can tell that it is the same', async (t) => {
  const fates = ['gone-amid', 'gone-after', 'take'] as const;
  const server = await mailServer(t, { fate: (before) => fates[before] ?? 'take' });
  const { write, sender, rows, clock } = await desk(t, server.env());
  await write(link);
  for (let tries = 0; tries < 3; tries += 1) {
    await sender().run();
    clock.advance(2 * minute);
  }
  const [row] = await rows();
  assert.deepEqual([row?.state, row?.attempts], ['sent', 3]);
  assert.deepEqual(await messageIds(server), [`<${row?.id}@sotto.test>`, `<${row?.id}@sotto.test>`]);
});

test('a process that dies between sending and writing it down leaves the mail to the next, under the same name', async (t) => {
  const server = await mailServer(t);
  const { write, sender, rows, jobs, clock } = await desk(t, server.env());
  await write(link);
  let transactions = 0;
  // The claim is its first transaction; from the second on it is as good as dead.
  const dying: Db = {
    ...jobs,
    tenant: (organisation, work) =>
      ++transactions === 1 ? jobs.tenant(organisation, work) : Promise.reject(new Error('the process is dead')),
  };
  assert.equal(await sender(dying).run(), 0);
  const [row] = await rows();
  assert.deepEqual([server.received.length, row?.state], [1, 'waiting']);
  assert.equal(await sender().run(), 0, 'it may still be alive');
  clock.advance(5 * minute);
  assert.equal(await sender().run(), 1);
  assert.equal((await rows())[0]?.state, 'sent');
  assert.deepEqual(await messageIds(server), [`<${row?.id}@sotto.test>`, `<${row?.id}@sotto.test>`]);
});

test('the key of a content is destroyed even when the process died before it came to that', async (t) => {
  const server = await mailServer(t);
  const { write, sender, rows, keys, organisation, ctx, jobs, mailer } = await desk(t, server.env());
  await write(link);
  const [before] = await rows();
  const deadKeys = { ...keys, destroy: () => Promise.reject(new Error('the process is dead')) };
  assert.equal(await noticeSender({ ...ctx, db: jobs, keys: deadKeys, publicUrl: () => origin }, mailer).run(), 0);
  assert.deepEqual([(await rows())[0]?.state, (await rows())[0]?.content], ['sent', null]);
  assert.notEqual(await keys.openKey(organisation, keyOf(before!.content!)), undefined);
  assert.equal(await sender().run(), 1);
  assert.equal(await keys.openKey(organisation, keyOf(before!.content!)), undefined);
  assert.deepEqual([(await rows())[0]?.due_at, server.received.length], [null, 1]);
});

test('senders beside each other send every mail once', async (t) => {
  const server = await mailServer(t);
  const { write, sender, rows } = await desk(t, server.env());
  for (let at = 0; at < 12; at += 1) await write({ kind: 'password-changed' }, `ana+${at}@example.com`);
  const senders = [sender(), sender(), sender()];
  while ((await rows()).some(({ state }) => state === 'waiting')) await Promise.all(senders.map((one) => one.run()));
  const recipients = server.received.flatMap(({ to }) => to);
  assert.deepEqual([recipients.length, new Set(recipients).size], [12, 12]);
});

test('a mail that cannot leave is given up after a day, a link when its time is over', async (t) => {
  const { write, sender, rows, clock } = await desk(t, {
    SOTTO_MAIL: 'smtp',
    SOTTO_MAIL_FROM: 'a@sotto.test',
    SOTTO_SMTP_URL: 'smtp://127.0.0.1:1',
  });
  await write({ kind: 'account-exists' });
  await write(link);
  await sender().run();
  const states = async () => (await rows()).map(({ state, trouble }) => `${state} ${trouble}`);
  assert.deepEqual(await states(), ['waiting unreachable', 'waiting unreachable']);
  clock.advance(30 * minute);
  await sender().run();
  assert.deepEqual(await states(), ['waiting unreachable', 'given-up too-late']);
  clock.advance(day - 30 * minute);
  await sender().run();
  assert.deepEqual(await states(), ['given-up too-late', 'given-up too-late']);
  assert.ok((await rows()).every(({ content, due_at: due }) => content === null && due === null));
});

test('a link to another origin is not sent, wherever it came from', async (t) => {
  const server = await mailServer(t);
  const { write, sender, rows } = await desk(t, server.env());
  await write({ kind: 'sign-in-link', url: 'https://phone.example.com.evil.example/', minutes: 30 });
  await sender().run();
  assert.equal((await rows())[0]?.trouble, 'foreign-link');
  assert.deepEqual(server.received, []);
});

test('an address that is more than one is given up, and reaches no server', async (t) => {
  const server = await mailServer(t);
  const { write, sender, rows } = await desk(t, server.env());
  await write(link, 'ana@example.com\r\nRCPT TO:<eve@example.com>');
  await sender().run();
  assert.deepEqual([(await rows())[0]?.trouble, server.received], ['refused', []]);
});

test('without settings a mail can be read here for a day, which is audited, and then it is gone', async (t) => {
  const { ctx, write, sender, rows, clock, db, keys, organisation } = await desk(t);
  await write(link);
  const by = 'command:outbox';
  const read = () => db.tenant(organisation, (tx) => readOutbox(ctx, tx, { organisation, by, origin }));
  assert.equal((await read()).length, 1, 'before anything ran');
  await sender().run();
  const [mail] = await read();
  assert.deepEqual([mail?.to.reveal(), mail?.subject], ['ana@example.com', 'Your sign-in link']);
  assert.match(mail?.text.reveal() ?? '', /#t=secret-token/);
  assert.doesNotMatch(JSON.stringify(mail), /ana|secret/);
  const [shown] = await newestMails(ctx, { most: 10, by, origin });
  assert.equal(shown?.to, 'ana@example.com');
  const entries = await db.tenant(organisation, (tx) =>
    tx.rows<{ action: string }>(sql`select action from app.audit_entries where organisation_id = ${organisation}`),
  );
  assert.deepEqual(new Set(entries.map(({ action }) => action)), new Set(['read.outbox']));
  const [kept] = await rows();
  clock.advance(day);
  await sender().run();
  assert.deepEqual(await read(), []);
  const [row] = await rows();
  assert.deepEqual([row?.state, row?.content, row?.due_at, row?.vendor], ['kept', null, null, 'outbox']);
  assert.equal(await keys.openKey(organisation, keyOf(kept!.content!)), undefined);
});

test('what is written to canaries neither stands in the outbox nor pushes anything out of it', async (t) => {
  const { ctx, write, sender, clock } = await desk(t);
  const toCanaries = (count: number) =>
    Promise.all(Array.from({ length: count }, () => write(link, 'owner@canary.invalid')));
  await write(link);
  clock.advance(minute);
  await toCanaries(100);
  while ((await sender().run()) > 0);
  await toCanaries(3);
  const shown = await newestMails(ctx, { most: 10, by: 'command:outbox', origin });
  assert.deepEqual(
    shown.map(({ to }) => to),
    ['ana@example.com'],
  );
});

test('where mail is sent nothing can be read here, not even what still waits', async (t) => {
  const server = await mailServer(t, { recipientReply: 450 });
  const { ctx, write, sender, db, organisation } = await desk(t, server.env());
  await write(link);
  await sender().run();
  const by = 'command:outbox';
  const read = db.tenant(organisation, (tx) => readOutbox(ctx, tx, { organisation, by, origin }));
  assert.deepEqual(await read, []);
});

test('the database refuses a mail that has gone and still has its content', async (t) => {
  const { write, db, organisation } = await desk(t);
  await write(link);
  const keeping = db.tenant(organisation, (tx) =>
    tx.run(sql`update app.mails set state = 'sent', ended_at = created_at where organisation_id = ${organisation}`),
  );
  await assert.rejects(keeping, /content_goes/);
});

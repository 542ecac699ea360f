import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { manualClock, openDb, openHttp, Personal, readConfig, sql, systemClock, systemRandom, type Id } from '#base';
import { openMail } from '#adapters/mail';
import { cloneDatabase, testDerive, testRootKey } from '../../../test/cluster.ts';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';
import { mailServer } from '../../../test/mail-server.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { notify } from './notify.ts';
import { noticeSender } from './sender.ts';

const program = fileURLToPath(import.meta.resolve('../../../test/children/send-mails.ts'));

/** A mail in the outbox of a business, under keys in a file, for a server that answers nothing to the first it gets. */
async function waitingMail(t: TestContext) {
  const server = await mailServer(t, { hasStarttls: false, fate: (before) => (before === 0 ? 'held' : 'take') });
  const dataDir = await temporaryFolder(t);
  const env = {
    ...server.env(),
    SOTTO_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    SOTTO_PUBLIC_URL: 'https://phone.example.com',
    SOTTO_DATA_DIR: dataDir,
    SOTTO_ROOT_KEY: testRootKey,
  };
  const database = await cloneDatabase();
  t.after(() => database.drop());
  const clock = manualClock(Date.UTC(2026, 10, 23, 15));
  const open = (role: 'app' | 'jobs') => {
    const db = openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token') });
    t.after(() => db.close());
    return db;
  };
  const [db, jobs] = [open('app'), open('jobs')];
  const keys = () => keystoreIn(t, dataDir, { clock, env: { SOTTO_ROOT_KEY: testRootKey } });
  const { organisation } = await makeBusiness(db);
  const writing = await keys();
  const ctx = { clock, random: systemRandom, keys: writing };
  const notice = {
    organisation,
    to: new Personal('ana@example.com'),
    language: 'en',
    notice: { kind: 'account-exists' },
  } as const;
  await db.tenant(organisation, (tx) => notify(ctx, tx, notice));
  await writing.close();
  const states = () =>
    db.tenant(organisation, (tx) =>
      tx.rows<{ id: Id; state: string }>(sql`select id, state from app.mails where organisation_id = ${organisation}`),
    );
  return { server, env, connection: database.connection('jobs'), clock, jobs, keys, states };
}

test('a process that is killed when the server has the mail loses nothing: it goes again, under the same name', async (t) => {
  const { server, env, connection, clock, jobs, keys, states } = await waitingMail(t);
  const child = fork(program, { execArgv: [] });
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'message');
  child.send({ connection, env, nowMs: clock.now() });
  await server.first;
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal((await states())[0]?.state, 'waiting');

  const config = readConfig(env);
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const mail = await openMail({ config, clock: systemClock, http, dial: http.dial });
  const senses = { clock, keys: await keys(), db: jobs, config, log: () => {} };
  const sender = noticeSender({ ...senses, publicUrl: () => 'https://phone.example.com' }, mail);
  assert.equal(await sender.run(), 0, 'nobody can know yet that it is dead');
  clock.advance(2 * 60_000);
  assert.equal(await sender.run(), 1);
  const [row] = await states();
  assert.equal(row?.state, 'sent');
  const names = await Promise.all(server.received.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));
  assert.deepEqual(names, [`<${row?.id}@sotto.test>`, `<${row?.id}@sotto.test>`]);
});

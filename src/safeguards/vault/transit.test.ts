import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import {
  isProblem,
  manualClock,
  openHttp,
  readConfig,
  systemRandom,
  type Id,
  type Keystore,
  type KeySubject,
  type ProblemCode,
} from '#base';
import { temporaryFolder } from '../../../test/keys.ts';
import { transitServer, type TransitServer } from '../../../test/transit-server.ts';
import { openKeystore } from './open-keystore.ts';
import { keysStatus, rotateRootKey } from './rotate.ts';

const now = Date.UTC(2026, 10, 20, 12);
const tells = (code: ProblemCode, fix: RegExp) => (error: unknown) => isProblem(error, code) && fix.test(error.message);

function idOf(number: number): Id {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

function callOf(organisation: number, call = 1): KeySubject {
  return { organisation: idOf(organisation), kind: 'call', id: idOf(1_000 + call) };
}

function deferred() {
  return Promise.withResolvers<void>();
}

function sensesIn(t: TestContext, folder: string, env: Readonly<Record<string, string>>) {
  const config = readConfig({ SOTTO_DATA_DIR: folder, ...env });
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  return { config, http, random: systemRandom, clock: manualClock(now) };
}

async function openIn(t: TestContext, folder: string, { env }: Pick<TransitServer, 'env'>): Promise<Keystore> {
  const keys = await openKeystore(sensesIn(t, folder, env));
  t.after(() => keys.close());
  return keys;
}

test('several processes share a root key that none of them sees', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t, 'team/sotto')];
  const [one, other] = [await openIn(t, folder, server), await openIn(t, folder, server)];
  const made = await one.contentKey(callOf(1));
  assert.deepEqual(await other.contentKey(callOf(1)), made);
  assert.deepEqual(other.derive('x'), one.derive('x'));
  const later = await openIn(t, folder, server);
  assert.deepEqual(await later.openKey(idOf(1), made.id), made);
  assert.deepEqual(later.derive('x'), one.derive('x'));
});

test('the service is asked once for an organisation, however many keys are opened', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const keys = await openIn(t, folder, server);
  for (let call = 0; call < 20; call += 1) await keys.contentKey(callOf(1, call));
  const before = server.asked.length;
  for (let call = 0; call < 20; call += 1) await keys.contentKey(callOf(1, call));
  await keys.indexKey(idOf(1), 'phone');
  assert.equal(server.asked.length, before);
});

test('a service that is away stops what needs a key that is not known, and nothing else', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const keys = await openIn(t, folder, server);
  const known = await keys.contentKey(callOf(1));
  const unknown = await (await openIn(t, folder, server)).contentKey(callOf(2));
  const isAway = tells('keystore-unavailable', /SOTTO_TRANSIT_URL is away/);
  const moods = ['sealed', 'broken', 'gone-wrong', 'silent'] as const;
  for (const mood of moods) {
    server.mood = mood;
    assert.deepEqual(await keys.contentKey(callOf(1)), known, mood);
    assert.notDeepEqual(await keys.contentKey(callOf(1, moods.indexOf(mood) + 5)), known);
    const needing = [keys.openKey(idOf(2), unknown.id), keys.contentKey(callOf(3)), openIn(t, folder, server)];
    await Promise.all(needing.map((one) => assert.rejects(one, isAway, mood)));
  }
  server.mood = 'well';
  await server.away();
  await assert.rejects(keys.openKey(idOf(2), unknown.id), isAway);
  assert.deepEqual(await keys.contentKey(callOf(1)), known);
  await server.back();
  assert.deepEqual(await keys.openKey(idOf(2), unknown.id), unknown);
});

test('a key that is known counts no longer than its row: what another process destroyed is gone here at once', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const [serving, command] = [await openIn(t, folder, server), await openIn(t, folder, server)];
  const key = await serving.contentKey(callOf(1));
  await command.destroyOrganisation(idOf(1));
  assert.equal(await serving.openKey(idOf(1), key.id), undefined);
  await assert.rejects(serving.contentKey(callOf(1)), (error) => isProblem(error, 'content-erased'));
});

test('what the service refuses says what to mend', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  await (await openIn(t, folder, server)).contentKey(callOf(1));
  const refused = async (env: Readonly<Record<string, string>>, code: ProblemCode, fix: RegExp) =>
    assert.rejects(openIn(t, folder, { env: { ...server.env, ...env } }), tells(code, fix));
  await refused({ SOTTO_TRANSIT_TOKEN: 'hvs.other' }, 'root-key-unreadable', /does not take the token.*update/);
  await refused({ SOTTO_TRANSIT_MOUNT: 'elsewhere' }, 'root-key-unreadable', /no transit engine at elsewhere/);
  await refused({ SOTTO_TRANSIT_KEY: 'other' }, 'root-key-unreadable', /transit\/keys\/other/);
  await refused({ SOTTO_TRANSIT_NAMESPACE: 'other' }, 'root-key-unreadable', /token/);
  // A key that is there and is another one.
  await openIn(t, await temporaryFolder(t), { env: { ...server.env, SOTTO_TRANSIT_KEY: 'other' } });
  await refused({ SOTTO_TRANSIT_KEY: 'other' }, 'root-key-wrong', /does not open/);
});

test('a token in a file is read anew for each request, as an agent renews it', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const file = join(folder, 'token');
  const { SOTTO_TRANSIT_TOKEN: first = '', ...rest } = server.env;
  await writeFile(file, `${first}\n`);
  const keys = await openIn(t, folder, { env: { ...rest, SOTTO_TRANSIT_TOKEN_FILE: file } });
  server.tokens.clear();
  server.tokens.add('hvs.renewed');
  await assert.rejects(keys.contentKey(callOf(1)), tells('root-key-unreadable', /token/));
  await writeFile(file, 'hvs.renewed\n');
  await keys.contentKey(callOf(1));
});

test('the key is rotated in the service, and what the old version wrapped is needed no more', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const keys = await openIn(t, folder, server);
  const made = await Promise.all([1, 2, 3].map((organisation) => keys.contentKey(callOf(organisation))));
  const derived = keys.derive('x');
  await rotateRootKey(sensesIn(t, folder, server.env));
  assert.equal(server.versions('sotto'), 2);
  server.oldest = 2;
  const later = await openIn(t, folder, server);
  assert.deepEqual(await Promise.all([1, 2, 3].map((organisation) => later.contentKey(callOf(organisation)))), made);
  assert.deepEqual(await keys.contentKey(callOf(2)), made[1]);
  assert.deepEqual(later.derive('x'), derived);
  server.oldest = 3;
  await assert.rejects(openIn(t, folder, server), tells('root-key-unreadable', /min_decryption_version/));
});

test('an organisation whose key is wrapped while the root is replaced gets one of the new root', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const serving = await openIn(t, folder, server);
  await serving.contentKey(callOf(1));
  const begun = deferred();
  const replaced = deferred();
  server.before = async (asked) => {
    if (!asked.includes('/encrypt/')) return;
    server.before = async () => {};
    begun.resolve();
    await replaced.promise;
  };
  const making = serving.contentKey(callOf(2));
  await begun.promise;
  await rotateRootKey(sensesIn(t, folder, server.env));
  replaced.resolve();
  const made = await making;
  assert.deepEqual(await serving.openKey(idOf(2), made.id), made);
  const later = await openIn(t, folder, server);
  assert.deepEqual(await later.openKey(idOf(2), made.id), made);
  assert.equal((await later.roots()).strays, 0);
});

test('a keystore moves from a file into the service, and back', async (t) => {
  const [folder, server] = [await temporaryFolder(t), await transitServer(t)];
  const inFile = { ...server.env, SOTTO_KEY_PROVIDER: 'file' };
  const before = await openIn(t, folder, { env: inFile });
  const made = await before.contentKey(callOf(1));
  const derived = before.derive('x');
  await rotateRootKey(sensesIn(t, folder, server.env));
  const there = await openIn(t, folder, server);
  assert.deepEqual([await there.contentKey(callOf(1)), there.derive('x')], [made, derived]);
  assert.equal((await keysStatus(sensesIn(t, folder, server.env))).root.provider, 'transit');
  await assert.rejects(openIn(t, folder, { env: inFile }), tells('root-key-wrong', /was replaced/));
  await rm(join(folder, 'keys', 'root.key'));
  await rotateRootKey(sensesIn(t, folder, inFile));
  const back = await openIn(t, folder, { env: inFile });
  assert.deepEqual([await back.contentKey(callOf(1)), back.derive('x')], [made, derived]);
});

test('keys go to a service in the clear only where the operator names its host', () => {
  const env = { SOTTO_KEY_PROVIDER: 'transit', SOTTO_TRANSIT_URL: 'http://10.0.0.5:8200', SOTTO_TRANSIT_TOKEN: 'a' };
  assert.throws(() => readConfig(env), tells('config-invalid', /SOTTO_TRANSIT_URL must be https/));
  readConfig({ ...env, SOTTO_ALLOW_HOSTS: '10.0.0.5' });
  readConfig({ ...env, SOTTO_TRANSIT_URL: 'https://10.0.0.5:8200' });
  const alone = { SOTTO_KEY_PROVIDER: 'transit' };
  assert.throws(
    () => readConfig(alone),
    tells('config-invalid', /SOTTO_TRANSIT_URL must.*\n.*SOTTO_TRANSIT_TOKEN_FILE/s),
  );
});

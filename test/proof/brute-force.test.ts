import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Type } from 'typebox';
import { Personal, problem } from '#base';
import { openServer, route } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { beginSession, provenIdentity, setSecondFactor } from '#safeguards/identity';
import { openPasswords } from '../../src/safeguards/identity/password-hash.ts';
import { always } from '../edge.ts';
import { softwareAuthenticator } from '../software-authenticator.ts';
import { world, type World } from '../world.ts';
import { ask, traced, type Answered } from './ask.ts';
import { mailedToken } from './mailed.ts';
import { nobody } from './persona.ts';
import {
  addresses,
  askFrom,
  enumerationMistakes,
  guess,
  isLookedAt,
  oneAccountMistakes,
  oneAddressMistakes,
  proxy,
  type Siege,
} from './siege.ts';
import { origin } from './stage.ts';
import { stillClock } from './still-clock.ts';

const password = 'seven tall herons read maps';

/** The product with its real limits, behind a proxy, and a clock that moves when told. */
async function openFortress(t: TestContext): Promise<Siege & { readonly world: World }> {
  const clock = stillClock();
  const env = { SOTTO_PUBLIC_URL: origin, SOTTO_SIGN_UP: 'open', SOTTO_PROXIES: proxy };
  const opened = await world(t, { clock, env, between: traced });
  return { world: opened, server: opened.app.server, advance: clock.advance };
}

/** Somebody who can sign in, by the password when they have one. */
async function settle({ ctx }: World, email: string, secret?: string) {
  const passwords = openPasswords(ctx);
  const passwordHash = secret === undefined ? undefined : await passwords.turn((hasher) => hasher.make(secret));
  const given = { email: new Personal(email), name: new Personal('Somebody'), language: 'en', passwordHash };
  const { identity } = await ctx.db.tenant(instanceId, (tx) => provenIdentity(ctx, tx, given));
  return { email, identity };
}

function jsonOf<T>({ status, body }: Answered): T {
  assert.equal(status, 200, body);
  return JSON.parse(body) as T;
}

test('however many addresses guess at one account, five guesses are looked at, and about one an hour afterwards', async (t) => {
  const siege = await openFortress(t);
  const { email } = await settle(siege.world, 'ana@proof.example', password);
  assert.deepEqual(await oneAccountMistakes(siege, email), []);
  const right = await guess(siege, '17.1.1.7', email, password);
  assert.ok(!isLookedAt(right), 'a right password during the pause is not told from a wrong one');
});

test('who guesses at an account locks its owner out of nothing but the password: passkey and link go on', async (t) => {
  const siege = await openFortress(t);
  const { world: opened, server } = siege;
  const { email, identity } = await settle(opened, 'bea@proof.example', password);
  const from = { address: new Personal('192.0.2.7'), agent: undefined, country: undefined };
  const begun = await beginSession(opened.ctx, { identity, by: 'link', from, isFresh: true });
  assert.ok(begun.state === 'signed-in');
  const headers = { 'cookie': `__Host-sotto=${begun.token}`, 'sec-fetch-site': 'same-origin' };
  const post = (url: string, body?: unknown) => ask(server, nobody, { method: 'POST', url, headers, body });
  const authenticator = softwareAuthenticator();
  const options = jsonOf<Parameters<typeof authenticator.create>[0]>(await post('/api/v1/session/passkeys/options'));
  const made = { name: 'A key', passkey: authenticator.create(options, { origin }) };
  jsonOf(await post('/api/v1/session/passkeys', made));
  const attack = () => Promise.all(addresses(12, 18).map((address) => guess(siege, address, email)));
  for (const round of [1, 2]) {
    await attack();
    assert.equal((await guess(siege, '192.0.2.7', email, password)).code, 'sign-in-paused', `round ${round}`);
    const wanted = await ask(server, nobody, { method: 'POST', url: '/api/v1/sign-in/passkey/options' });
    const passkey = authenticator.get(jsonOf(wanted), { origin });
    jsonOf(await askFrom(siege, '192.0.2.7', '/api/v1/sign-in/passkey', { passkey }));
  }
  await attack();
  const { email: other } = await settle(opened, 'cleo@proof.example', password);
  await Promise.all(addresses(12, 19).map((address) => guess(siege, address, other)));
  await askFrom(siege, '192.0.2.7', '/api/v1/sign-in/link', { email: other });
  const token = await mailedToken(opened, { email: other });
  jsonOf(await askFrom(siege, '192.0.2.7', '/api/v1/sign-in/link/use', { token }));
});

test('who knows a password guesses at the second factor five times, from however many addresses', async (t) => {
  const siege = await openFortress(t);
  const { ctx } = siege.world;
  const { email, identity } = await settle(siege.world, 'fay@proof.example', password);
  await ctx.db.tenant(instanceId, (tx) => setSecondFactor(tx, identity, true));
  const answers: Answered[] = [];
  for (const [at, address] of addresses(30, 20).entries()) {
    const { body, status } = await guess(siege, address, email, password);
    if (status !== 200) continue;
    const { pending } = JSON.parse(body) as { pending: string };
    const code = String(at).padStart(6, '0');
    answers.push(await askFrom(siege, address, '/api/v1/sign-in/second-factor', { pending, code }));
  }
  const seen = answers.filter((one) => one.code === 'second-factor-wrong').length;
  assert.ok(seen > 0 && seen <= 5, `${seen} codes were looked at`);
});

test('one address that guesses at many accounts is held off, whoever it claims to be, and nobody else is', async (t) => {
  const siege = await openFortress(t);
  const innocent = await settle(siege.world, 'dora@proof.example', password);
  const accounts = Array.from({ length: 50 }, (_, at) => `guessed${at}@proof.example`);
  assert.deepEqual(await oneAddressMistakes(siege, accounts, { email: innocent.email, password }), []);
});

test('whether an address is known cannot be read off an answer, nor off the work for it', async (t) => {
  const siege = await openFortress(t);
  const known = await settle(siege.world, 'with-password@proof.example', password);
  const bare = await settle(siege.world, 'without-password@proof.example');
  const emails = {
    'an unknown one': 'unknown@proof.example',
    'a known one': known.email,
    'one without a password': bare.email,
  };
  assert.deepEqual(await enumerationMistakes(siege, emails), []);
});

test('the siege can fail: a sign-in that counts nothing and one that tells who is known are noticed', async (t) => {
  const { world: opened } = await openFortress(t);
  const { email } = await settle(opened, 'eva@proof.example', password);
  const body = Type.Object({ email: Type.String(), password: Type.String() });
  const plant = route({
    method: 'POST',
    path: '/api/v1/sign-in',
    say: 'A planted sign-in.',
    may: 'public',
    limit: 'sign-in',
    audits: null,
    body,
    output: { 200: Type.Object({}) },
    run: async ({ body: given }) => {
      throw problem('sign-in-refused', given.email === email ? 'The password is wrong.' : 'Nobody has that address.');
    },
  });
  const server = await openServer(opened.ctx, { routes: [plant], admit: always, identify: async () => undefined });
  t.after(() => server.close());
  const siege = { server, advance: () => {} };
  assert.match((await oneAccountMistakes(siege, email)).join('\n'), /at once: 25 guesses were looked at, and not 5/);
  const many = Array.from({ length: 40 }, (_, at) => `guessed${at}@proof.example`);
  const innocent = { email, password };
  assert.match(
    (await oneAddressMistakes(siege, many, innocent)).join('\n'),
    /40 guesses were looked at[^]*nothing was held off/,
  );
  const emails = { 'an unknown one': 'unknown@proof.example', 'a known one': email };
  assert.match((await enumerationMistakes(siege, emails)).join('\n'), /a known one is told from an unknown one/);
});

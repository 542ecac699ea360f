import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openServer, type Injection } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { always, forgetful } from '../../../test/edge.ts';
import { openHouse } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { setSecondFactor } from './identities.ts';
import { identityRoutes } from './routes.ts';

const origin = 'https://phone.example.com';
const good = 'seven grey herons wading';

type Said = {
  readonly state?: string;
  readonly claim?: string;
  readonly email?: string;
  readonly name?: string;
  readonly code?: string;
  readonly instance?: string;
  readonly organisations?: readonly { readonly role: string }[];
  readonly mistakes?: readonly { readonly at: string }[];
  readonly items?: readonly object[];
};

/** The routes as a browser meets them: over the edge, with cookies. */
async function browser(t: TestContext) {
  const house = await openHouse({ SOTTO_PUBLIC_URL: origin, SOTTO_PORT: '0' });
  const server = await openServer(house.ctx, {
    routes: identityRoutes(house.ctx),
    identify: async (shown) =>
      shown.by === 'session' ? askerBySession(house.ctx, shown.token, shown.from) : undefined,
    admit: always,
    repeats: forgetful,
  });
  t.after(async () => {
    const closing = server.close();
    house.ctx.clock.advance(10_000);
    await closing;
    await house.close();
  });
  const jar: { cookie?: string } = {};
  const send = async (method: Injection['method'], url: string, body?: object) => {
    const answer = await server.inject({
      method,
      url,
      headers: {
        ...(jar.cookie !== undefined && { 'cookie': jar.cookie, 'sec-fetch-site': 'same-origin' }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const set = answer.headers['set-cookie'];
    const cookie = set === undefined ? undefined : String(set);
    if (cookie) jar.cookie = cookie.split(';')[0]!;
    const json = (answer.body === '' ? {} : JSON.parse(answer.body)) as Said;
    return { status: answer.status, cookie: String(cookie ?? ''), headers: answer.headers, json, body: answer.body };
  };
  return { house, server, jar, send };
}

const filledIn = (email: string) => ({
  email,
  name: 'Mara Lindqvist',
  organisation: { name: 'Lindqvist Dental', timeZone: 'Europe/Stockholm', language: 'sv', region: 'SE' },
  password: good,
});

test('a newcomer signs up, is in, sees themselves, changes the password and signs out', async (t) => {
  const { house, jar, send } = await browser(t);
  const asked = await send('POST', '/api/v1/sign-up', filledIn('mara@example.com'));
  assert.equal(asked.status, 202);
  const token = await house.linkFor('mara@example.com');
  const entered = await send('POST', '/api/v1/sign-up/confirm', { token, claim: asked.json.claim });
  assert.equal(entered.json.state, 'signed-in');
  assert.match(entered.cookie, /^__Host-sotto=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure/);
  assert.ok(!entered.body.includes(entered.cookie.slice(13, 56)), 'the token is in the cookie and nowhere else');
  const own = await send('GET', '/api/v1/session');
  assert.deepEqual([own.json.email, own.json.name], ['mara@example.com', 'Mara Lindqvist']);
  assert.deepEqual(
    own.json.organisations?.map(({ role }) => role),
    ['owner'],
  );
  const before = jar.cookie;
  const changed = await send('PUT', '/api/v1/password', { current: good, password: 'eleven copper kettles hum' });
  assert.equal(changed.status, 200);
  assert.notEqual(jar.cookie, before);
  assert.equal((await send('GET', '/api/v1/sessions')).json.items?.length, 1);
  const left = await send('POST', '/api/v1/sign-out');
  assert.equal(left.status, 204);
  assert.match(left.cookie, /^__Host-sotto=; .*Max-Age=0/);
  assert.match(String(left.headers['clear-site-data']), /"cookies"/);
  jar.cookie = changed.cookie.split(';')[0]!;
  assert.equal((await send('GET', '/api/v1/session')).json.code, 'sign-in-needed');
});

test('signing in answers the same to whoever does not exist, and never with a token in the body', async (t) => {
  const { house, send } = await browser(t);
  await house.resident('known@example.com');
  const answers = ['known@example.com', 'unknown@example.com'].map((email) =>
    send('POST', '/api/v1/sign-in', { email, password: good }),
  );
  const [known, unknown] = (await Promise.all(answers)).map(({ status, json: { instance: _, ...json } }) => ({
    status,
    json,
  }));
  assert.deepEqual(known, unknown);
  const links = ['known@example.com', 'unknown@example.com'].map((email) =>
    send('POST', '/api/v1/sign-in/link', { email }),
  );
  const [first, second] = (await Promise.all(links)).map(({ status, body }) => ({ status, body }));
  assert.deepEqual(first, second);
});

test('what a sign-up says wrongly is told all at once, and nothing that could break a header goes on', async (t) => {
  const { house, send } = await browser(t);
  const wrong = {
    ...filledIn('mara@example.com\r\nBcc: all@example.com'),
    name: 'Mara\r\nBcc: all@example.com',
    organisation: { name: 'Lind\u202equist', timeZone: 'Mars/Olympus', language: 'x', region: 'Sweden' },
  };
  const { status, json } = await send('POST', '/api/v1/sign-up', wrong);
  assert.equal(status, 400);
  assert.deepEqual(
    json.mistakes?.map(({ at }) => at),
    [
      '/email',
      '/name',
      '/organisation/name',
      '/organisation/timeZone',
      '/organisation/language',
      '/organisation/region',
    ],
  );
  for (const name of ['\u2028', 'a\0b', '\ud800', '   ']) {
    const answer = await send('POST', '/api/v1/sign-up', { ...filledIn('mara@example.com'), name });
    assert.equal(answer.status, 400, JSON.stringify(name));
  }
  for (const email of [
    'a@b',
    'a b@example.com',
    '"a"@example.com',
    'a@example.com,b@example.com',
    'a@-x.com',
    'a@x..com',
    '<a@x.com>',
    'a@[127.0.0.1]',
  ]) {
    const answer = await send('POST', '/api/v1/sign-up', filledIn(email));
    assert.equal(answer.status, 400, email);
  }
  assert.deepEqual(await house.post(), []);
});

test('addresses that differ in case or in how Unicode writes a letter are one person', async (t) => {
  const { house, send } = await browser(t);
  await house.resident('mara@example.com');
  for (const email of ['MARA@Example.COM', ' mara@example.com', 'ｍａｒａ@example.com']) {
    assert.equal((await send('POST', '/api/v1/sign-in/link', { email })).status, 202);
  }
  assert.deepEqual(
    (await house.post()).map(({ to }) => to),
    Array(3).fill('mara@example.com'),
  );
});

test('a sign-in that waits for its second factor sets no cookie', async (t) => {
  const { house, send } = await browser(t);
  const { identity } = await house.resident('factor@example.com');
  await house.db.tenant(instanceId, (tx) => setSecondFactor(tx, identity, true));
  await send('POST', '/api/v1/sign-in/link', { email: 'factor@example.com' });
  const token = await house.linkFor('factor@example.com');
  const answer = await send('POST', '/api/v1/sign-in/link/use', { token });
  assert.deepEqual([answer.json.state, answer.cookie], ['second-factor', '']);
});

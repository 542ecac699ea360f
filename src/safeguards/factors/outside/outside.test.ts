import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { findIdentity, identityRoutes } from '#safeguards/identity';
import { Personal } from '#base';
import { addApp } from '../../../../test/authenticator-app.ts';
import { openFrontDoor, origin, textOf, type Browser, type FrontDoor } from '../../../../test/front-door.ts';
import { openIdProvider, visit, type OpenIdProvider } from '../../../../test/openid-provider.ts';
import { ownFactorRoutes } from '../factor-routes.ts';
import { signInRoutes } from '../sign-in-routes.ts';
import { factorReconcilers } from '../sweepers.ts';
import type { Provider } from './providers.ts';
import { outsideRoutes } from './routes.ts';

let honest: OpenIdProvider;
let evil: OpenIdProvider;
let door: FrontDoor;
const returnOf = (name: string) => `${origin}/api/v1/sign-in/outside/${name}/return`;

before(async () => {
  const returnUrls = [returnOf('google'), returnOf('oidc')];
  honest = await openIdProvider({ name: 'honest', returnUrls, secretIn: 'client_secret_post', tellsAddress: true });
  evil = await openIdProvider({ name: 'evil', returnUrls });
  const providers = [providerFor('google', honest), providerFor('oidc', evil)];
  door = await openFrontDoor({
    env: { SOTTO_ALLOW_HOSTS: '127.0.0.1' },
    routes: (ctx) => [
      ...identityRoutes(ctx),
      ...signInRoutes(ctx),
      ...ownFactorRoutes(ctx),
      ...outsideRoutes(ctx, providers),
    ],
  });
});
beforeEach(() => {
  honest.tamper = undefined;
  evil.tamper = undefined;
});
after(async () => {
  await door.close();
  await honest.close();
  await evil.close();
});

function providerFor(name: Provider['name'], at: OpenIdProvider): Provider {
  const { issuer, clientId, clientSecret } = at;
  const processor = { name: `Provider ${name}`, purpose: 'tests', data: [], region: 'here', hosts: [] };
  return { name, label: name, issuer, clientId, clientSecret, processor };
}

let people = 0;

/** Somebody with an account at the honest provider, who sits at the browser now. */
function somebody(isVerified = true) {
  people += 1;
  honest.account = { subject: `subject-${people}`, email: `outside-${people}@example.com`, isVerified };
  return honest.account;
}

const filled = {
  name: 'Ana',
  organisation: { name: 'Casa Ana', timeZone: 'Europe/Madrid', language: 'es', region: 'ES' },
};

async function leave(browser: Browser, path = '/api/v1/sign-in/outside/google', body: unknown = {}) {
  const answer = await browser.post(path, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return textOf(answer.json, 'url');
}

/** The path and query of ours that an address leads to. */
function ours(url: string): string {
  assert.ok(url.startsWith(`${origin}/`), url);
  return url.slice(origin.length);
}

async function signUp(browser = door.browser(), body: unknown = filled) {
  const away = await visit(honest, await leave(browser, '/api/v1/sign-up/outside/google', body));
  return { browser, answer: await browser.send('GET', ours(away)) };
}

async function signIn(browser = door.browser(), body: unknown = {}) {
  const away = await visit(honest, await leave(browser, undefined, body));
  return { browser, answer: await browser.send('GET', ours(away)) };
}

async function mailed() {
  return (await door.post()).flatMap(({ notice }) => ('what' in notice ? [notice.what] : []));
}

async function whoIsIn(browser: Browser) {
  return (await browser.send('GET', '/api/v1/session')).json;
}

test('somebody new signs up with a checked address, and from then on signs in', async () => {
  const { email } = somebody();
  const { browser, answer } = await signUp();
  assert.deepEqual([answer.status, answer.location], [303, '/']);
  const session = await whoIsIn(browser);
  assert.equal(session['email'], email);
  assert.equal((session['organisations'] as { name: string; role: string }[])[0]?.name, 'Casa Ana');
  const again = await signIn(door.browser(), { next: '/calls?page=2' });
  assert.deepEqual([again.answer.status, again.answer.location], [303, '/calls?page=2']);
  assert.equal((await whoIsIn(again.browser))['identity'], session['identity']);
});

test('another provider’s word is not fresh: it may have asked nobody', async () => {
  somebody();
  const { browser } = await signUp();
  assert.equal((await whoIsIn(browser))['freshAt'], null);
  assert.equal((await browser.post('/api/v1/session/recovery-codes')).code, 'step-up-needed');
  const password = 'seven grey herons wading';
  assert.equal((await browser.send('PUT', '/api/v1/password', { password })).code, 'step-up-needed');
});

test('an unknown account signs nobody in, and nobody up who did not ask for it', async () => {
  const { email } = somebody();
  const { browser, answer } = await signIn();
  assert.equal(answer.code, 'outside-unknown');
  assert.equal(browser.cookies.has('__Host-sotto'), false);
  assert.equal(await findIdentity(door.ctx, new Personal(email)), undefined);
});

test('the same address links nothing: whoever has an account here signs in to it first', async () => {
  const { email } = somebody();
  const owner = await door.signedIn(email);
  for (const { answer, browser } of [await signIn(), await signUp()]) {
    assert.equal(answer.code, 'outside-unknown');
    assert.equal(browser.cookies.has('__Host-sotto'), false);
  }
  const found = await owner.send('GET', '/api/v1/session/factors');
  assert.deepEqual(found.json['outside'], []);
});

test('without a checked address nobody signs up', async () => {
  const { email } = somebody(false);
  assert.equal((await signUp()).answer.code, 'outside-unverified');
  assert.equal(await findIdentity(door.ctx, new Personal(email)), undefined);
});

test('an account is linked in a fresh session, listed, used and unlinked; each ends other sessions and is mailed', async () => {
  somebody();
  const owner = await door.signedIn('linker@example.com');
  const link = '/api/v1/session/outside/google/link';
  assert.equal((await owner.post(link, {})).code, 'step-up-needed', 'a mailed link is no second factor');
  const code = await addApp(owner, door.ctx.clock);
  await mailed();
  const before = owner.cookies.get('__Host-sotto');
  const away = await visit(honest, await leave(owner, link, { next: '/account' }));
  const linked = await owner.send('GET', ours(away));
  assert.deepEqual([linked.status, linked.location], [303, '/account']);
  assert.notEqual(owner.cookies.get('__Host-sotto'), before);
  assert.deepEqual(await mailed(), ['outside-linked']);
  const { browser, answer } = await signIn();
  const pending = answer.location.split('#second-factor=')[1];
  assert.equal((await browser.post('/api/v1/sign-in/second-factor', { pending, code: code() })).status, 200);
  assert.equal((await whoIsIn(browser))['email'], 'linker@example.com');
  const [one] = (await owner.send('GET', '/api/v1/session/factors')).json['outside'] as Record<string, unknown>[];
  assert.deepEqual([one?.['provider'], one?.['label']], ['google', honest.account?.email]);
  assert.equal((await owner.send('DELETE', `/api/v1/session/outside/${String(one?.['id'])}`)).status, 204);
  assert.deepEqual(await mailed(), ['outside-unlinked']);
  assert.equal((await browser.send('GET', '/api/v1/session')).code, 'sign-in-needed');
  assert.equal((await signIn()).answer.code, 'outside-unknown');
  door.ctx.clock.advance(10 * 60_000 + 1);
  assert.equal((await owner.post(link, {})).code, 'step-up-needed');
});

test('an account that signs in one person is not linked with another', async () => {
  somebody();
  await signUp();
  const other = await door.signedIn('other@example.com');
  await addApp(other, door.ctx.clock);
  const away = await visit(honest, await leave(other, '/api/v1/session/outside/google/link'));
  const taken = await other.send('GET', ours(away));
  assert.match(taken.location, /^\/account\?problem=outside-taken&/, 'back where they linked it');
  assert.equal((await other.send('GET', '/api/v1/session')).status, 200, 'still signed in');
});

test('nothing is linked for a session that ended on the way', async () => {
  somebody();
  const owner = await door.signedIn('ended@example.com');
  await addApp(owner, door.ctx.clock);
  const away = await visit(honest, await leave(owner, '/api/v1/session/outside/google/link'));
  await owner.post('/api/v1/sign-out');
  assert.equal((await owner.send('GET', ours(away))).code, 'sign-in-needed');
  assert.equal((await signIn()).answer.code, 'outside-unknown');
});

test('a provider’s word does not pass the second factor', async () => {
  somebody();
  const { browser: owner } = await signUp();
  const code = await addApp(owner, door.ctx.clock);
  const { browser, answer } = await signIn(door.browser(), { next: '/calls' });
  const [way, pending = ''] = answer.location.split('#second-factor=');
  assert.equal(way, '/sign-in?next=%2Fcalls');
  assert.equal(browser.cookies.has('__Host-sotto'), false);
  assert.equal((await browser.send('GET', '/api/v1/session')).code, 'sign-in-needed');
  assert.equal((await browser.post('/api/v1/sign-in/second-factor', { pending, code: code() })).status, 200);
});

test('the answer counts in the browser that asked, once, within ten minutes', async () => {
  somebody();
  await signUp();
  const browser = door.browser();
  const path = ours(await visit(honest, await leave(browser)));
  assert.equal((await door.browser().send('GET', path)).code, 'sign-in-expired', 'another browser');
  const other = door.browser();
  await leave(other);
  assert.equal((await other.send('GET', path)).code, 'outside-refused', 'another browser, with a flow of its own');
  assert.deepEqual([(await browser.send('GET', path)).location], ['/']);
  const again = await browser.send('GET', path);
  assert.equal(again.location, '/sign-in?problem=sign-in-expired&next=%2F', 'once, and the page says so');
  const late = ours(await visit(honest, await leave(browser)));
  door.ctx.clock.advance(10 * 60_000);
  assert.equal((await browser.send('GET', late)).code, 'sign-in-expired', 'late');
});

test('an altered answer is refused: state, code, issuer, none of them, an error, doubled', async () => {
  somebody();
  await signUp();
  const changes: Record<string, (url: URL) => void> = {
    'another state': (url) => url.searchParams.set('state', 'A'.repeat(43)),
    'no state': (url) => url.searchParams.delete('state'),
    'two states': (url) => url.searchParams.append('state', 'A'.repeat(43)),
    'another code': (url) => url.searchParams.set('code', 'A'.repeat(43)),
    'no code': (url) => url.searchParams.delete('code'),
    'another issuer': (url) => url.searchParams.set('iss', evil.issuer),
    'no issuer': (url) => url.searchParams.delete('iss'),
    'nothing': (url) => (url.search = ''),
    'an error besides': (url) => url.searchParams.set('error', 'access_denied'),
  };
  for (const [what, change] of Object.entries(changes)) {
    const browser = door.browser();
    const url = new URL(await visit(honest, await leave(browser)));
    change(url);
    const answer = await browser.send('GET', ours(url.href));
    assert.equal(answer.code, 'outside-refused', what);
    assert.equal(browser.cookies.has('__Host-sotto'), false, what);
  }
});

test('whoever says no at the provider is told so, and nothing has happened', async () => {
  honest.account = undefined;
  assert.equal((await signIn()).answer.code, 'outside-refused');
});

test('a code that is too old opens nothing', async () => {
  somebody();
  await signUp();
  const browser = door.browser();
  const late = ours(await visit(honest, await leave(browser)));
  honest.expireCodes();
  assert.equal((await browser.send('GET', late)).code, 'outside-refused');
});

test('another nonce, challenge or client than ours in the question is refused in the answer', async () => {
  somebody();
  await signUp();
  for (const name of ['nonce', 'code_challenge']) {
    const browser = door.browser();
    const url = new URL(await leave(browser));
    assert.ok(url.searchParams.get(name));
    url.searchParams.set(name, 'A'.repeat(43));
    assert.equal((await browser.send('GET', ours(await visit(honest, url.href)))).code, 'outside-refused', name);
  }
});

test('an ID token that was altered, signed by somebody else or not at all is refused', async () => {
  somebody();
  await signUp();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claimsIn = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object;
  const changes: Record<string, (token: string) => string | undefined> = {
    'another subject': (token) => token.replace(/\.[^.]+\./, `.${part({ ...claimsIn(token), sub: 'subject-0' })}.`),
    'nobody’s signature': (token) => `${part({ alg: 'none' })}.${token.split('.')[1]}.`,
    'another key': (token) => {
      const signed = `${part({ alg: 'RS256', kid: 'first' })}.${token.split('.')[1]}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
    'no token': () => undefined,
    'no JWT': () => 'token',
  };
  for (const [what, change] of Object.entries(changes)) {
    honest.tamper = (tokens) => ({ ...tokens, id_token: change(String(tokens['id_token'])) });
    const { answer, browser } = await signIn();
    assert.equal(answer.code, 'outside-refused', what);
    assert.equal(browser.cookies.has('__Host-sotto'), false, what);
  }
  honest.tamper = undefined;
  assert.equal((await signIn()).answer.status, 303);
});

test('two providers are not mixed up: neither subject, answer nor code of one counts for the other', async () => {
  const victim = somebody();
  await signUp();
  // The same subject and address at another provider is somebody else.
  evil.account = victim;
  const other = door.browser();
  const atEvil = await visit(evil, await leave(other, '/api/v1/sign-in/outside/oidc'));
  assert.equal((await other.send('GET', ours(atEvil))).code, 'outside-unknown');
  // A code of the honest one, brought back as an answer of the other, is not sent there (RFC 9700 §4.4).
  const browser = door.browser();
  const url = new URL(await visit(honest, await leave(browser)));
  const before = evil.asked.filter((path) => path === '/token').length;
  const moved = ours(url.href).replace('/google/', '/oidc/');
  assert.equal((await browser.send('GET', moved)).code, 'sign-in-expired');
  const mixed = door.browser();
  const asked = new URL(await leave(mixed, '/api/v1/sign-in/outside/oidc'));
  url.searchParams.set('state', asked.searchParams.get('state') ?? '');
  assert.equal((await mixed.send('GET', `${new URL(returnOf('oidc')).pathname}${url.search}`)).code, 'outside-refused');
  assert.equal(evil.asked.filter((path) => path === '/token').length, before);
});

test('the way on is a path here: everything that could lead elsewhere is refused', async () => {
  const browser = door.browser();
  const ways = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    'evil',
    '',
    '/a#b',
    '/%0d%0aset-cookie:a=b/../..//x',
    '/a/../../b',
    '/javascript:alert(1)\n',
    'javascript:alert(1)',
    '/\u2028',
  ];
  for (const next of ways) {
    for (const path of ['/api/v1/sign-in/outside/google', '/api/v1/sign-up/outside/google']) {
      const body = path.includes('sign-up') ? { ...filled, next } : { next };
      assert.equal((await browser.post(path, body)).code, 'input-invalid', JSON.stringify(next));
    }
  }
});

test('a provider that nobody has set up is not there, and those that are can be listed', async (t) => {
  const bare = await openFrontDoor();
  t.after(() => bare.close());
  assert.equal((await bare.browser().post('/api/v1/sign-in/outside/google', {})).code, 'not-found');
  assert.deepEqual((await bare.browser().send('GET', '/api/v1/sign-in/outside')).json, { items: [] });
  const listed = await door.browser().send('GET', '/api/v1/sign-in/outside');
  assert.deepEqual(listed.json['items'], [
    { provider: 'google', label: 'google' },
    { provider: 'oidc', label: 'oidc' },
  ]);
});

test('sign-up through a provider obeys who may sign up', async (t) => {
  const closed = await openFrontDoor({
    env: { SOTTO_SIGN_UP: 'closed', SOTTO_ALLOW_HOSTS: '127.0.0.1' },
    routes: (ctx) => outsideRoutes(ctx, [providerFor('google', honest)]),
  });
  t.after(() => closed.close());
  somebody();
  const browser = closed.browser();
  const away = await visit(honest, await leave(browser, '/api/v1/sign-up/outside/google', filled));
  assert.equal((await browser.send('GET', ours(away))).code, 'sign-up-closed');
});

test('settings name a provider; its host is granted by its issuer alone, and discovery is asked for once an hour', async (t) => {
  const { issuer, clientId, clientSecret } = honest;
  const one = await openFrontDoor({
    env: { SOTTO_OIDC_ISSUER: issuer, SOTTO_OIDC_CLIENT_ID: clientId, SOTTO_OIDC_CLIENT_SECRET: clientSecret },
  });
  t.after(() => one.close());
  const discoveries = () => honest.asked.filter((path) => path.includes('.well-known')).length;
  const before = discoveries();
  const browser = one.browser();
  somebody();
  const away = await visit(honest, await leave(browser, '/api/v1/sign-up/outside/oidc', filled));
  assert.equal((await browser.send('GET', ours(away))).status, 303);
  await leave(browser, '/api/v1/sign-in/outside/oidc');
  assert.equal(discoveries(), before + 1);
  one.ctx.clock.advance(3_600_000);
  await leave(browser, '/api/v1/sign-in/outside/oidc');
  assert.equal(discoveries(), before + 2);
});

test('a provider that cannot be reached, or is somewhere that nobody allowed, is a failure of theirs', async (t) => {
  const gone = { ...providerFor('oidc', honest), issuer: 'http://127.0.0.1:9' };
  const one = await openFrontDoor({
    env: { SOTTO_ALLOW_HOSTS: '127.0.0.1:9' },
    routes: (ctx) => outsideRoutes(ctx, [gone, providerFor('google', honest)]),
  });
  t.after(() => one.close());
  assert.equal((await one.browser().post('/api/v1/sign-in/outside/oidc', {})).code, 'vendor-failed');
  assert.equal((await one.browser().post('/api/v1/sign-in/outside/google', {})).code, 'host-not-listed');
});

test('what nobody came back for is gone, with what was filled in', async () => {
  await leave(door.browser(), '/api/v1/sign-up/outside/google', filled);
  const [sweeper] = factorReconcilers(door.ctx);
  door.ctx.clock.advance(10 * 60_000);
  assert.ok((await sweeper!.run()) > 0);
  assert.equal(await sweeper!.run(), 0);
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { sql, type Id } from '#base';
import { openServer } from '#edge';
import { askerBySession, firstRunCode, identityRoutes, openPasswordMeans } from '#safeguards/identity';
import { agreedTo, keepingOf } from '#safeguards/retention';
import { always, forgetful } from '../../../test/edge.ts';
import { openHouse } from '../../../test/house.ts';
import { preparer } from '../prepare-business.ts';
import { entryRoutes } from './routes.ts';

const laptop = { host: '127.0.0.1:8080' };
const page = { ...laptop, 'origin': 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' };
const day = [{ from: '09:00', to: '12:00' }];
const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };

const filledIn = (email = 'mara@example.com') => ({
  email,
  name: 'Mara Lindqvist',
  password: 'seven grey herons wading',
  organisation: { name: 'Clínica Sur', timeZone: 'Europe/Madrid', language: 'es-ES', region: 'ES' },
  hours,
  purposes: ['appointments'],
  keeping: { preset: 'short' },
});

type Headers = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>>;

async function open(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const house = await openHouse({ SOTTO_SIGN_UP: 'first', ...env });
  const publicUrl = () => env['SOTTO_PUBLIC_URL'] ?? 'http://127.0.0.1:8080';
  const ctx = { ...house.ctx, publicUrl };
  const entering = { ...ctx, prepare: preparer(ctx) };
  const means = openPasswordMeans(ctx);
  const server = await openServer(ctx, {
    routes: [...entryRoutes(entering, means), ...identityRoutes(entering, means)],
    identify: async (shown) => (shown.by === 'session' ? askerBySession(ctx, shown.token, shown.from) : undefined),
    admit: always,
    repeats: forgetful,
  });
  t.after(async () => {
    const closing = server.close();
    ctx.clock.advance(10_000);
    await closing;
    await house.close();
  });
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    given: { headers?: Headers; from?: string; body?: object } = {},
  ) => {
    const { headers = page, from = '127.0.0.1', body } = given;
    const answer = await server.inject({
      method,
      url,
      from,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = answer.json() as Json;
    const code = typeof json['type'] === 'string' ? json['type'].split('/').at(-1) : '';
    return { status: answer.status, json, code, cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0]! };
  };
  return {
    house,
    ctx,
    ask,
    shown: async (given?: Parameters<typeof ask>[2]) => (await ask('GET', '/api/v1/first-run', given)).json,
    begin: (given: Parameters<typeof ask>[2] = {}) =>
      ask('POST', '/api/v1/first-run', { ...given, body: given.body ?? filledIn() }),
  };
}

test('at the machine itself the first account needs no code, and its business can be called at once', async (t) => {
  const { house, shown, ask, begin } = await open(t);
  assert.deepEqual(await shown(), { open: true, needsCode: false });
  const made = await begin();
  assert.deepEqual([made.status, made.json['state']], [200, 'signed-in'], JSON.stringify(made.json));
  const own = (await ask('GET', '/api/v1/session', { headers: { ...page, cookie: made.cookie } })).json;
  assert.deepEqual([own['email'], own['addressProven'], own['by']], ['mara@example.com', false, 'password']);
  const agents = await house.db.tenant(own['organisation'] as Id, (tx) =>
    tx.rows<{ language: string; greeting: string; hours: unknown; model: string }>(
      sql`select language, greeting, hours, model from app.agents`,
    ),
  );
  assert.deepEqual(agents, [{ language: 'es-ES', greeting: '¿En qué puedo ayudarle?', hours, model: 'scripted' }]);
  const lines = await house.db.tenant(own['organisation'] as Id, (tx) =>
    tx.rows<{ carrier: string }>(sql`select carrier from app.lines`),
  );
  assert.deepEqual(lines, [{ carrier: 'emulator' }]);
  const decided = await house.db.tenant(own['organisation'] as Id, async (tx) => ({
    keeping: (await keepingOf(tx, own['organisation'] as Id)).preset,
    agreed: [...(await agreedTo(tx, own['organisation'] as Id))].toSorted(),
  }));
  assert.deepEqual(decided, { keeping: 'short', agreed: ['appointments', 'messages'] });
  assert.deepEqual(await shown(), { open: false, needsCode: false });
  assert.equal((await begin({ body: filledIn('late@example.com') })).code, 'first-run-over');
});

test('a page whose name was made to resolve to this machine is asked for the code, and so is another program’s page', async (t) => {
  const { shown, begin } = await open(t);
  const foreign: Headers[] = [
    { host: 'evil.example:8080', origin: 'http://evil.example:8080' },
    { 'host': 'evil.example:8080', 'origin': 'http://evil.example:8080', 'sec-fetch-site': 'same-origin' },
    { host: '127.0.0.1.evil.example:8080' },
    { host: 'localhost.evil.example' },
    { ...laptop, origin: 'http://evil.example:8080' },
    { ...laptop, origin: 'http://127.0.0.1:3000' },
    { ...laptop, origin: 'null' },
    { host: '127.0.0.1:8080@evil.example' },
  ];
  for (const headers of foreign) {
    assert.equal((await shown({ headers }))['needsCode'], true, JSON.stringify(headers));
    const answer = await begin({ headers });
    assert.equal(answer.code, 'first-run-code-wrong', JSON.stringify(headers));
  }
  const crossing = await begin({ headers: { ...laptop, 'sec-fetch-site': 'cross-site' } });
  assert.equal(crossing.code, 'cross-site-refused');
  assert.deepEqual(await shown(), { open: true, needsCode: false }, 'nothing was made');
});

test('what a tunnel or a proxy hands on is not at the machine, and neither is another machine', async (t) => {
  const { begin } = await open(t);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    assert.equal((await begin({ headers: { ...page, [name]: '198.51.100.7' } })).code, 'first-run-code-wrong', name);
  for (const from of ['198.51.100.7', '10.0.0.3', '2001:db8::7'])
    assert.equal((await begin({ from })).code, 'first-run-code-wrong', from);
});

test('an installation with a public name or behind proxies wants the code from everybody', async (t) => {
  const named = { SOTTO_PUBLIC_URL: 'https://phone.example.com', SOTTO_PROXIES: '192.0.2.8' };
  const { ctx, shown, begin } = await open(t, named);
  assert.deepEqual(await shown(), { open: true, needsCode: true });
  assert.equal((await begin()).code, 'first-run-code-wrong');
  const code = firstRunCode(ctx);
  const made = await begin({ from: '198.51.100.7', body: { ...filledIn(), code: code.toLowerCase() } });
  assert.equal(made.status, 200, JSON.stringify(made.json));
  assert.match(made.cookie, /^__Host-sotto=/);
});

test('the code cannot be guessed: after some wrong ones the sender waits, also with the right one', async (t) => {
  const { ctx, begin } = await open(t);
  const from = '198.51.100.7';
  const wrong = (at: number) =>
    begin({ from, body: { ...filledIn(`g${at}@example.com`), code: `0000-0000-${1000 + at}` } });
  const codes = [];
  for (let at = 0; at < 31; at += 1) codes.push((await wrong(at)).code);
  assert.equal(codes.at(0), 'first-run-code-wrong');
  assert.equal(codes.at(-1), 'sign-in-paused');
  const right = await begin({ from, body: { ...filledIn(), code: firstRunCode(ctx) } });
  assert.equal(right.code, 'sign-in-paused');
  assert.equal((await begin()).status, 200, 'whoever sits at the machine is not in the way of it');
});

test('every mistake of the first run is told at once, and nothing is made', async (t) => {
  const { shown, begin } = await open(t);
  const body = {
    ...filledIn('nobody'),
    name: ' ',
    organisation: { name: 'Clínica', timeZone: 'Mars/Olympus', language: 'x', region: 'Spain' },
    hours: { ...hours, mon: [{ from: '17:00', to: '09:00' }] },
  };
  const { json } = await begin({ body });
  assert.deepEqual(
    (json['mistakes'] as readonly { at: string }[]).map(({ at }) => at),
    ['/email', '/name', '/organisation/timeZone', '/organisation/language', '/organisation/region', '/hours/mon/0'],
  );
  assert.equal((await shown())['open'], true);
});

test('what no secretary could say leaves the first run open, and no account without a business', async (t) => {
  const { shown, begin } = await open(t);
  for (const greeting of ['Hola\u0001', 'Hola \ud800']) {
    const { json } = await begin({ body: { ...filledIn(), greeting } });
    const mistakes = json['mistakes'] as readonly { at: string }[];
    assert.deepEqual([mistakes.map(({ at }) => at), (await shown())['open']], [['/greeting'], true]);
  }
  assert.equal((await begin()).status, 200);
});

test('a language that grows when it is written properly still gets a secretary', async (t) => {
  const { house, ask, begin } = await open(t);
  const organisation = { ...filledIn().organisation, language: 'sh-x-aaaaaaaa-bbbbbbbb-cccccccc-dd' };
  const made = await begin({ body: { ...filledIn(), organisation } });
  assert.equal(made.status, 200, JSON.stringify(made.json));
  const own = (await ask('GET', '/api/v1/session', { headers: { ...page, cookie: made.cookie } })).json;
  const agents = await house.db.tenant(own['organisation'] as Id, (tx) =>
    tx.rows(sql`select language from app.agents`),
  );
  assert.deepEqual(agents, [{ language: 'sr' }]);
});

test('where nobody may sign up there is no first run, and it says so', async (t) => {
  const { shown, begin } = await open(t, { SOTTO_SIGN_UP: 'closed' });
  assert.equal((await shown())['open'], false);
  assert.equal((await begin()).code, 'sign-up-closed');
});

test('the ways in are told as they are, before and after the first account', async (t) => {
  const { ask, begin } = await open(t);
  const methods = async () => (await ask('GET', '/api/v1/sign-in/methods')).json;
  const ways = {
    password: true,
    link: 'outbox',
    passkey: { possible: true, at: 'http://localhost:8080' },
    providers: [],
  };
  assert.deepEqual(await methods(), { ...ways, signUp: true, firstRun: true });
  await begin();
  assert.deepEqual(await methods(), { ...ways, signUp: false, firstRun: false });
  const other = await open(t, {
    SOTTO_PUBLIC_URL: 'https://192.0.2.7',
    SOTTO_PROXIES: '192.0.2.8',
    SOTTO_SIGN_UP: 'open',
    SOTTO_OIDC_ISSUER: 'https://id.example.com',
    SOTTO_OIDC_CLIENT_ID: 'sotto',
    SOTTO_OIDC_CLIENT_SECRET: 'a secret of that provider',
    SOTTO_OIDC_NAME: 'Office login',
  });
  const { passkey, providers, signUp } = (await other.ask('GET', '/api/v1/sign-in/methods')).json;
  assert.deepEqual([passkey, signUp], [{ possible: false, at: null }, true]);
  assert.deepEqual(providers, [{ id: 'oidc', name: 'Office login' }]);
});

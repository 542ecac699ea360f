import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Type } from 'typebox';
import { grantsOfRole, type Permission, type Role } from '#access';
import { problem } from '#base';
import { edge, holder } from '../../test/edge.ts';
import type { Admit } from './admit.ts';
import type { Identify } from './exchange.ts';
import { route, type May } from './route.ts';
import type { RouteRate } from './rates.ts';

const origin = 'https://phone.example.com';
const token = 't'.repeat(43);
const key = { authorization: 'Bearer good-key' };
const cookie = { cookie: `__Host-sotto=${token}` };
const json = { 'content-type': 'application/json' };
const own = { ...cookie, ...json, 'sec-fetch-site': 'same-origin' };

type Seen = { role?: Role; freshAt?: number; isChosen?: boolean };

/** A server on https whose only key is `good-key` and whose only session is that of a member with the given role. */
async function guarded(t: TestContext, may: May, given: { seen?: Seen; admit?: Admit; limit?: RouteRate } = {}) {
  const { role = 'owner', freshAt, isChosen = true } = given.seen ?? {};
  const identify: Identify = async (shown) => {
    if (shown.by === 'key') return shown.key === 'good-key' ? { who: holder, signedIn: undefined } : undefined;
    if (shown.token !== token) return undefined;
    const who = { organisation: holder.organisation, actor: 'person:p' as const, grants: grantsOfRole(role) };
    return { who: isChosen ? who : undefined, signedIn: { identity: 'i', session: 's', freshAt } };
  };
  const common = { say: 'Acts.', may, limit: given.limit ?? ('api' as const), audits: null } as const;
  const output = { 200: Type.Object({ ok: Type.Boolean() }) };
  const run = async () => ({ status: 200 as const, json: { ok: true } });
  const routes = [
    route({ ...common, method: 'GET', path: '/thing', output, run }),
    route({ ...common, method: 'POST', path: '/thing', body: Type.Object({}), output, run }),
    route({ ...common, method: 'DELETE', path: '/thing', output, run }),
  ];
  const options = { routes, identify, env: { SOTTO_PUBLIC_URL: origin }, ...(given.admit && { admit: given.admit }) };
  const { server, clock } = await edge(t, options);
  const ask = async (method: 'GET' | 'POST' | 'DELETE', headers: Record<string, string>, from?: string) => {
    const body = method === 'POST' ? { body: '{}' } : {};
    const answer = await server.inject({ method, url: '/thing', headers, ...body, ...(from && { from }) });
    const { code, detail } = answer.json() as { code?: string; detail?: string };
    return { status: answer.status, code, detail: detail ?? '', headers: answer.headers };
  };
  return { ask, clock };
}

const outcome = ({ status, code }: { status: number; code: string | undefined }) => [status, code];

test('a key and a session open what is theirs, and nothing opens without', async (t) => {
  const { ask } = await guarded(t, { scope: 'calls:read' });
  assert.equal((await ask('GET', key)).status, 200);
  assert.equal((await ask('GET', cookie)).status, 200);
  assert.deepEqual(outcome(await ask('GET', {})), [401, 'key-invalid']);
  assert.deepEqual(outcome(await ask('GET', { authorization: 'Bearer bad-key' })), [401, 'key-invalid']);
  assert.deepEqual(outcome(await ask('GET', { cookie: `__Host-sotto=${'x'.repeat(43)}` })), [401, 'sign-in-needed']);
  assert.deepEqual(outcome(await ask('GET', { cookie: `sotto=${token}` })), [401, 'key-invalid']);
});

test('what needs a person tells a key so, and nobody to sign in', async (t) => {
  const { ask } = await guarded(t, { session: 'any' });
  assert.equal((await ask('GET', cookie)).status, 200);
  assert.deepEqual(outcome(await ask('GET', key)), [403, 'session-needed']);
  const nobody = await ask('GET', {});
  assert.deepEqual(outcome(nobody), [401, 'sign-in-needed']);
  assert.equal(nobody.headers['www-authenticate'], 'Bearer realm="sotto"');
});

test('two credentials at once are refused, whatever they are', async (t) => {
  const { ask } = await guarded(t, { scope: 'calls:read' });
  for (const headers of [
    { ...key, ...cookie },
    { authorization: 'Basic eDp5', ...cookie },
    { cookie: `__Host-sotto=${token}; __Host-sotto=${token}` },
  ])
    assert.deepEqual(outcome(await ask('GET', headers)), [400, 'credentials-ambiguous']);
});

test('a session changes something only for our own pages, and only by JSON', async (t) => {
  const { ask } = await guarded(t, { scope: 'calls:read' });
  for (const headers of [own, { ...cookie, ...json, origin }])
    assert.equal((await ask('POST', headers)).status, 200, JSON.stringify(headers));
  assert.equal((await ask('DELETE', { ...cookie, 'sec-fetch-site': 'same-origin' })).status, 200);
  const foreign: Record<string, string>[] = [
    { ...cookie, ...json },
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'sec-fetch-site': 'same-site' },
    { ...own, 'sec-fetch-site': 'none' },
    { ...own, 'sec-fetch-site': 'cross-site', origin },
    { ...cookie, ...json, origin: 'https://evil.test' },
    { ...cookie, ...json, origin: 'null' },
    { ...cookie, ...json, origin: `${origin}.evil.test` },
    { ...cookie, ...json, origin: 'http://phone.example.com' },
    { ...own, 'content-type': 'text/plain' },
    { ...own, 'content-type': 'application/x-www-form-urlencoded' },
  ];
  for (const headers of foreign)
    assert.deepEqual(outcome(await ask('POST', headers)), [403, 'cross-site-refused'], JSON.stringify(headers));
  assert.deepEqual(outcome(await ask('DELETE', cookie)), [403, 'cross-site-refused']);
  assert.equal(
    (await ask('POST', { ...key, ...json, 'sec-fetch-site': 'cross-site' })).status,
    200,
    'a key is no session',
  );
  assert.equal((await ask('GET', { ...cookie, 'sec-fetch-site': 'cross-site' })).status, 200, 'a link leads here');
});

test('without a session, a browser on another site changes nothing either', async (t) => {
  const { ask } = await guarded(t, 'public', { limit: 'sign-in' });
  assert.equal((await ask('POST', json)).status, 200);
  assert.equal((await ask('POST', { ...json, 'sec-fetch-site': 'same-origin' })).status, 200);
  assert.deepEqual(outcome(await ask('POST', { ...json, 'sec-fetch-site': 'cross-site' })), [
    403,
    'cross-site-refused',
  ]);
});

test('a person whose role may not is told which roles may, and a key which scope it lacks', async (t) => {
  const { ask } = await guarded(t, { scope: 'keys:read' }, { seen: { role: 'viewer' } });
  const person = await ask('GET', cookie);
  assert.deepEqual(outcome(person), [403, 'role-lacks-permission']);
  assert.match(person.detail, /keys:read.*: owner, admin\.$/);
  const program = await ask('GET', key);
  assert.deepEqual(outcome(program), [403, 'key-lacks-scope']);
  assert.match(program.detail, /keys:read/);
});

test('who has not chosen an organisation is told so where it matters, and nowhere else', async (t) => {
  const seen = { isChosen: false };
  const within = await guarded(t, { scope: 'calls:read' }, { seen });
  assert.deepEqual(outcome(await within.ask('GET', cookie)), [403, 'organisation-needed']);
  const person = await guarded(t, { session: 'any' }, { seen });
  assert.equal((await person.ask('GET', cookie)).status, 200);
});

test('a second factor opens what wants a fresh one for ten minutes, to the millisecond', async (t) => {
  const now = Date.UTC(2026, 10, 20, 12);
  const fresh: May[] = [{ session: 'fresh' }, { scope: 'keys:write' satisfies Permission }];
  for (const may of fresh) {
    const { ask, clock } = await guarded(t, may, { seen: { freshAt: now } });
    clock.advance(600_000);
    assert.equal((await ask('GET', cookie)).status, 200);
    clock.advance(1);
    assert.deepEqual(outcome(await ask('GET', cookie)), [403, 'step-up-needed']);
    const never = await guarded(t, may, {});
    const refused = await never.ask('GET', cookie);
    assert.deepEqual(outcome(refused), [403, 'step-up-needed']);
    assert.match(refused.detail, /If you have none, add one: .*passkeys\/options.*totp/, 'says how to get one');
  }
  const any = await guarded(t, { session: 'any' }, {});
  assert.equal((await any.ask('GET', cookie)).status, 200);
});

/** Lets so many through and says whom it was asked about. */
function counting(most: number) {
  const asked: string[] = [];
  const admit: Admit = async (rate, of) => {
    asked.push(`${rate} ${of}`);
    return asked.length <= most ? { ok: true, left: most - asked.length } : { ok: false, retryAfterMs: 12_300 };
  };
  return { asked, admit };
}

test('the address is counted before anything is looked at, the asker once it is known', async (t) => {
  const { asked, admit } = counting(100);
  const { ask } = await guarded(t, { scope: 'calls:read' }, { admit });
  await ask('GET', { authorization: 'Bearer bad-key' }, '192.0.2.1');
  await ask('GET', key, '192.0.2.1');
  await ask('GET', cookie, '192.0.2.1');
  await ask('GET', key);
  assert.deepEqual(asked, [
    'sender 192.0.2.1',
    'sender 192.0.2.1',
    `api ${holder.actor}`,
    'sender 192.0.2.1',
    'api identity:i',
    `api ${holder.actor}`,
  ]);
  const open = counting(100);
  const page = await guarded(t, 'public', { admit: open.admit, limit: 'sign-in' });
  await page.ask('GET', {}, '192.0.2.1');
  assert.deepEqual(open.asked, ['sign-in 192.0.2.1']);
});

test('too many requests are told when to come back, and every answer how much is left', async (t) => {
  const { admit } = counting(2);
  const { ask } = await guarded(t, { scope: 'calls:read' }, { admit });
  const first = await ask('GET', key, '192.0.2.1');
  assert.deepEqual(
    [first.headers['ratelimit-policy'], first.headers['ratelimit']],
    ['"api";q=100;w=60', '"api";r=0'],
    'the one of the asker, which is the tighter',
  );
  const second = await ask('GET', key, '192.0.2.1');
  assert.deepEqual(outcome(second), [429, 'rate-limited']);
  assert.deepEqual(
    [second.headers['retry-after'], second.headers['ratelimit-policy'], second.headers['ratelimit']],
    ['13', '"sender";q=1200;w=60', '"sender";r=0;t=13'],
  );
  assert.match(second.detail, /1200 a minute from one address/);
});

test('while nobody can count, the API is closed', async (t) => {
  const admit: Admit = () => Promise.reject(problem('database-unavailable', 'Away.'));
  const { ask } = await guarded(t, { scope: 'calls:read' }, { admit });
  const answer = await ask('GET', key, '192.0.2.1');
  assert.deepEqual([...outcome(answer), answer.headers['retry-after']], [503, 'database-unavailable', '5']);
});

test('whether the process lives is told even then, and counted for nobody', async (t) => {
  const admit: Admit = () => Promise.reject(problem('database-unavailable', 'Away.'));
  const { ask } = await guarded(t, 'public', { admit, limit: 'health' });
  assert.equal((await ask('GET', {}, '192.0.2.1')).status, 200);
});

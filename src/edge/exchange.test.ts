import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Type } from 'typebox';
import { edge, hello, holder } from '../../test/edge.ts';
import { route } from './route.ts';

const authorization = { authorization: 'Bearer good-key' };
const json = { 'content-type': 'application/json' };

const thing = route({
  method: 'POST',
  path: '/things/:id',
  say: 'Takes a thing.',
  may: { scope: 'calls:read' },
  limit: 'api',
  audits: 'thing.taken',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  query: Type.Object({ limit: Type.Optional(Type.Integer({ maximum: 100 })), word: Type.Optional(Type.String()) }),
  body: Type.Object({ name: Type.String({ maxLength: 20 }), count: Type.Number(), tags: Type.Array(Type.String()) }),
  output: { 200: Type.Unknown() },
  run: async ({ params, query, body, who, url }) => ({
    status: 200,
    json: { params, query, body, key: who.actor, url },
  }),
});

test('a request reaches its handler with numbers read from path and query, and everything else as sent', async (t) => {
  const { server } = await edge(t, { routes: [thing], env: { SOTTO_PUBLIC_URL: 'https://phone.example.com' } });
  const answer = await server.inject({
    method: 'POST',
    url: '/things/7?limit=5&word=%31%20a',
    headers: { ...authorization, ...json, 'host': 'elsewhere.test', 'x-forwarded-host': 'elsewhere.test' },
    body: JSON.stringify({ name: 'x', count: 2.5, tags: ['a'] }),
  });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json(), {
    params: { id: 7 },
    query: { limit: 5, word: '1 a' },
    body: { name: 'x', count: 2.5, tags: ['a'] },
    key: holder.actor,
    url: 'https://phone.example.com/things/7?limit=5&word=%31%20a',
  });
});

test('where a number or a word may stand, a number is read as one and a word is the word', async (t) => {
  const either = route({
    method: 'GET',
    path: '/times',
    say: 'Takes days.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: null,
    query: Type.Object({ days: Type.Union([Type.Integer({ maximum: 9 }), Type.Literal('account')]) }),
    output: { 200: Type.Unknown() },
    run: async ({ query }) => ({ status: 200, json: query }),
  });
  const { server } = await edge(t, { routes: [either] });
  const ask = (days: string) => server.inject({ method: 'GET', url: `/times?days=${days}`, headers: authorization });
  assert.deepEqual((await ask('7')).json(), { days: 7 });
  assert.deepEqual((await ask('account')).json(), { days: 'account' });
  for (const days of ['10', '07', 'x']) assert.equal((await ask(days)).status, 400, days);
});

test('input that is not exactly as declared is refused with its places, and nothing is coerced or dropped', async (t) => {
  const { server } = await edge(t, { routes: [thing] });
  const good = { name: 'x', count: 1, tags: [] };
  const cases: [unknown, string][] = [
    [{ ...good, count: '1' }, '/count'],
    [{ ...good, count: null }, '/count'],
    [{ ...good, extra: 1 }, '/extra'],
    [{ ...good, tags: 'a' }, '/tags'],
    [{ ...good, name: 'x'.repeat(21) }, '/name'],
    [{ count: 1, tags: [] }, '/'],
    [[], '/'],
    [null, '/'],
  ];
  for (const [body, at] of cases) {
    const request = { method: 'POST', url: '/things/7', headers: { ...authorization, ...json } } as const;
    const answer = await server.inject({ ...request, body: JSON.stringify(body) });
    const told = answer.json() as { code: string; mistakes: { at: string }[] };
    assert.deepEqual(
      [answer.status, told.code, told.mistakes[0]?.at],
      [400, 'input-invalid', at],
      JSON.stringify(body),
    );
  }
  const proto = '{"name":"x","count":1,"tags":[],"__proto__":{"admin":true}}';
  const answer = await server.inject({
    method: 'POST',
    url: '/things/7',
    headers: { ...authorization, ...json },
    body: proto,
  });
  assert.equal(answer.status, 400);
});

test('a query that is unknown, doubled or no number is refused, and a path that names nothing is not found', async (t) => {
  const { server } = await edge(t, { routes: [thing, hello] });
  const body = JSON.stringify({ name: 'x', count: 1, tags: [] });
  const cases: [string, number][] = [
    ['/things/7?limt=5', 400],
    ['/things/7?limit=5&limit=6', 400],
    ['/things/7?limit=5x', 400],
    ['/things/7?limit=0x10', 400],
    ['/things/7?limit=', 400],
    ['/things/7?limit=101', 400],
    ['/things/x', 404],
    ['/things/0', 404],
    [`/things/${'9'.repeat(200)}`, 404],
    ['/things/%zz', 400],
    ['/hello/', 404],
    ['/HELLO', 404],
  ];
  for (const [url, status] of cases) {
    const answer = await server.inject({ method: 'POST', url, headers: { ...authorization, ...json }, body });
    assert.equal(answer.status, status, url);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/, url);
  }
  const strict = await edge(t, { routes: [{ ...hello, may: { scope: 'calls:read' } }] });
  assert.equal((await strict.server.inject({ method: 'GET', url: '/hello?x=1', headers: authorization })).status, 400);
});

test('a body must be JSON in type, encoding, form and depth, and no larger than allowed', async (t) => {
  const { server } = await edge(t, { routes: [thing, hello] });
  const cases: [string | Buffer, Record<string, string>, number, string][] = [
    ['{}', { 'content-type': 'text/plain' }, 415, 'content-type-refused'],
    ['{}', { 'content-type': 'application/json-patch+json' }, 415, 'content-type-refused'],
    ['{}', {}, 415, 'content-type-refused'],
    ['{}', { 'content-type': ';;' }, 415, 'content-type-refused'],
    ['{}', { 'content-type': 'application/' }, 415, 'content-type-refused'],
    ['{"a":', json, 400, 'body-malformed'],
    ['', json, 400, 'body-malformed'],
    [Buffer.from([0x22, 0xc3, 0x28, 0x22]), json, 400, 'body-malformed'],
    ['['.repeat(33) + ']'.repeat(33), json, 400, 'body-malformed'],
    ['['.repeat(100_000), json, 400, 'body-malformed'],
    ['{"name":"x","count":1,"tags":[],"name":"y"}', json, 400, 'body-malformed'],
    [String.raw`{"name":"x","count":1,"tags":[],"n\u0061me" : "y"}`, json, 400, 'body-malformed'],
    ['{"name":"name\\":","count":1,"tags":["name","name"]}', json, 200, ''],
    [`"${'['.repeat(40)}"`, json, 400, 'input-invalid'],
    [`"${'x'.repeat(262_143)}"`, json, 413, 'body-too-large'],
  ];
  for (const [body, headers, status, code] of cases) {
    const answer = await server.inject({
      method: 'POST',
      url: '/things/7',
      headers: { ...authorization, ...headers },
      body,
    });
    assert.deepEqual(
      [answer.status, (answer.json() as { code?: string }).code ?? ''],
      [status, code],
      String(body).slice(0, 50),
    );
  }
  const charset = { ...authorization, 'content-type': 'Application/JSON; charset=utf-8' };
  const body = JSON.stringify({ name: 'x', count: 1, tags: [] });
  assert.equal((await server.inject({ method: 'POST', url: '/things/7', headers: charset, body })).status, 200);
  assert.equal((await server.inject({ method: 'GET', url: '/hello', body: 'unasked' })).status, 400);
});

test('a name that nobody declared is told again only when it looks like the name of a field', async (t) => {
  const { server } = await edge(t, { routes: [thing] });
  const headers = { ...authorization, ...json };
  const places = ['nmae', 'ana@example.com', '<b>', 'a/b', 'x'.repeat(60)].map(async (name) => {
    const body = JSON.stringify({ name: 'x', count: 1, tags: [], [name]: 1 });
    const answer = await server.inject({ method: 'POST', url: '/things/7', headers, body });
    return (answer.json() as { mistakes: { at: string }[] }).mistakes.map(({ at }) => at);
  });
  assert.deepEqual(await Promise.all(places), [['/nmae'], ['/'], ['/'], ['/'], ['/']]);
});

test('a word that is not allowed is answered with those that are, and a text of another form with what is meant', async (t) => {
  const painted = route({
    method: 'POST',
    path: '/things/:id',
    say: 'Paints a thing.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: 'thing.painted',
    params: Type.Object({ id: Type.Integer() }),
    body: Type.Object({
      colour: Type.Enum(['red', 'green']),
      marks: Type.Array(Type.String({ pattern: '^[A-Z]$', description: 'one capital letter' })),
    }),
    output: { 200: Type.Null() },
    run: async () => ({ status: 200 as const, json: null }),
  });
  const { server } = await edge(t, { routes: [painted] });
  const body = JSON.stringify({ colour: 'octarine', marks: ['A', 'b'] });
  const answer = await server.inject({
    method: 'POST',
    url: '/things/7',
    headers: { ...authorization, ...json },
    body,
  });
  const { mistakes } = answer.json() as { mistakes: unknown };
  assert.deepEqual(mistakes, [
    { at: '/colour', fix: 'must be one of red, green' },
    { at: '/marks/1', fix: 'must be one capital letter' },
  ]);
});

test('without a valid key there is 401, without the scope 403, both before the body is looked at', async (t) => {
  const { server } = await edge(t, {
    routes: [thing, { ...thing, path: '/others/:id', may: { scope: 'keys:write' } }],
  });
  for (const header of [
    undefined,
    'Bearer wrong',
    'Basic good-key',
    'Bearer',
    'Bearer good-key extra',
    `Bearer ${'x'.repeat(600)}`,
  ]) {
    const headers = header === undefined ? {} : { authorization: header };
    const answer = await server.inject({ method: 'POST', url: '/things/7', headers, body: '{' });
    assert.deepEqual(
      [answer.status, (answer.json() as { code: string }).code],
      [401, 'key-invalid'],
      header ?? 'no header',
    );
    assert.equal(answer.headers['www-authenticate'], 'Bearer realm="sotto"');
  }
  const answer = await server.inject({ method: 'POST', url: '/others/7', headers: authorization, body: '{' });
  assert.deepEqual([answer.status, (answer.json() as { code: string }).code], [403, 'key-lacks-scope']);
});

test('a carrier gets its body through byte for byte, up to 64 KiB', async (t) => {
  const webhook = route({
    method: 'POST',
    path: '/carriers/:carrier/voice',
    say: 'A call.',
    may: 'carrier',
    limit: 'carrier',
    audits: 'call.answered',
    params: Type.Object({ carrier: Type.String() }),
    output: { 200: Type.String({ contentMediaType: 'text/xml' }) },
    run: async ({ rawBody, url }) => ({ status: 200, body: `${url} ${rawBody.toString('hex')}` }),
  });
  const { server } = await edge(t, { routes: [webhook] });
  const request = {
    method: 'POST',
    url: '/carriers/twilio/voice?a=1&a=%20',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as const;
  const answer = await server.inject({ ...request, body: Buffer.from([0xff, 0x00, 0x26, 0x0a]) });
  assert.equal(answer.body, 'http://127.0.0.1:0/carriers/twilio/voice?a=1&a=%20 ff00260a');
  assert.equal(answer.headers['content-type'], 'text/xml');
  assert.equal((await server.inject({ ...request, body: Buffer.alloc(65_536) })).status, 200);
  assert.equal((await server.inject({ ...request, body: Buffer.alloc(65_537) })).status, 413);
});

test('whatever JSON comes, the answer is 200 for what fits the schema and 400 for the rest, never a 500', async (t) => {
  const { server, lines } = await edge(t, { routes: [thing] });
  const fitting = fc.record({ name: fc.string({ maxLength: 30 }), count: fc.double(), tags: fc.array(fc.string()) });
  const near = fc.record(
    { name: fc.jsonValue(), count: fc.jsonValue(), ['__proto__']: fc.jsonValue() },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), fitting, near), async (value) => {
      const body = JSON.stringify(value);
      const headers = { ...authorization, ...json };
      const answer = await server.inject({ method: 'POST', url: '/things/7', headers, body });
      assert.ok([200, 400].includes(answer.status), `${answer.status} ${body}`);
      if (answer.status === 200) assert.deepEqual((answer.json() as { body: unknown }).body, JSON.parse(body));
    }),
    { numRuns: 500 },
  );
  assert.ok(!lines.some(([event]) => event === 'error.internal'));
});

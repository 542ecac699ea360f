import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { isProblem, outside, Personal, problem } from '#base';
import { edge, hello } from '../../test/edge.ts';
import { route } from './route.ts';

const thing = route({
  method: 'POST',
  path: '/things/:id',
  say: 'Takes a thing.',
  may: 'public',
  limit: 'public',
  audits: 'thing.taken',
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ word: Type.Optional(Type.String()) }),
  body: Type.Object({ name: Type.String() }),
  output: { 200: Type.Null() },
  run: async () => ({ status: 200, json: null }),
});

function breaking(error: unknown) {
  return route({
    method: 'GET',
    path: '/breaks',
    say: 'Breaks.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.Null() },
    run: async () => {
      throw error;
    },
  });
}

test('only declared fields leave, in every corner of the answer', async (t) => {
  const leaky = route({
    method: 'GET',
    path: '/leaky',
    say: 'Says too much.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: {
      200: Type.Object({
        items: Type.Array(Type.Object({ id: Type.String() })),
        next: Type.Union([Type.String(), Type.Null()]),
      }),
    },
    run: async () => {
      const rows = [{ id: 'a', secret: 'x' }];
      return { status: 200, json: { items: rows, next: null, total: 5 } };
    },
  });
  const { server } = await edge(t, { routes: [leaky] });
  assert.equal((await server.inject({ method: 'GET', url: '/leaky' })).body, '{"items":[{"id":"a"}],"next":null}');
});

test('an answer with an undeclared status, a missing field or an unrevealed person does not leave', async (t) => {
  const answers = [
    { status: 201, json: { name: 'x' } },
    { status: 200, json: {} },
    { status: 200, json: { name: new Personal('Ada') } },
  ];
  for (const answer of answers) {
    const declared = { ...hello, output: { 200: Type.Object({ name: Type.String() }) }, run: async () => answer };
    const { server, lines } = await edge(t, { routes: [declared] });
    const got = await server.inject({ method: 'GET', url: '/hello' });
    assert.equal(got.status, 500);
    assert.equal((got.json() as { code: string }).code, 'internal');
    assert.ok(lines.some(([event]) => event === 'error.internal'));
  }
});

test('an error of ours says nothing of itself outside and nothing of its text in the log', async (t) => {
  for (const error of [
    new Error('secret detail'),
    problem('isolation-broken', 'secret detail'),
    'secret detail',
    undefined,
  ]) {
    const { server, lines } = await edge(t, { routes: [breaking(error)] });
    const answer = await server.inject({ method: 'GET', url: '/breaks' });
    assert.equal(answer.status, 500);
    assert.equal((answer.json() as { code: string }).code, 'internal');
    assert.doesNotMatch(answer.body + JSON.stringify(lines), /secret detail/);
    assert.deepEqual(
      lines.map(([event]) => event),
      ['error.internal', 'request.answered'],
    );
  }
});

test('the failure of someone else, and a database that is away, say when to come back', async (t) => {
  const cases: [Error, number, string, string | undefined][] = [
    [outside('twilio', 'busy'), 503, 'vendor-busy', '10'],
    [outside('twilio', 'refused', { cause: new Error('their text') }), 502, 'vendor-failed', undefined],
    [outside('twilio', 'unreachable'), 502, 'vendor-failed', undefined],
    [problem('database-unavailable', 'PostgreSQL does not answer.'), 503, 'database-unavailable', '5'],
    [problem('disk-full', 'No room.'), 507, 'disk-full', '60'],
  ];
  for (const [error, status, code, after] of cases) {
    const { server } = await edge(t, { routes: [breaking(error)] });
    const answer = await server.inject({ method: 'GET', url: '/breaks' });
    assert.deepEqual(
      [answer.status, (answer.json() as { code: string }).code, answer.headers['retry-after']],
      [status, code, after],
    );
    assert.doesNotMatch(answer.body, /their text/);
  }
});

test('a problem document carries type, title, status, detail, code and the request it belongs to', async (t) => {
  const { server, lines } = await edge(t, { routes: [breaking(problem('slot-taken', 'Another caller was faster.'))] });
  const answer = await server.inject({ method: 'GET', url: '/breaks' });
  const told = answer.json() as Record<string, unknown>;
  assert.deepEqual(told, {
    type: 'http://127.0.0.1:0/problems/slot-taken',
    title: 'That time is taken',
    status: 409,
    detail: 'Another caller was faster.',
    code: 'slot-taken',
    instance: lines[0]?.[1]?.['request'],
  });
  assert.equal(answer.headers['content-type'], 'application/problem+json');
});

test('the log names the route and never the address that was asked for', async (t) => {
  const { server, lines } = await edge(t, { routes: [thing] });
  await server.inject({ method: 'POST', url: '/things/15005550006?word=Ada', body: '{}' });
  await server.inject({ method: 'GET', url: '/15005550006' });
  const answered = lines.filter(([event]) => event === 'request.answered').map(([, fields]) => fields);
  assert.deepEqual(
    answered.map((fields) => [fields?.['route'], fields?.['method'], fields?.['status'], fields?.['ms']]),
    [
      ['things/id', 'POST', 415, 0],
      ['none', 'GET', 404, 0],
    ],
  );
  assert.doesNotMatch(JSON.stringify(lines), /15005550006|Ada/);
});

test('every answer of every status carries the closed headers; a page may open its own', async (t) => {
  const page = route({
    method: 'GET',
    path: '/page',
    say: 'A page.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.String({ contentMediaType: 'text/html; charset=utf-8' }), 204: Type.Null() },
    run: async ({ headers }) =>
      headers['x-empty']
        ? { status: 204, json: null }
        : {
            status: 200,
            headers: { 'content-security-policy': "default-src 'self'", 'cache-control': 'max-age=60' },
            body: '<p>',
          },
  });
  const { server } = await edge(t, { routes: [page, hello, { ...breaking(new Error('x')) }] });
  for (const [method, url, status] of [
    ['GET', '/hello', 200],
    ['HEAD', '/hello', 200],
    ['GET', '/nothing', 404],
    ['DELETE', '/hello', 405],
    ['OPTIONS', '/hello', 405],
    ['GET', '/breaks', 500],
    ['GET', '/%zz', 400],
  ] as const) {
    // prettier-ignore
    const { status: got, headers } = await server.inject({ method, url });
    assert.equal(got, status, url);
    assert.deepEqual(
      [
        headers['cache-control'],
        headers['x-content-type-options'],
        headers['referrer-policy'],
        headers['x-frame-options'],
      ],
      ['no-store', 'nosniff', 'no-referrer', 'DENY'],
    );
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; .*frame-ancestors 'none'/);
  }
  const open = await server.inject({ method: 'GET', url: '/page' });
  assert.equal(open.headers['content-security-policy'], "default-src 'self'");
  assert.equal(open.headers['cache-control'], 'max-age=60');
  assert.equal(open.headers['x-frame-options'], 'DENY');
  assert.equal(open.headers['content-type'], 'text/html; charset=utf-8');
  const empty = await server.inject({ method: 'GET', url: '/page', headers: { 'x-empty': '1' } });
  assert.deepEqual([empty.status, empty.body], [204, '']);
});

test('a wrong method is told the right ones', async (t) => {
  const { server } = await edge(t, { routes: [thing, hello] });
  const answer = await server.inject({ method: 'PUT', url: '/things/7' });
  assert.deepEqual([answer.status, answer.headers['allow']], [405, 'POST']);
  assert.equal((await server.inject({ method: 'PATCH', url: '/hello' })).headers['allow'], 'GET, HEAD');
});

test('a route that is declared twice, or whose path and params disagree, does not start', async (t) => {
  await assert.rejects(edge(t, { routes: [hello, { ...hello }] }), /GET \/hello is declared twice/);
  assert.throws(() => route({ ...hello, path: '/hello/:id' }), /names \(id\)/);
});

test('a port that is taken and an address open to everyone are refused in words that help', async (t) => {
  const first = await edge(t);
  const { port } = await first.server.listen();
  const second = await edge(t, { env: { SOTTO_PORT: String(port) } });
  await assert.rejects(
    second.server.listen(),
    (error: unknown) => isProblem(error, 'port-taken') && /SOTTO_PORT/.test(error.message),
  );
  await assert.rejects(edge(t, { env: { SOTTO_HOST: '0.0.0.0' } }), (error: unknown) =>
    isProblem(error, 'openly-reachable'),
  );
});

import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { Type } from 'typebox';
import { route, type Answered } from '#edge';
import { edge } from '../../test/edge.ts';

const form = 'application/x-www-form-urlencoded';

const letter = route({
  method: 'POST',
  path: '/letter',
  say: 'Takes a letter.',
  may: 'public',
  limit: 'public',
  audits: null,
  form: true,
  body: Type.Object({ text: Type.String({ maxLength: 50 }), from: Type.Optional(Type.String()) }),
  output: { 200: Type.Object({ text: Type.String() }) },
  run: async ({ body }) => ({ status: 200, json: { text: body.text } }),
});

async function post(t: TestContext, body: string, headers: Record<string, string> = {}) {
  const { server } = await edge(t, { routes: [letter] });
  const answer = await server.inject({
    method: 'POST',
    url: '/letter',
    headers: { 'content-type': form, ...headers },
    body,
  });
  return { status: answer.status, json: JSON.parse(answer.body) as { text?: string; code?: string } };
}

test('a form of a page is read as its fields', async (t) => {
  const { status, json } = await post(t, 'text=a+b%20%C3%A9%0D%0A%26c&from=');
  assert.equal(status, 200);
  assert.equal(json.text, 'a b é\r\n&c');
});

test('a form that another site sends is refused', async (t) => {
  const { json } = await post(t, 'text=a', { 'sec-fetch-site': 'cross-site' });
  assert.equal(json.code, 'cross-site-refused');
});

for (const [say, body, code] of [
  ['a field that comes twice', 'text=a&text=b', 'body-malformed'],
  ['a field that nobody knows', 'text=a&more=b', 'input-invalid'],
  ['an inherited name', 'text=a&__proto__=b', 'input-invalid'],
  ['a field that is missing', 'from=a', 'input-invalid'],
  ['an escape that is none', 'text=%zz', 'body-malformed'],
  ['bytes that are no UTF-8', 'text=%ff%fe', 'body-malformed'],
  ['more than a form may have', `text=${'a'.repeat(70_000)}`, 'body-too-large'],
] as const) {
  test(`a form with ${say} is refused`, async (t) => {
    const { json } = await post(t, body);
    assert.equal(json.code, code);
  });
}

test('a route for forms takes no JSON', async (t) => {
  const { json } = await post(t, '{"text":"a"}', { 'content-type': 'application/json' });
  assert.equal(json.code, 'content-type-refused');
});

test('how long an answer took is told by its pattern, for requests that travelled alone', async (t) => {
  const told: Answered[] = [];
  const { server } = await edge(t, { routes: [letter], answered: (one) => void told.push(one) });
  const ask = { method: 'POST', url: '/letter', headers: { 'content-type': form }, body: 'text=a' } as const;
  await server.inject(ask);
  assert.deepEqual(told, []);
  await server.inject({ ...ask, from: '192.0.2.7' });
  assert.deepEqual(told, [{ path: '/letter', status: 200, ms: 0 }]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Type } from 'typebox';
import { openapi } from './openapi.ts';
import { route } from './route.ts';

const anId = '0198f000-0000-7000-8000-000000000001';

const list = route({
  method: 'GET',
  path: '/api/v1/calls',
  say: 'Lists calls.',
  may: { scope: 'calls:read' },
  limit: 'api',
  audits: 'read.calls',
  query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
  output: { 200: Type.Object({ items: Type.Array(Type.Object({ id: Type.String() })) }) },
  run: async () => ({ status: 200, json: { items: [] } }),
});
const change = route({
  method: 'PATCH',
  path: '/api/v1/calls/:id',
  say: 'Changes a call.',
  may: { scope: 'keys:write' },
  etag: () => '1',
  problems: ['slot-taken'],
  limit: 'api',
  audits: 'call.changed',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ note: Type.String() }),
  output: { 204: Type.Null() },
  run: async () => ({ status: 204, json: null }),
});
const make = route({
  method: 'POST',
  path: '/api/v1/sessions',
  say: 'Makes something of a person.',
  may: { session: 'fresh' },
  limit: 'api',
  audits: 'made',
  idempotent: true,
  body: Type.Object({ at: Type.String({ format: 'date-time' }), kind: Type.Union([Type.Literal('a'), Type.Null()]) }),
  output: { 200: Type.Object({ id: Type.String({ format: 'uuid' }), many: Type.Array(Type.Integer({ minimum: 3 })) }) },
  run: async () => ({ status: 200, json: { id: '', many: [] } }),
});
const page = route({
  method: 'GET',
  path: '/trust',
  say: 'Shows the trust page.',
  may: 'public',
  limit: 'public',
  audits: null,
  output: { 200: Type.String({ contentMediaType: 'text/html' }) },
  run: async () => ({ status: 200, body: '' }),
});
const webhook = route({
  method: 'POST',
  path: '/carriers/twilio/voice',
  say: 'Takes a call.',
  may: 'carrier',
  limit: 'carrier',
  audits: 'call.answered',
  output: { 200: Type.String() },
  run: async () => ({ status: 200, body: '' }),
});

type Content = Record<
  string,
  { schema: { $ref?: string }; example?: unknown; examples?: Record<string, { value: unknown }> }
>;
type Operation = {
  'operationId': string;
  'parameters': { name: string; in: string; required: boolean; schema: unknown }[];
  'requestBody'?: { content: Content };
  'responses': Record<string, { description: string; headers?: unknown; content?: Content }>;
  'security': unknown[];
  'x-scope'?: string;
  'x-audits'?: string;
  'x-step-up'?: boolean;
  'x-rate': { name: string; per: string; count: number; seconds: number }[];
};

const document = JSON.parse(
  JSON.stringify(
    openapi([list, change, make, page, webhook], {
      title: 'Sotto',
      version: '0.1.0',
      url: 'https://phone.example.com',
    }),
  ),
) as {
  openapi: string;
  servers: unknown;
  components: Record<string, Record<string, unknown>>;
  paths: Record<string, Record<string, Operation>>;
};

function operation(path: string, method: string): Operation {
  const found = document.paths[path]?.[method];
  assert.ok(found, `${method} ${path}`);
  return found;
}

/** What stands beside a status. */
function refusals({ responses }: Operation, status: string): string {
  return responses[status]?.description ?? '';
}

test('every route but the carriers’ is in the document, with its parameters, body and answers', () => {
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(document.servers, [{ url: 'https://phone.example.com' }]);
  assert.deepEqual(Object.keys(document.paths), ['/api/v1/calls', '/api/v1/calls/{id}', '/api/v1/sessions', '/trust']);
  const limit = {
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100 },
    example: 1,
  };
  assert.deepEqual(operation('/api/v1/calls', 'get').parameters, [limit]);
  const patch = operation('/api/v1/calls/{id}', 'patch');
  assert.deepEqual(patch.parameters, [
    { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' }, example: anId },
    { $ref: '#/components/parameters/IfMatch' },
  ]);
  assert.deepEqual(patch.requestBody?.content['application/json']?.schema, {
    type: 'object',
    required: ['note'],
    properties: { note: { type: 'string' } },
  });
  assert.equal(patch.responses['204']?.content, undefined);
  assert.ok(operation('/trust', 'get').responses['200']?.content?.['text/html']);
});

test('what needs a key or a person says so with its scope, its refusals and its limits; what is public demands nothing', () => {
  const get = operation('/api/v1/calls', 'get');
  assert.deepEqual(
    [get.security, get['x-scope'], get['x-audits'], get['x-step-up']],
    [[{ apiKey: [] }, { session: [] }], 'calls:read', 'read.calls', undefined],
  );
  assert.deepEqual(
    get['x-rate'].map(({ name, per, count, seconds }) => [name, per, count, seconds]),
    [
      ['sender', 'address', 1200, 60],
      ['api', 'asker', 100, 60],
    ],
  );
  assert.match(refusals(get, '401'), /key-invalid.*sign-in-needed|sign-in-needed.*key-invalid/);
  assert.match(refusals(get, '403'), /key-lacks-scope.*role-lacks-permission/);
  assert.doesNotMatch(refusals(get, '403'), /step-up-needed|cross-site-refused/);
  const patch = operation('/api/v1/calls/{id}', 'patch');
  assert.equal(patch['x-step-up'], true);
  assert.match(refusals(patch, '403'), /cross-site-refused.*step-up-needed/);
  for (const [status, code] of [
    ['409', 'slot-taken'],
    ['412', 'changed-meanwhile'],
    ['428', 'if-match-needed'],
    ['429', 'rate-limited'],
  ] as const)
    assert.match(refusals(patch, status), new RegExp(code));
  const post = operation('/api/v1/sessions', 'post');
  assert.deepEqual([post.security, post['x-step-up']], [[{ session: [] }], true]);
  assert.match(refusals(post, '403'), /session-needed/);
  assert.match(refusals(post, '422'), /idempotency-key-reused/);
  assert.deepEqual(post.parameters, [{ $ref: '#/components/parameters/IdempotencyKey' }]);
  const open = operation('/trust', 'get');
  assert.deepEqual([open.security, open.responses['401']], [[], undefined]);
});

test('each problem has an example, each shape one that fits it, and what is worth waiting for says so', () => {
  const post = operation('/api/v1/sessions', 'post');
  assert.deepEqual(post.requestBody?.content['application/json']?.example, {
    at: '2026-11-20T12:00:00.000Z',
    kind: 'a',
  });
  assert.deepEqual(post.responses['200']?.content?.['application/json']?.example, { id: anId, many: [3] });
  const limited = post.responses['429'];
  assert.deepEqual(limited?.content?.['application/problem+json']?.examples?.['rate-limited']?.value, {
    type: 'https://phone.example.com/problems/rate-limited',
    title: 'Too many requests',
    status: 429,
    detail: 'Too many requests.',
    code: 'rate-limited',
    instance: anId,
  });
  assert.deepEqual(limited?.headers, { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } });
});

test('operation ids are unique, every reference leads somewhere, every answer is described', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { responses } of operations) {
    for (const { description } of Object.values(responses)) assert.ok(description.length > 0);
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
  assert.ok(references.length > 20);
  for (const [, kind, name] of references) assert.ok(document.components[kind!]?.[name!], `${kind}/${name}`);
});

test('the document is one of OpenAPI 3.1, and the check can fail', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors));
  const broken = await new Validator().validate({ ...structuredClone(document), info: { title: 'x' } });
  assert.equal(broken.valid, false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { openapi } from './openapi.ts';
import { route } from './route.ts';

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
  may: { scope: 'calls:write' },
  limit: 'api',
  audits: 'call.changed',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ note: Type.String() }),
  output: { 204: Type.Null() },
  run: async () => ({ status: 204, json: null }),
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

type Operation = {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: { $ref?: string } }> }>;
  security: unknown[];
};

const document = JSON.parse(
  JSON.stringify(
    openapi([list, change, page, webhook], { title: 'Sotto', version: '0.1.0', url: 'https://phone.example.com' }),
  ),
) as {
  openapi: string;
  servers: unknown;
  components: { schemas: Record<string, unknown> };
  paths: Record<string, Record<string, Operation>>;
};

function operation(path: string, method: string): Operation {
  const found = document.paths[path]?.[method];
  assert.ok(found, `${method} ${path}`);
  return found;
}

test('every route but the carriers’ is in the document, with its parameters, body and answers', () => {
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(document.servers, [{ url: 'https://phone.example.com' }]);
  assert.deepEqual(Object.keys(document.paths), ['/api/v1/calls', '/api/v1/calls/{id}', '/trust']);
  const limit = { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } };
  assert.deepEqual(operation('/api/v1/calls', 'get').parameters, [limit]);
  const patch = operation('/api/v1/calls/{id}', 'patch');
  assert.deepEqual(patch.parameters, [
    { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
  ]);
  assert.deepEqual(patch.requestBody?.content['application/json']?.schema, {
    type: 'object',
    required: ['note'],
    properties: { note: { type: 'string' } },
  });
  assert.equal(patch.responses['204']?.content, undefined);
  assert.ok(operation('/trust', 'get').responses['200']?.content?.['text/html']);
});

test('what needs a key says so with its scope and its refusals; what is public demands nothing', () => {
  const get = operation('/api/v1/calls', 'get') as Operation & { 'x-scope': string; 'x-audits': string };
  assert.deepEqual([get.security, get['x-scope'], get['x-audits']], [[{ apiKey: [] }], 'calls:read', 'read.calls']);
  assert.match(get.responses['401']?.description ?? '', /key-invalid/);
  assert.match(get.responses['403']?.description ?? '', /key-lacks-scope/);
  const open = operation('/trust', 'get');
  assert.deepEqual([open.security, open.responses['401']], [[], undefined]);
});

test('operation ids are unique, every reference leads somewhere, every answer is described', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { responses } of operations) {
    for (const { description, content } of Object.values(responses)) {
      assert.ok(description.length > 0);
      const references = Object.values(content ?? {}).flatMap(({ schema }) => schema.$ref ?? []);
      for (const reference of references)
        assert.ok(document.components.schemas[reference.split('/').at(-1)!], reference);
    }
  }
});

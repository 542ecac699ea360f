import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { route } from '#edge';
import { apiTypes, typeOf } from './api-types.ts';

test('a request is told with all that it takes and answers', () => {
  const patch = route({
    method: 'PATCH',
    path: '/api/v1/things/:id',
    say: 'Changes it.',
    may: { scope: 'organisation:write' },
    limit: 'api',
    audits: null,
    params: Type.Object({ id: Type.String() }),
    query: Type.Object({ deep: Type.Optional(Type.Boolean()) }),
    body: Type.Object({ name: Type.String(), tags: Type.Optional(Type.Array(Type.Enum(['a', 'b']))) }),
    etag: () => '1',
    output: { 200: Type.Object({ id: Type.String() }), 204: Type.Null() },
    run: async () => ({ status: 204, json: null }),
  });
  const [line] = apiTypes([patch])
    .split('\n')
    .filter((one) => one.includes('things'));
  assert.equal(
    line?.trim(),
    "'PATCH /api/v1/things/{id}': { params: { id: string }; query?: { deep?: boolean | undefined }; " +
      'body: { readonly name: string; readonly tags?: readonly ("a" | "b")[] | undefined }; version: string; ' +
      'answer: { readonly id: string } | undefined };',
  );
});

test('a schema that nobody foresaw is unknown, never any', () => {
  assert.equal(typeOf({ type: 'tuple' }), 'unknown');
  assert.equal(typeOf({ anyOf: [{ type: 'string' }, { type: 'null' }] }), 'string | null');
  assert.equal(typeOf({ const: 'x' }), '"x"');
  assert.equal(typeOf({ ...Type.Record(Type.String(), Type.Number()) }), 'Readonly<Record<string, number>>');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parrot } from '../../test/parrot.ts';
import { world } from '../../test/world.ts';

type Operation = {
  readonly summary: string;
  readonly responses: Record<string, { content?: Record<string, { schema: object; example?: unknown }> }>;
};
type Document = { readonly paths: Record<string, Record<string, Operation>> };

test('the document of the whole API is one of OpenAPI 3.1, and every JSON answer has an example', async (t) => {
  const w = await world(t, { model: parrot });
  const { status, body } = await w.app.server.inject({ method: 'GET', url: '/api/openapi.json' });
  assert.equal(status, 200);
  const { valid, errors } = await new Validator().validate(JSON.parse(body) as Record<string, unknown>);
  assert.ok(valid, JSON.stringify(errors));
  const { paths } = JSON.parse(body) as Document;
  const json = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([code, { content }]) => {
        const shown = content?.['application/json'];
        return shown ? [{ where: `${method} ${path} ${code}`, shown }] : [];
      }),
    ),
  );
  assert.ok(json.length > 10);
  const bare = json.filter(({ shown }) => shown.example === undefined).map(({ where }) => where);
  assert.deepEqual(bare, [], 'give the schema `examples` where none can be guessed');
});

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { Type } from 'typebox';
import { problem } from '#base';
import { route, type Route } from '#edge';
import { fuzzMistakes } from './fuzz.ts';
import type { Stage } from './stage.ts';

const base = {
  method: 'POST',
  path: '/planted',
  say: 'A planted route.',
  may: 'public',
  limit: 'public',
  audits: null,
  output: { 200: Type.Object({}) },
} as const;

const body = Type.Object({ name: Type.String({ maxLength: 100 }), at: Type.Optional(Type.Integer()) });
const ok = { status: 200 as const, json: {} };

/** Faults, each in a handler or a declaration, and what is to be noticed. */
const faults: Readonly<Record<string, { readonly plant: Route; readonly declared?: Route; readonly noticed: RegExp }>> =
  {
    'a handler that breaks on a surrogate': {
      plant: route({
        ...base,
        body,
        run: async ({ body: { name } }) => {
          encodeURIComponent(name);
          return ok;
        },
      }),
      noticed: /: 500 internal/,
    },
    'a handler that breaks on a NUL, as PostgreSQL does': {
      plant: route({
        ...base,
        body,
        run: async ({ body: { name } }) => {
          if (name.includes(String.fromCharCode(0))) throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
          return ok;
        },
      }),
      noticed: /: 500 internal/,
    },
    'a refusal that repeats what came': {
      plant: route({
        ...base,
        body,
        run: async ({ body: { name } }) => {
          throw problem('not-found', `There is nobody called ${name}.`);
        },
      }),
      noticed: /it is told again/,
    },
    'a mistake without a word': {
      plant: route({
        ...base,
        body,
        run: async () => {
          throw problem('input-invalid', 'Something is wrong.', { mistakes: [{ at: '/name', fix: '' }] });
        },
      }),
      noticed: /a refusal that says nothing/,
    },
    'a route that takes more than it declares': {
      plant: route({ ...base, body: Type.Record(Type.String(), Type.Unknown()), run: async () => ok }),
      declared: route({ ...base, body, run: async () => ok }),
      noticed: /200 for what the schema forbids/,
    },
    'a query that is not looked at': {
      plant: route({ ...base, method: 'GET', run: async () => ok }),
      declared: route({
        ...base,
        method: 'GET',
        query: Type.Object({ limit: Type.Optional(Type.Integer({ maximum: 100 })) }),
        run: async () => ok,
      }),
      noticed: /200 for limit/,
    },
  };

/** Each planted fault is noticed, and a good route is not. */
export async function plantedFuzz(t: TestContext, stage: Stage): Promise<void> {
  const cases = {
    'POST /planted': { body: () => ({ name: 'Ana', at: 1 }), ok: 200 },
    'GET /planted': { ok: 200 },
  };
  for (const [say, { plant, declared = plant, noticed }] of Object.entries(faults)) {
    await t.test(say, async () => {
      const target = { server: await stage.serve([plant]), routes: [declared], cases };
      assert.match((await fuzzMistakes(stage, target)).join('\n'), noticed);
    });
  }
  await t.test('a handler that takes what its schema allows passes', async () => {
    const plain = route({ ...base, body, run: async () => ok });
    assert.deepEqual(await fuzzMistakes(stage, { server: await stage.serve([plain]), routes: [plain], cases }), []);
  });
  await t.test('a log that holds something of what came', async () => {
    const talking = {
      ...stage,
      world: { ...stage.world, logged: [{ event: 'error.internal', fields: { where: 'zqfuzz' } }] },
    };
    assert.deepEqual(await fuzzMistakes(talking as Stage, { server: await stage.serve([]), routes: [], cases }), [
      'the log holds something of what came',
    ]);
  });
}

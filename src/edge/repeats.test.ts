import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Type } from 'typebox';
import { problem } from '#base';
import { edge } from '../../test/edge.ts';
import type { Rendered } from './render.ts';
import type { Begun, Repeats } from './repeats.ts';
import { route } from './route.ts';

/** Remembers as the product does, in memory. */
function remembering(): Repeats {
  const known = new Map<string, { body: string; answer?: Rendered }>();
  return {
    async begin({ key, route: of, target, body }): Promise<Begun> {
      const name = `${of} ${key}`;
      const before = known.get(name);
      const said = `${target} ${body.toString()}`;
      if (before && before.body !== said) return { state: 'other' };
      if (before) return before.answer ? { state: 'answered', answer: before.answer } : { state: 'running' };
      known.set(name, { body: said });
      return {
        state: 'new',
        keep: async (answer) => void known.set(name, { body: said, answer }),
        forget: async () => void known.delete(name),
      };
    },
  };
}

/** A route that makes things; `act` decides what comes of it. */
async function maker(t: TestContext, act: (count: number) => Promise<number>) {
  let count = 0;
  const make = route({
    method: 'POST',
    path: '/things',
    say: 'Makes a thing.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: 'thing.made',
    idempotent: true,
    body: Type.Object({ a: Type.Number() }),
    output: { 201: Type.Object({ thing: Type.Number() }) },
    run: async () => ({ status: 201, headers: { 'x-thing': 'yes' }, json: { thing: await act((count += 1)) } }),
  });
  const { server } = await edge(t, { routes: [make], repeats: remembering() });
  const ask = async (key: string | undefined, body = '{"a":1}') => {
    const headers = {
      'authorization': 'Bearer good-key',
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const answer = await server.inject({ method: 'POST', url: '/things', headers, body });
    const { code } = answer.json() as { code?: string };
    return { status: answer.status, code, body: answer.body, headers: answer.headers };
  };
  return { ask, count: () => count };
}

test('a request that is repeated with its key acts once and gets the same bytes', async (t) => {
  const { ask, count } = await maker(t, async (at) => at);
  const first = await ask('"8e03978e-40d5-43dd-bc93-6894a57f9324"');
  const again = await ask('"8e03978e-40d5-43dd-bc93-6894a57f9324"');
  const bare = await ask('8e03978e-40d5-43dd-bc93-6894a57f9324');
  assert.deepEqual([first.status, first.body, first.headers['x-thing']], [201, '{"thing":1}', 'yes']);
  for (const one of [again, bare]) {
    assert.deepEqual([one.status, one.body, one.headers['x-thing']], [201, '{"thing":1}', 'yes']);
    assert.equal(one.headers['content-type'], first.headers['content-type']);
  }
  assert.equal(count(), 1);
  await ask(undefined);
  await ask('another-key');
  assert.equal(count(), 3, 'without a key, and with another one, it acts');
});

test('another body under the same key, a first request that still runs, and a key that is none are told apart', async (t) => {
  const going = Promise.withResolvers<number>();
  const { ask, count } = await maker(t, () => going.promise);
  const first = ask('key-12345');
  while (count() === 0) await new Promise((resolve) => setImmediate(resolve));
  const running = await ask('key-12345');
  assert.deepEqual(
    [running.status, running.code, running.headers['retry-after']],
    [409, 'idempotency-key-running', '1'],
  );
  going.resolve(1);
  assert.equal((await first).status, 201);
  const other = await ask('key-12345', '{"a":2}');
  assert.deepEqual([other.status, other.code], [422, 'idempotency-key-reused']);
  for (const key of ['', 'short', 'x'.repeat(129), 'key 12345', '"key-12345', 'kéy-12345'])
    assert.deepEqual((await ask(key)).code, 'input-invalid', key);
  assert.equal(count(), 1);
});

test('what was refused may be put right; what broke does not act again', async (t) => {
  const ends = [problem('slot-taken', 'Another was faster.'), new Error('broke half way')];
  const { ask, count } = await maker(t, async (at) => {
    const end = ends.shift();
    if (end) throw end;
    return at;
  });
  assert.equal((await ask('key-12345')).status, 409);
  assert.equal((await ask('key-12345', '{"a":2}')).status, 500);
  assert.equal((await ask('key-12345', '{"a":2}')).code, 'idempotency-key-running');
  assert.equal(count(), 2);
});

test('a body that is refused takes no key', async (t) => {
  const { ask } = await maker(t, async (at) => at);
  assert.equal((await ask('key-12345', '{"a":"x"}')).status, 400);
  assert.equal((await ask('key-12345', '{"a":1}')).status, 201);
});

test('a route that takes a key does not start where nothing remembers', async (t) => {
  const forgetting = route({
    method: 'POST',
    path: '/things',
    say: 'Makes a thing.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: 'thing.made',
    idempotent: true,
    output: { 200: Type.Null() },
    run: async () => ({ status: 200, json: null }),
  });
  const given = { routes: [forgetting], repeats: undefined };
  await assert.rejects(edge(t, given as never), /nothing remembers it/);
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Type } from 'typebox';
import { edge } from '../../test/edge.ts';
import { route } from './route.ts';

const shape = Type.Object({ name: Type.String(), version: Type.Integer() });
const etag = ({ version }: { version: number }) => String(version);

/** A thing that can be read and changed. */
async function shelf(t: TestContext) {
  let thing = { name: 'a', version: 1, secret: 'x' };
  const common = { path: '/thing', may: { scope: 'calls:read' }, limit: 'api', audits: null, etag } as const;
  const read = route({
    ...common,
    method: 'GET',
    say: 'Reads.',
    output: { 200: shape },
    run: async () => ({ status: 200, json: thing }),
  });
  const change = route({
    ...common,
    method: 'PUT',
    say: 'Changes.',
    body: Type.Object({ name: Type.String() }),
    output: { 200: shape },
    async run({ body, unchanged }) {
      unchanged(thing);
      thing = { ...thing, name: body.name, version: thing.version + 1 };
      return { status: 200, json: thing };
    },
  });
  const { server } = await edge(t, { routes: [read, change] });
  const auth = { authorization: 'Bearer good-key' };
  return {
    read: () => server.inject({ method: 'GET', url: '/thing', headers: auth }),
    async change(name: string, ifMatch?: string) {
      const headers = {
        ...auth,
        'content-type': 'application/json',
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      };
      const answer = await server.inject({ method: 'PUT', url: '/thing', headers, body: JSON.stringify({ name }) });
      return { status: answer.status, code: (answer.json() as { code?: string }).code, etag: answer.headers['etag'] };
    },
    name: () => thing.name,
  };
}

test('who changes says which version, and of two who read the same one, the second is told', async (t) => {
  const { read, change, name } = await shelf(t);
  const { headers } = await read();
  const seen = String(headers['etag']);
  assert.match(seen, /^"[\w-]{22}"$/);
  const first = await change('b', seen);
  assert.equal(first.status, 200);
  assert.notEqual(first.etag, seen);
  const second = await change('c', seen);
  assert.deepEqual([second.status, second.code, name()], [412, 'changed-meanwhile', 'b']);
  assert.equal((await read()).headers['etag'], first.etag);
  assert.equal((await change('d', String(first.etag))).status, 200);
});

test('who does not say is asked to, and a weak or unknown version is none', async (t) => {
  const { read, change, name } = await shelf(t);
  const seen = String((await read()).headers['etag']);
  assert.deepEqual([(await change('b')).status, (await change('b')).code], [428, 'if-match-needed']);
  for (const tag of [`W/${seen}`, '"x"', '', seen.slice(1, -1)])
    assert.equal((await change('b', tag)).code, 'changed-meanwhile', tag);
  assert.equal(name(), 'a');
  assert.equal((await change('b', `"x", ${seen}`)).status, 200);
  assert.equal((await change('c', '*')).status, 200);
});

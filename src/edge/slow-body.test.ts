import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { edge, holder, listening, parsed, speak } from '../../test/edge.ts';
import type { Identify } from './exchange.ts';
import { route } from './route.ts';

const body = '{"a":"b"}';
const head = `POST /take HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer any-key\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

test('whoever sends their body slowly gains no time: what ended meanwhile has ended when it is there', async (t) => {
  const second = Promise.withResolvers<void>();
  const state = { isAlive: true, asked: 0, acted: 0, counted: 0 };
  const identify: Identify = async () => {
    state.asked += 1;
    return state.isAlive ? { who: holder, signedIn: undefined } : undefined;
  };
  const take = route({
    method: 'POST',
    path: '/take',
    say: 'Takes JSON.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: null,
    body: Type.Object({ a: Type.String() }),
    output: { 200: Type.Object({ a: Type.String() }) },
    async run({ body: taken }) {
      state.acted += 1;
      return { status: 200 as const, json: taken };
    },
  });
  const admit = async (name: string) => {
    if (name === 'api') state.counted += 1;
    if (state.counted === 2) second.resolve();
    return { ok: true as const, left: 1 };
  };
  const { server, clock } = await edge(t, { routes: [take], identify, admit });
  const port = await listening(server);
  assert.equal(parsed(await (await speak(port, head + body)).answer).status, 200);
  assert.deepEqual(state, { isAlive: true, asked: 1, acted: 1, counted: 1 });
  const slow = await speak(port, head + body.slice(0, 4));
  await second.promise;
  state.isAlive = false;
  clock.advance(1_000);
  slow.socket.write(body.slice(4));
  const answer = parsed(await slow.answer);
  assert.deepEqual([answer.status, JSON.parse(answer.body).code], [401, 'key-invalid']);
  assert.deepEqual([state.acted, state.counted], [1, 2]);
});

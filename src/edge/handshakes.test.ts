import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { edge, listening, parsed, speak } from '../../test/edge.ts';
import type { Admit } from './admit.ts';
import { socket } from './socket.ts';

/** A socket path that lets everybody in; how often it was asked, and who was asked about before. */
async function door(t: TestContext, most = Infinity) {
  const asked: string[] = [];
  let opened = 0;
  const route = socket({
    path: '/door',
    async open() {
      opened += 1;
      return { opened: () => {}, text: async () => {}, closed: () => {} };
    },
  });
  const admit: Admit = async (rate, of) => {
    asked.push(`${rate} ${of}`);
    return asked.length <= most ? { ok: true, left: 1 } : { ok: false, retryAfterMs: 3_000 };
  };
  const { server } = await edge(t, { sockets: [route], admit });
  return { server, port: await listening(server), asked, opened: () => opened };
}

const handshake = (...headers: string[]) =>
  [
    'GET /door HTTP/1.1',
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    ...headers,
  ]
    .concat('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', '')
    .join('\r\n');

test('handshakes are counted for their address before anything is looked at, and too many are told when to come back', async (t) => {
  const { port, asked, opened, server } = await door(t, 1);
  const client = new WebSocket(`ws://127.0.0.1:${port}/door`);
  t.after(() => client.terminate());
  await once(client, 'open');
  const { status, headers, body } = parsed(await (await speak(port, handshake())).answer);
  assert.deepEqual([status, headers['retry-after']], [429, '3']);
  assert.equal((JSON.parse(body) as { code: string }).code, 'rate-limited');
  assert.deepEqual(asked, ['carrier 127.0.0.1', 'carrier 127.0.0.1']);
  assert.equal(opened(), 1);
  assert.equal(server.openSockets(), 1, 'the place of the refused one is free again');
});

test('a handshake that does not travel is counted for nobody', async (t) => {
  const { server, asked } = await door(t);
  const { status, visit } = await server.knock({ path: '/door' });
  assert.deepEqual([status, asked], [101, []]);
  visit?.leave();
});

test('a handshake that offers what cannot be read is refused as a problem with the closed headers', async (t) => {
  const { port, server } = await door(t);
  for (const header of ['Sec-WebSocket-Protocol: a b', 'Sec-WebSocket-Protocol: a, a', 'Sec-WebSocket-Protocol: ,']) {
    const { status, headers, body } = parsed(await (await speak(port, handshake(header))).answer);
    assert.deepEqual([status, headers['x-frame-options'], headers['cache-control']], [400, 'DENY', 'no-store'], header);
    assert.equal((JSON.parse(body) as { code: string }).code, 'request-malformed', header);
  }
  assert.equal(server.openSockets(), 0);
});

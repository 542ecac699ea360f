import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { Type } from 'typebox';
import { turnEnd } from '#base';
import { edge, listening, parsed, speak } from '../../test/edge.ts';
import { route } from './route.ts';

type Tale = { started: number; ended: number };

/** A route that streams `bytes` in pieces of 10,000, or fails after `failsAfter` of them. */
async function streaming(t: TestContext, bytes: number, failsAfter = Number.POSITIVE_INFINITY) {
  const tale: Tale = { started: 0, ended: 0 };
  async function* pieces(): AsyncGenerator<Buffer> {
    tale.started += 1;
    try {
      for (let at = 0; at < bytes; at += 10_000) {
        if (at >= failsAfter) throw new Error('the source is gone');
        yield Buffer.alloc(Math.min(10_000, bytes - at), at / 10_000);
      }
    } finally {
      tale.ended += 1;
    }
  }
  const tape = route({
    method: 'GET',
    path: '/tape',
    say: 'Streams.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 206: Type.String({ contentMediaType: 'audio/wav' }) },
    run: async () => ({ status: 206, headers: { 'accept-ranges': 'bytes' }, bytes, stream: pieces() }),
  });
  const { server } = await edge(t, { routes: [tape] });
  return { tale, port: await listening(server) };
}

const get = 'GET /tape HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';

test('a streamed answer arrives whole, with its length, its type and the closed headers', async (t) => {
  const { port, tale } = await streaming(t, 95_000);
  const response = await fetch(`http://127.0.0.1:${port}/tape`);
  const body = Buffer.from(await response.arrayBuffer());
  assert.equal(response.status, 206);
  assert.equal(response.headers.get('content-length'), '95000');
  assert.equal(response.headers.get('content-type'), 'audio/wav');
  assert.equal(response.headers.get('accept-ranges'), 'bytes');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual([body.length, body[0], body[94_999]], [95_000, 0, 9]);
  assert.deepEqual(tale, { started: 1, ended: 1 });
});

test('HEAD is answered with the length and starts nothing', async (t) => {
  const { port, tale } = await streaming(t, 95_000);
  const { answer } = await speak(port, get.replace('GET', 'HEAD'));
  const { status, headers, body } = parsed(await answer);
  assert.deepEqual([status, headers['content-length'], body], [206, '95000', '']);
  assert.deepEqual(tale, { started: 0, ended: 0 });
});

test('a source that fails on the way ends the connection short of the announced length', async (t) => {
  const { port, tale } = await streaming(t, 95_000, 30_000);
  const { answer } = await speak(port, get);
  const { status, headers, body } = parsed(await answer);
  assert.deepEqual([status, headers['content-length']], [206, '95000']);
  assert.ok(body.length < 95_000);
  assert.equal(tale.ended, 1);
});

test('a client that leaves stops the source', async (t) => {
  const { port, tale } = await streaming(t, 1_000_000_000);
  const { socket } = await speak(port, get);
  await once(socket, 'data');
  socket.destroy();
  while (tale.ended === 0) await turnEnd();
  assert.deepEqual(tale, { started: 1, ended: 1 });
});

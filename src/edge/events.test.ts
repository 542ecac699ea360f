import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { Type } from 'typebox';
import { turnEnd } from '#base';
import { edge, listening, parsed, speak } from '../../test/edge.ts';
import type { ServerEvent } from './events.ts';
import type { EdgeLimits } from './limits.ts';
import { openapi } from './openapi.ts';
import { route } from './route.ts';

type Source = {
  /** Gives the next event to whoever reads. */
  send(event: ServerEvent): void;
  /** Ends, or fails, what is open. */
  end(error?: Error): void;
  started: number;
  ended: number;
  asked: number;
};

/** A route whose events come from the test, one stream at a time. */
async function streaming(t: TestContext, limits: Partial<EdgeLimits> = {}) {
  const waiting: (ServerEvent | Error | 'end')[] = [];
  let wake: () => void = () => {};
  const put = (one: ServerEvent | Error | 'end') => {
    waiting.push(one);
    wake();
  };
  const source: Source = { send: put, end: (error) => put(error ?? 'end'), started: 0, ended: 0, asked: 0 };
  async function* events(over: AbortSignal): AsyncGenerator<ServerEvent> {
    source.started += 1;
    over.addEventListener('abort', () => wake());
    try {
      while (!over.aborted) {
        source.asked += 1;
        const next = waiting.shift();
        if (next === 'end') return;
        if (next instanceof Error) throw next;
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      source.ended += 1;
    }
  }
  const told = route({
    method: 'GET',
    path: '/told',
    say: 'Tells.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.String({ contentMediaType: 'text/event-stream' }) },
    run: async () => ({ status: 200, events }),
  });
  const opened = await edge(t, { routes: [told], limits });
  return { ...opened, source, told };
}

const get = 'GET /told HTTP/1.1\r\nhost: a\r\n\r\n';

/** What has come once `end` is in it. */
async function until(read: () => string, end: string): Promise<string> {
  while (!read().includes(end)) await turnEnd();
  return read();
}

async function listener(port: number, request = get) {
  const { socket, answer } = await speak(port, request);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { socket, answer, read: () => text, until: (end: string) => until(() => text, end) };
}

test('events leave as they happen, in the form that browsers read, with the closed headers', async (t) => {
  const { server, source } = await streaming(t);
  const one = await listener(await listening(server));
  source.send({ id: 'a1', retryMs: 2_000 });
  source.send({ event: 'changed', data: '{"kind":"call"}', id: 'a2' });
  const { status, headers } = parsed(await one.until('a2'));
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/event-stream');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-accel-buffering'], 'no');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['content-length'], undefined);
  const text = await one.until('data: {"kind":"call"}\n\n');
  assert.match(text, /id: a1\nretry: 2000\n\n/);
  assert.match(text, /event: changed\nid: a2\ndata: \{"kind":"call"\}\n\n/);
  source.send({ data: 'two\nlines' });
  await one.until('data: two\ndata: lines\n\n');
  one.socket.destroy();
});

test('a source that comes to its end ends the stream', async (t) => {
  const { server, source } = await streaming(t);
  const one = await listener(await listening(server));
  source.send({ data: 'last' });
  source.end();
  assert.match(await one.answer, /data: last\n\n\r\n0\r\n\r\n$/);
  assert.equal(source.ended, 1);
});

test('a source that fails ends the connection short, and the log says so', async (t) => {
  const { server, source, lines } = await streaming(t);
  const one = await listener(await listening(server));
  source.send({ data: 'first' });
  source.end(new Error('planted'));
  assert.doesNotMatch(await one.answer, /0\r\n\r\n$/);
  assert.ok(lines.some(([event]) => event === 'error.internal'));
});

test('a stream on which nothing happens says every 15 seconds that it lives', async (t) => {
  const { server, source, clock } = await streaming(t);
  const one = await listener(await listening(server));
  source.send({ data: 'first' });
  await one.until('first');
  assert.doesNotMatch(one.read(), /\n:\n/);
  clock.advance(15_000);
  await one.until(':\n\n');
  one.socket.destroy();
});

test('a client that leaves stops the source', async (t) => {
  const { server, source } = await streaming(t);
  const one = await listener(await listening(server));
  source.send({ data: 'first' });
  await once(one.socket, 'data');
  one.socket.destroy();
  while (source.ended === 0) await turnEnd();
  assert.deepEqual([source.started, source.ended], [1, 1]);
});

test('a reader that takes nothing is asked for nothing more, and is cut off', async (t) => {
  const { server, source, clock } = await streaming(t);
  const { socket } = await speak(await listening(server), get);
  socket.pause();
  const data = 'x'.repeat(1_000_000);
  // What the two ends of a connection hold is the system's business; this is more.
  for (let count = 0; count < 100; count += 1) source.send({ data });
  let before = -1;
  while (source.asked > before) {
    before = source.asked;
    for (let turn = 0; turn < 200; turn += 1) await turnEnd();
  }
  assert.ok(source.asked < 100, 'it piles up nowhere');
  clock.advance(29_000);
  for (let turn = 0; turn < 20; turn += 1) await turnEnd();
  assert.equal(source.ended, 0);
  clock.advance(2_000);
  while (source.ended === 0) await turnEnd();
  socket.destroy();
});

test('a closing server ends its streams and waits for none', async (t) => {
  const { server, source } = await streaming(t);
  const one = await listener(await listening(server));
  source.send({ data: 'first' });
  await one.until('first');
  await server.close();
  assert.match(await one.answer, /0\r\n\r\n$/);
  assert.equal(source.ended, 1);
});

test('one stream too many is refused as busy', async (t) => {
  const { server, source } = await streaming(t, { streams: 1 });
  const port = await listening(server);
  const one = await listener(port);
  source.send({ data: 'first' });
  await one.until('first');
  const other = await listener(port, get.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n'));
  const { status, body } = parsed(await other.answer);
  assert.deepEqual([status, JSON.parse(body).code], [503, 'busy']);
  one.socket.destroy();
});

test('HEAD is answered with the headers and opens nothing', async (t) => {
  const { server, source } = await streaming(t);
  const request = get.replace('GET', 'HEAD').replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n');
  const { status, headers, body } = parsed(await (await listener(await listening(server), request)).answer);
  assert.deepEqual([status, headers['content-type'], body], [200, 'text/event-stream', '']);
  assert.equal(source.started, 0);
});

test('an injected request gets what comes first, and leaves', async (t) => {
  const { server, source } = await streaming(t);
  source.send({ data: 'first' });
  const { status, body } = await server.inject({ method: 'GET', url: '/told' });
  assert.deepEqual([status, body], [200, 'data: first\n\n']);
  while (source.ended === 0) await turnEnd();
});

test('the API document names the stream by its media type', async (t) => {
  const { told } = await streaming(t);
  const document = openapi([told], { title: 'Sotto', version: '0', url: 'http://a' });
  assert.match(
    JSON.stringify(document),
    /"200":\{"description":"[^"]*","headers":[^]*"content":\{"text\/event-stream"/,
  );
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Type } from 'typebox';
import { pause, systemClock } from '#base';
import { edge, gathered, hello, listening, parsed, speak } from '../../test/edge.ts';
import { route } from './route.ts';

const ask = 'GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

const taker = route({
  method: 'POST',
  path: '/take',
  say: 'Takes JSON.',
  may: 'public',
  limit: 'public',
  audits: null,
  body: Type.Object({ a: Type.String() }),
  output: { 200: Type.Object({ a: Type.String() }) },
  run: async ({ body }) => ({ status: 200, json: body }),
});

const chunked = 'POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n';

test('chunk extensions and trailers mean nothing, and a flood of them is refused', async (t) => {
  const { server } = await edge(t, { routes: [hello, taker] });
  const port = await listening(server);
  const body = '{"a":"b"}';
  const size = body.length.toString(16);
  const plain = `${chunked}Connection: close\r\n\r\n${size};name="va;lue"\r\n${body}\r\n0;end\r\nX-Trailer: y\r\n\r\n`;
  const answer = parsed(await (await speak(port, plain)).answer);
  assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, { a: 'b' }]);
  const flood = `${chunked}\r\n${size};${'x'.repeat(40_000)}\r\n${body}\r\n0\r\n\r\n`;
  assert.ok([400, 413].includes(parsed(await (await speak(port, flood)).answer).status));
  const trailers = `${chunked}\r\n0\r\n${'X-Trailer: yyyyyyyyyyyyyyyyyyyy\r\n'.repeat(2_000)}\r\n`;
  assert.ok(parsed(await (await speak(port, trailers)).answer).status >= 400);
});

test('what stands behind a request that was refused is never taken for another', async (t) => {
  const { server } = await edge(t, { routes: [hello, taker], limits: { apiBytes: 100 } });
  const port = await listening(server);
  const inner = 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n';
  for (const head of [
    `POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${inner.length + 5}\r\n\r\n`,
    `POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length + 5}\r\n\r\n`,
    `POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n`,
    `GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length + 5}\r\n\r\n`,
  ]) {
    const answer = await (await speak(port, head + inner)).answer;
    assert.ok(parsed(answer).status >= 400, head);
    assert.doesNotMatch(answer, /"say":"hi"/, head);
    assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1, head);
  }
});

test('two requests that came at once are answered in order, each once', async (t) => {
  const { server } = await edge(t, { routes: [hello, taker] });
  const port = await listening(server);
  const body = '{"a":"first"}';
  const first = `POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await (await speak(port, first + ask)).answer;
  assert.match(answer, /\{"a":"first"\}[\s\S]*\{"say":"hi"\}$/);
  assert.equal(answer.match(/HTTP\/1\.1 200/g)?.length, 2);
});

test('the host that a request names decides nothing, whatever tricks it plays', async (t) => {
  const where = route({
    ...hello,
    path: '/where',
    output: { 200: Type.String() },
    run: async ({ url }) => ({ status: 200, body: url }),
  });
  const { server } = await edge(t, { routes: [where], env: { SOTTO_PUBLIC_URL: 'https://phone.example.com' } });
  const port = await listening(server);
  const hosts = [
    'evil.test',
    'evil.test:443',
    'phone.example.com@evil.test',
    'phone.example.com, evil.test',
    'evil.test/where?',
    '127.0.0.1',
    '',
    '[::1]',
    'phone.example.com\tevil.test',
  ];
  for (const host of hosts) {
    const forged =
      'X-Forwarded-Host: evil.test\r\nForwarded: host=evil.test\r\nX-Original-URL: /hello\r\nX-Rewrite-URL: /hello';
    const bytes = `GET /where HTTP/1.1\r\nHost: ${host}\r\n${forged}\r\nConnection: close\r\n\r\n`;
    const { status, headers, body } = parsed(await (await speak(port, bytes)).answer);
    assert.deepEqual([status, body], [200, 'https://phone.example.com/where'], host);
    assert.doesNotMatch(JSON.stringify(headers), /evil/, host);
  }
  for (const target of ['http://evil.test/where', 'HTTPS://u:p@evil.test:99/where', 'http://evil.test:x/where']) {
    const bytes = `GET ${target} HTTP/1.1\r\nHost: phone.example.com\r\nConnection: close\r\n\r\n`;
    const answer = await (await speak(port, bytes)).answer;
    assert.doesNotMatch(answer, /evil/, target);
    assert.ok([200, 400, 404].includes(parsed(answer).status), target);
  }
  for (const target of ['//evil.test/where', '/\\evil.test', 'evil.test:443', '*']) {
    const bytes = `GET ${target} HTTP/1.1\r\nHost: phone.example.com\r\nConnection: close\r\n\r\n`;
    const answer = await (await speak(port, bytes)).answer;
    assert.ok([400, 404].includes(parsed(answer).status), target);
    assert.doesNotMatch(answer, /evil/, target);
  }
});

test('one byte after the other buys no time', async (t) => {
  const { server } = await edge(t, { limits: { headersMs: 300, requestMs: 600, checkMs: 50 } });
  const port = await listening(server);
  const { socket, answer } = await speak(port, 'GET /hello HTTP/1.1\r\nHost: x\r\n');
  let isOver = false;
  socket.on('close', () => (isOver = true));
  for (let at = 0; !isOver; at += 1) {
    socket.write(at === 0 ? 'X-A: ' : 'a', () => {});
    await pause(systemClock, 20);
  }
  assert.equal(parsed(await answer).status, 408);
});

test('a client that does not read what it asked for is cut off, and the bytes for it are made no faster than it reads', async (t) => {
  const piece = Buffer.alloc(65_536);
  let made = 0;
  const ended = Promise.withResolvers<void>();
  const long = route({
    ...hello,
    path: '/long',
    output: { 200: Type.String({ contentMediaType: 'application/octet-stream' }) },
    run: async () => ({ status: 200, bytes: piece.length * 10_000, stream: pieces() }),
  });
  async function* pieces() {
    try {
      for (; made < 10_000; made += 1) yield piece;
    } finally {
      ended.resolve();
    }
  }
  const { server } = await edge(t, { routes: [long, hello], limits: { idleMs: 400, checkMs: 50 } });
  const port = await listening(server);
  const client = connect(port, '127.0.0.1');
  await once(client, 'connect');
  client.pause();
  client.write('GET /long HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.equal(parsed(await (await speak(port, ask)).answer).status, 200);
  await ended.promise;
  assert.ok(made < 1_000, `${made} pieces were made for nobody`);
  await gathered(client.resume());
});

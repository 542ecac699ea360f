import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Type } from 'typebox';
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
  output: { 200: Type.Null() },
  run: async () => ({ status: 200, json: null }),
});

test('bytes that are ambiguous or no HTTP are answered once, as a problem, and the connection ends', async (t) => {
  const { server } = await edge(t, { routes: [hello, taker] });
  const port = await listening(server);
  const smuggled = 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n';
  const cases = {
    'both lengths': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    'two lengths': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    'list of lengths': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 0, ${smuggled.length}\r\n\r\n${smuggled}`,
    'obscured chunking': `POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${smuggled}`,
    'space before colon': `POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    'bare line feeds': 'GET /hello HTTP/1.1\nHost: x\n\n',
    'same length twice': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde${smuggled}`,
    'negative length': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n${smuggled}`,
    'length with a plus': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: +${smuggled.length}\r\n\r\n${smuggled}`,
    'length in hexadecimal': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nabcde${smuggled}`,
    'length beyond numbers': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: ${'9'.repeat(30)}\r\n\r\n${smuggled}`,
    'both codings of length': `POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${smuggled}`,
    'chunked is not last': `POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
    'chunked twice': `POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${smuggled}`,
    'bare carriage return in a header': `GET /hello HTTP/1.1\r\nHost: x\r\nA: b\rContent-Length: 5\r\n\r\n${smuggled}`,
    'bare carriage return for a line': `GET /hello HTTP/1.1\rHost: x\r\r\n\r\n${smuggled}`,
    'tab before colon': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Length\t: 5\r\n\r\nabcde${smuggled}`,
    'header without a name': `GET /hello HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n${smuggled}`,
    'header before the first': `GET /hello HTTP/1.1\r\n Host: x\r\n\r\n${smuggled}`,
    'spaces in the target': `GET /hello /other HTTP/1.1\r\nHost: x\r\n\r\n${smuggled}`,
    'a version to come': `GET /hello HTTP/9.9\r\nHost: x\r\n\r\n${smuggled}`,
    'HTTP/2 without asking': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'negative chunk': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${smuggled}`,
    'chunk with a bare line feed': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n${smuggled}`,
    'chunk longer than it says': `POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n${smuggled}`,
    'folded header': 'GET /hello HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\nTransfer-Encoding:\r\n chunked\r\n\r\n',
    'null in header': 'GET /hello HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n',
    'bad chunk size':
      'POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'no HTTP at all': 'hello?\r\n\r\n',
    'TLS to a plain port': Buffer.from('16030100c5010000c10303', 'hex'),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    const answer = await (await speak(port, bytes)).answer;
    const { status, headers, body } = parsed(answer);
    assert.equal(status, 400, name);
    assert.equal(headers['content-type'], 'application/problem+json', name);
    assert.equal((JSON.parse(body) as { code: string }).code, 'request-malformed', name);
    assert.equal(headers['x-content-type-options'], 'nosniff', name);
    assert.equal(headers['cache-control'], 'no-store', name);
    assert.doesNotMatch(answer, /"say":"hi"/, `${name}: the smuggled request was not answered`);
  }
});

test('a request without a host or with two, or with an expectation nobody knows, is refused as a problem', async (t) => {
  const { server } = await edge(t);
  const port = await listening(server);
  for (const bytes of [
    'GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n',
    'GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n',
    'GET /hello HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nConnection: close\r\n\r\n',
  ]) {
    const { status, headers } = parsed(await (await speak(port, bytes)).answer);
    assert.deepEqual(
      [status, headers['content-type'], headers['x-frame-options']],
      [400, 'application/problem+json', 'DENY'],
    );
  }
});

test('a flood of headers is refused with 431', async (t) => {
  const { server } = await edge(t);
  const port = await listening(server);
  const flood = Array.from({ length: 3_000 }, (_, at) => `X-${at}: ${'y'.repeat(20)}\r\n`).join('');
  const { status, headers, body } = parsed(
    await (
      await speak(port, `GET /hello HTTP/1.1\r\nHost: x\r\n${flood}\r\n`)
    ).answer,
  );
  assert.equal(status, 431);
  assert.equal(headers['content-type'], 'application/problem+json');
  assert.equal((JSON.parse(body) as { code: string }).code, 'headers-too-large');
});

test('headers or a body that trickle in are cut off, and others are served meanwhile', async (t) => {
  const { server } = await edge(t, { routes: [hello, taker], limits: { headersMs: 150, requestMs: 300, checkMs: 50 } });
  const port = await listening(server);
  const slowHead = await speak(port, 'GET /hello HTTP/1.1\r\nHost: x\r\n');
  const slowBody = await speak(
    port,
    'POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  assert.equal(parsed(await (await speak(port, ask)).answer).status, 200);
  const head = parsed(await slowHead.answer);
  assert.deepEqual([head.status, (JSON.parse(head.body) as { code: string }).code], [408, 'request-too-slow']);
  // The body was being read when time ran out; whichever of both sides speaks, the connection is over.
  const body = parsed(await slowBody.answer);
  assert.ok(body.status === 408 || body.status === 400, String(body.status));
});

test('a thousand connections that say nothing do not keep anyone else from being served, and are cut off', async (t) => {
  const { server } = await edge(t, { limits: { headersMs: 800, checkMs: 100 } });
  const port = await listening(server);
  const idle = Array.from({ length: 1_000 }, () => connect(port, '127.0.0.1'));
  const ends = idle.map((socket) => gathered(socket));
  await Promise.all(idle.map((socket) => once(socket, 'connect')));
  assert.equal(parsed(await (await speak(port, ask)).answer).status, 200);
  await Promise.all(ends);
});

test('a body that is announced too large is refused without being read, and one that grows too large as well', async (t) => {
  const { server } = await edge(t, { routes: [taker], limits: { apiBytes: 1_000 } });
  const port = await listening(server);
  const head = 'POST /take HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const announced = parsed(await (await speak(port, `${head}Content-Length: 1000000000\r\n\r\n`)).answer);
  const chunk = `3e8\r\n${'x'.repeat(1_000)}\r\n`;
  const growing = parsed(await (await speak(port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`)).answer);
  for (const { status, headers } of [announced, growing])
    assert.deepEqual([status, headers['connection']], [413, 'close']);
});

test('a whole URL as request target is understood, and its origin counts for nothing', async (t) => {
  const where = route({
    ...hello,
    path: '/where',
    output: { 200: Type.String() },
    run: async ({ url }) => ({ status: 200, body: url }),
  });
  const { server } = await edge(t, { routes: [where], env: { SOTTO_PUBLIC_URL: 'https://phone.example.com' } });
  const port = await listening(server);
  const bytes = 'GET http://evil.test/where?a=1 HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n';
  const { status, body } = parsed(await (await speak(port, bytes)).answer);
  assert.deepEqual([status, body], [200, 'https://phone.example.com/where?a=1']);
});

test('close lets a request finish, refuses new ones and then has closed every connection', async (t) => {
  let release: (() => void) | undefined;
  const entered = new Promise<void>((enter) => {
    release = enter;
  });
  let finish: () => void = () => {};
  const slow = route({
    ...hello,
    path: '/slow',
    output: { 200: Type.String() },
    run: async () => {
      release?.();
      await new Promise<void>((resolve) => (finish = resolve));
      return { status: 200, body: 'finished' };
    },
  });
  const { server } = await edge(t, { routes: [slow] });
  const port = await listening(server);
  const inside = await speak(port, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  await entered;
  const closing = server.close();
  const late = connect(port, '127.0.0.1');
  await once(late, 'error');
  finish();
  await closing;
  const { status, headers, body } = parsed(await inside.answer);
  assert.deepEqual([status, headers['connection'], body], [200, 'close', 'finished']);
});

test('a request that was on its way when closing began is told so, as a problem', async (t) => {
  const { server } = await edge(t);
  const port = await listening(server);
  const half = await speak(port, 'GET /hello HTTP/1.1\r\n');
  // Whoever is answered after it was heard after it.
  await (
    await speak(port, ask)
  ).answer;
  const closing = server.close();
  half.socket.write('Host: x\r\n\r\n');
  const { status, headers, body } = parsed(await half.answer);
  await closing;
  assert.deepEqual([status, headers['retry-after'], headers['connection']], [503, '5', 'close']);
  assert.equal((JSON.parse(body) as { code: string }).code, 'not-running');
});

test('a request that does not finish is cut off when closing has taken long enough', async (t) => {
  const entered = Promise.withResolvers<void>();
  const stuck = route({
    ...hello,
    path: '/stuck',
    output: { 200: Type.String() },
    run: () => {
      entered.resolve();
      return new Promise<never>(() => {});
    },
  });
  const { server, clock } = await edge(t, { routes: [stuck] });
  const port = await listening(server);
  const inside = await speak(port, 'GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n');
  await entered.promise;
  const closing = server.close();
  clock.advance(10_000);
  await closing;
  assert.equal(await inside.answer, '');
});

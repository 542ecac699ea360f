import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { acceptPeer, problem, systemClock, type Peer } from '#base';
import { edge, gathered, listening, parsed, speak } from '../../test/edge.ts';
import { hearing } from '../../test/hearing.ts';
import { temporaryFolder } from '../../test/keys.ts';
import { selfSigned } from '../../test/self-signed.ts';
import { edgeLimits } from './limits.ts';
import { socket } from './socket.ts';

const asked =
  'GET /away HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

type Take = (stream: Socket, key: string) => void;

/** A server that gives every connection to `handOver`, once `decided` says so. */
async function away(t: TestContext, handOver: Take, decided: Promise<void> = Promise.resolve()) {
  const asking = Promise.withResolvers<void>();
  const route = socket({
    path: '/away',
    async open() {
      asking.resolve();
      await decided;
      return { handOver };
    },
  });
  const given = await edge(t, { sockets: [route], env: { SOTTO_MAX_SOCKETS: '1' } });
  const port = await listening(given.server);
  return { ...given, route, port, asking: asking.promise, url: `ws://127.0.0.1:${port}/away` };
}

/** Takes in this process what is handed over. */
function taker(t: TestContext) {
  const streams: Socket[] = [];
  const ear = hearing();
  const peers: Peer[] = [];
  t.after(() => peers.forEach((peer) => peer.cut()));
  const take: Take = (stream, key) => {
    streams.push(stream);
    peers.push(acceptPeer(stream, { key, onError: assert.ifError }, ear, { clock: systemClock }));
  };
  return { streams, ear, peers, take };
}

async function opened(t: TestContext, url: string): Promise<WebSocket> {
  const client = new WebSocket(url);
  t.after(() => client.terminate());
  await once(client, 'open');
  return client;
}

async function echoed(client: WebSocket, words: string): Promise<string> {
  const answer = once(client, 'message') as Promise<[Buffer]>;
  client.send(words);
  return (await answer)[0].toString();
}

test('a connection is handed over unanswered and unread, with no ear or timer of the server left on it', async (t) => {
  const taken = Promise.withResolvers<[Socket, string]>();
  const { port } = await away(t, (...all) => taken.resolve(all));
  const { answer } = await speak(port, asked);
  const [stream, key] = await taken.promise;
  assert.equal(key, 'dGhlIHNhbXBsZSBub25jZQ==');
  for (const event of ['data', 'readable', 'error', 'close', 'timeout', 'drain']) {
    assert.equal(stream.listenerCount(event), 0, event);
  }
  assert.deepEqual([stream.timeout, stream.readableFlowing, stream.bytesWritten], [undefined, false, 0]);
  stream.end('the taker alone answers');
  assert.equal(await answer, 'the taker alone answers');
});

test('who was handed over no longer counts as a socket of the server, and outlives it', async (t) => {
  const { take, ear, peers } = taker(t);
  const { url, server, lines } = await away(t, take);
  const [first, second] = [await opened(t, url), await opened(t, url)];
  assert.equal(server.openSockets(), 0);
  // The clock stands: nothing is cut off, so the server is not waiting for anybody.
  await server.close();
  for (const [at, client] of [first, second].entries()) {
    client.send(`to ${at}`);
    assert.equal(await ear.next(), `to ${at}`);
    const answer = once(client, 'message') as Promise<[Buffer]>;
    peers[at]!.send('still here');
    assert.equal((await answer)[0].toString(), 'still here');
  }
  assert.deepEqual(
    lines.map(([event]) => event),
    ['socket.handed-over', 'socket.handed-over'],
  );
});

test('a client that speaks before it is answered is refused, however its bytes arrive', async (t) => {
  const decided = Promise.withResolvers<void>();
  const { port, asking } = await away(t, () => assert.fail('handed over'), decided.promise);
  const { socket: client, answer } = await speak(port, asked);
  await asking;
  client.write('early');
  const { port: otherPort } = await away(t, () => assert.fail('handed over'));
  const atOnce = await speak(otherPort, `${asked}early`);
  assert.equal(parsed(await atOnce.answer).status, 400);
  // What came at once was read after what came first had been sent.
  decided.resolve();
  const { status, body } = parsed(await answer);
  assert.deepEqual([status, (JSON.parse(body) as { code: string }).code], [400, 'request-malformed']);
});

test('what the taker throws is the answer, and the place is free again', async (t) => {
  const errors = [problem('not-running', 'Nobody takes sockets now.'), new Error('secret detail')];
  const { port, server, lines } = await away(t, () => {
    throw errors.shift()!;
  });
  for (const [status, code] of [
    [503, 'not-running'],
    [500, 'internal'],
  ]) {
    const answer = parsed(await (await speak(port, asked)).answer);
    assert.deepEqual([answer.status, (JSON.parse(answer.body) as { code: string }).code], [status, code]);
    assert.equal(server.openSockets(), 0);
  }
  assert.doesNotMatch(JSON.stringify(lines), /secret detail/);
});

test('a client that left while it was decided about, or a server that closes, hands nothing over', async (t) => {
  const decided = Promise.withResolvers<void>();
  const { port, server, asking, clock } = await away(t, () => assert.fail('handed over'), decided.promise);
  const { socket: client } = await speak(port, asked);
  await asking;
  const gone = gathered(client);
  clock.advance(edgeLimits.handshakeMs);
  await gone;
  decided.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(server.openSockets(), 0);

  const late = Promise.withResolvers<void>();
  const other = await away(t, () => assert.fail('handed over'), late.promise);
  const { answer } = await speak(other.port, asked);
  await other.asking;
  const closing = other.server.close();
  late.resolve();
  assert.equal(parsed(await answer).status, 503);
  await closing;
});

/** A desk that hands every socket to a line of its own, in processes of their own. */
async function deskAndLine(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const program = fileURLToPath(import.meta.resolve('../../test/children/socket-desk.ts'));
  const desk: ChildProcess = fork(program, {
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  // The line inherits this pipe: it ends when both have ended.
  const bothEnded = once(desk.stdout!.resume(), 'end');
  const [{ port, linePid }] = (await once(desk, 'message')) as [{ port: number; linePid: number }];
  t.after(() => {
    desk.kill('SIGKILL');
    try {
      process.kill(linePid, 'SIGKILL');
    } catch {
      // It has ended by itself, as it should.
    }
  });
  return { desk, bothEnded, url: `ws://127.0.0.1:${port}/echo`, port };
}

test('another process answers the handshake and speaks, for many at once', async (t) => {
  const { url } = await deskAndLine(t);
  const clients = await Promise.all(Array.from({ length: 50 }, () => opened(t, url)));
  const answers = await Promise.all(clients.map((client, at) => echoed(client, `message ${at}`)));
  assert.deepEqual(
    answers,
    clients.map((_client, at) => `message ${at}`),
  );
});

test('the process that handed a socket over may close its server or be killed: the socket lives on', async (t) => {
  const { desk, url, port, bothEnded } = await deskAndLine(t);
  const client = await opened(t, url);
  assert.equal(await echoed(client, 'before'), 'before');
  desk.send('close');
  await once(desk, 'message');
  assert.equal(await echoed(client, 'server closed'), 'server closed');
  const killed = once(desk, 'exit');
  desk.kill('SIGKILL');
  await killed;
  const refused = connectTcp(port, '127.0.0.1');
  await assert.rejects(once(refused, 'connect'), { code: 'ECONNREFUSED' });
  assert.equal(await echoed(client, 'desk killed'), 'desk killed');
  const closed = once(client, 'close') as Promise<[number]>;
  client.close(1000);
  assert.equal((await closed)[0], 1000);
  await bothEnded;
});

test('another process speaks over TLS through the one that has the keys, for many at once', async (t) => {
  const folder = await temporaryFolder(t);
  const pair = selfSigned('localhost');
  const env = { SOTTO_TLS_CERT: join(folder, 'cert.pem'), SOTTO_TLS_KEY: join(folder, 'key.pem') };
  await writeFile(env.SOTTO_TLS_CERT, pair.cert);
  await writeFile(env.SOTTO_TLS_KEY, pair.key);
  const { port } = await deskAndLine(t, env);
  const clients = Array.from({ length: 50 }, () => new WebSocket(`wss://localhost:${port}/echo`, { ca: pair.cert }));
  t.after(() => clients.forEach((client) => client.terminate()));
  await Promise.all(clients.map((client) => once(client, 'open')));
  const answers = await Promise.all(clients.map((client, at) => echoed(client, `message ${at}`)));
  assert.deepEqual(
    answers,
    clients.map((_client, at) => `message ${at}`),
  );
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { manualClock, turnEnd } from '../clock.ts';
import type { Peer } from '../peer.ts';
import { hearing, type Hearing } from '../../../test/hearing.ts';
import { acceptPeer, type Acceptance } from './accept-peer.ts';

type Given = { options?: Partial<Acceptance>; ear?: Hearing };

/** A server that accepts every handshake, one clock for all, and everything it made. */
async function accepting(t: TestContext, { options = {}, ear = hearing() }: Given = {}) {
  const clock = manualClock(0);
  const errors: unknown[] = [];
  const peers: Peer[] = [];
  const server = createServer();
  server.on('upgrade', (request: IncomingMessage, stream: Socket, head: Buffer) => {
    const key = request.headers['sec-websocket-key'] ?? '';
    const offered = request.headers['sec-websocket-protocol'];
    const onError = (error: unknown) => void errors.push(error);
    peers.push(acceptPeer(stream, { key, offered, head, onError, ...options }, ear, { clock }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const peer of peers) peer.cut();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const open = async (protocols: string[] = []) => {
    const client = new WebSocket(`ws://127.0.0.1:${port}/`, protocols);
    t.after(() => client.terminate());
    await once(client, 'open');
    return { client, peer: peers.at(-1)! };
  };
  return { clock, errors, ear, port, open, peers };
}

async function codeOf(client: WebSocket): Promise<[number, string]> {
  const [code, why] = (await once(client, 'close')) as [number, Buffer];
  return [code, why.toString()];
}

/** A TCP connection that has shaken hands by itself, for what no library would send. */
async function bare(t: TestContext, port: number, behind: Buffer = Buffer.alloc(0)) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  t.after(() => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(socket, 'end');
  const asked =
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
  socket.write(Buffer.concat([Buffer.from(asked), behind]));
  while (!Buffer.concat(chunks).includes('\r\n\r\n')) await once(socket, 'data');
  const all = () => {
    const bytes = Buffer.concat(chunks);
    const end = bytes.indexOf('\r\n\r\n') + 4;
    return { head: bytes.subarray(0, end).toString(), behind: bytes.subarray(end) };
  };
  return { socket, all, ended };
}

/** A short masked frame whose mask is zero. */
function frame(first: number, payload: string | Buffer): Buffer {
  return Buffer.concat([Buffer.of(first, 0x80 | payload.length, 0, 0, 0, 0), Buffer.from(payload)]);
}

test('the answer to a handshake says what it was given to say', async (t) => {
  const { port } = await accepting(t, { options: { headers: { 'x-frame-options': 'DENY', 'a': 'b' } } });
  const client = new WebSocket(`ws://127.0.0.1:${port}/`);
  t.after(() => client.terminate());
  const [{ headers }] = (await once(client, 'upgrade')) as [IncomingMessage];
  assert.deepEqual([headers['x-frame-options'], headers['a'], headers.upgrade], ['DENY', 'b', 'websocket']);
});

test('texts of any length and script go both ways, in order', async (t) => {
  const { open, ear } = await accepting(t);
  const { client, peer } = await open();
  const plain = [125, 126, 127, 65_535, 65_536].map((length) => 'x'.repeat(length));
  const texts = ['', 'a', 'é'.repeat(62), 'ü'.repeat(63), '電話'.repeat(20_000), '{"event":"media"}', ...plain];
  const heard: string[] = [];
  const all = new Promise<void>((resolve) => {
    client.on('message', (data: Buffer, isBinary) => {
      assert.equal(isBinary, false);
      if (heard.push(data.toString()) === texts.length) resolve();
    });
  });
  for (const text of texts) {
    client.send(text);
    assert.equal(await ear.next(), text);
    peer.send(text);
  }
  await all;
  assert.deepEqual(heard, texts);
});

test('several messages that are sent at once arrive as themselves, in order', async (t) => {
  const { open } = await accepting(t);
  const { client, peer } = await open();
  const heard: string[] = [];
  const done = new Promise<void>((resolve) => {
    client.on('message', (data: Buffer) => {
      heard.push(data.toString());
      if (heard.at(-1) === 'last') resolve();
    });
  });
  const texts = ['a', '', 'ü'.repeat(200), 'z'.repeat(70_000)];
  peer.sendAll([]);
  peer.sendAll(texts);
  peer.sendAll(['alone']);
  peer.send('last');
  await done;
  assert.deepEqual(heard, [...texts, 'alone', 'last']);
});

test('the handshake is answered as RFC 6455 §1.3 shows, and a message behind it is not lost', async (t) => {
  const { port, ear } = await accepting(t);
  const { all } = await bare(t, port, frame(0x81, 'early'));
  assert.match(all().head, /^HTTP\/1\.1 101 .*\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/s);
  assert.equal(await ear.next(), 'early');
});

test('a client that offers subprotocols gets the first, and no extension', async (t) => {
  const { open } = await accepting(t);
  const { client } = await open(['audio.example', 'other']);
  assert.equal(client.protocol, 'audio.example');
  assert.equal(client.extensions, '');
  assert.equal((await open()).client.protocol, '');
});

test('fragments of a message are put together, and a ping between them is answered', async (t) => {
  const { open, ear } = await accepting(t);
  const { client } = await open();
  const ponged = once(client, 'pong');
  client.send('hel', { fin: false });
  client.ping('now');
  client.send('lo', { fin: true });
  assert.equal(await ear.next(), 'hello');
  const [payload] = (await ponged) as [Buffer];
  assert.equal(payload.toString(), 'now');
});

test('a goodbye of the client is answered with its own code, and that code is told', async (t) => {
  for (const [code, told] of [
    [1000, 1000],
    [4321, 4321],
    [undefined, 1005],
  ] as const) {
    const { open, ear } = await accepting(t);
    const { client } = await open();
    const closed = codeOf(client);
    client.close(code);
    assert.deepEqual([(await closed)[0], await ear.end], [told, told]);
  }
});

test('our goodbye reaches the client with code and reason, and its answer is told', async (t) => {
  const { open, ear } = await accepting(t);
  const { client, peer } = await open();
  const closed = codeOf(client);
  client.send('too late');
  peer.close(1001, 'shutting-down');
  peer.send('never sent');
  peer.close(1000);
  assert.deepEqual(await closed, [1001, 'shutting-down']);
  assert.equal(await ear.end, 1001);
  assert.deepEqual([ear.texts, ear.codes], [[], [1001]]);
});

test('a client that does not answer our goodbye is cut after two seconds', async (t) => {
  const { open, ear, clock } = await accepting(t);
  const { client, peer } = await open();
  client.pause();
  peer.close(1000);
  clock.advance(1_999);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(ear.codes, []);
  clock.advance(1);
  assert.equal(await ear.end, 1006);
});

test('a client that says goodbye and stays is cut after two seconds, and its code is told', async (t) => {
  const { port, ear, clock } = await accepting(t);
  const { socket, all, ended } = await bare(t, port);
  socket.write(frame(0x88, Buffer.of(0x03, 0xe8)));
  await ended;
  assert.deepEqual(all().behind, Buffer.of(0x88, 0x02, 0x03, 0xe8));
  assert.deepEqual(ear.codes, []);
  clock.advance(2_000);
  assert.equal(await ear.end, 1000);
});

test('a connection that ends without a goodbye is told as 1006', async (t) => {
  for (const leave of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
    const { port, ear } = await accepting(t);
    const { socket } = await bare(t, port);
    leave(socket);
    assert.equal(await ear.end, 1006);
  }
});

test('a client that has left before it is accepted is told as 1006 all the same', async (t) => {
  for (const leave of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
    const server = createServer();
    const asked = Promise.withResolvers<Socket>();
    server.on('upgrade', (_request, stream: Socket) => asked.resolve(stream));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    t.after(() => client.destroy());
    client.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const stream = await asked.promise;
    stream.on('error', () => {});
    leave(client);
    while (!isEnded(stream)) await turnEnd();
    const ear = hearing();
    acceptPeer(stream, { key: 'k', onError: assert.ifError }, ear, { clock: manualClock(0) });
    assert.equal(await ear.end, 1006);
  }
});

/** The server has read the end, although nobody was told of it. */
function isEnded(stream: Socket): boolean {
  return stream.destroyed || (stream as unknown as { _readableState: { ended: boolean } })._readableState.ended;
}

test('cut ends the connection at once, and nothing that was on its way is handed on', async (t) => {
  const ear = hearing({ text: () => opened.peers[0]?.cut() });
  const opened = await accepting(t, { ear });
  const { socket } = await bare(t, opened.port);
  socket.write(Buffer.concat([frame(0x81, 'one'), frame(0x81, 'two')]));
  assert.equal(await ear.end, 1006);
  assert.deepEqual(ear.texts, ['one']);
});

test('who breaks the protocol is told the code, and nothing after it counts', async (t) => {
  const close = (...bytes: number[]) => frame(0x88, Buffer.from(bytes));
  const cases: [string, Buffer, number][] = [
    ['an unmasked frame', Buffer.of(0x81, 0x01, 0x61), 1002],
    ['a reserved bit', frame(0xc1, 'a'), 1002],
    ['binary', frame(0x82, 'a'), 1003],
    ['text that is not UTF-8', frame(0x81, Buffer.of(0xff)), 1007],
    ['a message that is too long', Buffer.of(0x81, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0), 1009],
    ['a close frame of one byte', close(3), 1002],
    ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((code): [string, Buffer, number] => [
      `close code ${code}`,
      close(code >> 8, code & 255),
      1002,
    ]),
    ['a reason that is not UTF-8', close(0x03, 0xe8, 0xff), 1007],
  ];
  for (const [what, bytes, code] of cases) {
    const { port, ear } = await accepting(t);
    const { socket, all, ended } = await bare(t, port);
    socket.write(Buffer.concat([bytes, frame(0x81, 'after'), frame(0x89, 'after')]));
    await ended;
    assert.deepEqual(all().behind, Buffer.of(0x88, 0x02, code >> 8, code & 255), what);
    socket.end();
    assert.equal(await ear.end, code, what);
    assert.deepEqual([ear.texts, ear.codes], [[], [code]], what);
  }
});

test('a listener that throws ends its own socket with 1011 and harms nothing else', async (t) => {
  const ear = hearing({
    text(message) {
      if (message.toString() === 'trip') throw new Error('tripped');
    },
  });
  const { open, errors } = await accepting(t, { ear });
  const [tripped, other] = [await open(), await open()];
  const closed = codeOf(tripped.client);
  tripped.client.send('trip');
  tripped.client.send('after');
  assert.deepEqual(await closed, [1011, 'internal']);
  assert.equal(await ear.end, 1011);
  other.client.send('hello');
  assert.equal(await ear.next(), 'hello');
  assert.deepEqual(errors.map(String), ['Error: tripped']);
});

test('a listener that throws at the end is told of as well', async (t) => {
  const ear = hearing({
    closed() {
      throw new Error('tripped at the end');
    },
  });
  const { open, errors } = await accepting(t, { ear });
  const { client } = await open();
  client.close(1000);
  await ear.end;
  assert.deepEqual(errors.map(String), ['Error: tripped at the end']);
});

test('a silent client is pinged and then cut, one that answers stays', async (t) => {
  const { open, ear, clock } = await accepting(t, { options: { pingMs: 10_000 } });
  const alive = await open();
  const pings: unknown[] = [];
  alive.client.on('ping', () => pings.push(0));
  for (let round = 1; round <= 3; round += 1) {
    const pinged = once(alive.client, 'ping');
    clock.advance(10_000);
    await pinged;
    // The message proves that the pong before it has arrived.
    alive.client.send('here');
    await ear.next();
    clock.advance(10_000);
  }
  assert.equal(pings.length, 3, 'who was heard is not asked');
  assert.deepEqual(ear.codes, []);
  alive.client.pause();
  clock.advance(10_000);
  assert.deepEqual(ear.codes, []);
  clock.advance(10_000);
  assert.equal(await ear.end, 1006);
});

test('a client that does not read is given up before it costs much memory, whether it waits or pings', async (t) => {
  const waiting = await accepting(t);
  const { client, peer } = await waiting.open();
  client.pause();
  const piece = 'x'.repeat(256 * 1024);
  let most = 0;
  // More than the kernel's buffers on both sides and ours take.
  for (let sent = 0; sent < 400; sent += 1) {
    peer.send(piece);
    most = Math.max(most, peer.backlog());
  }
  assert.ok(most > 0 && most < 5 * 1024 * 1024, `${most} bytes waited`);
  assert.equal(await waiting.ear.end, 1006);

  const flooded = await accepting(t);
  const { socket } = await bare(t, flooded.port);
  socket.pause();
  const flood = Buffer.concat(Array.from({ length: 10_000 }, () => frame(0x89, 'x'.repeat(100))));
  for (let sent = 0; sent < 20; sent += 1) {
    if (!socket.write(flood)) await once(socket, 'drain');
  }
  socket.write(frame(0x81, 'done'));
  assert.equal(await flooded.ear.next(), 'done');
  assert.ok(flooded.peers[0]!.backlog() < 80 * 1024);
});

test('backlog says what the other side has not taken, and nothing when it has', async (t) => {
  const { open } = await accepting(t);
  const { client, peer } = await open();
  client.pause();
  while (peer.backlog() === 0) peer.send('x'.repeat(256 * 1024));
  assert.ok(peer.backlog() > 0);
  client.resume();
  while (peer.backlog() > 0) await turnEnd();
});

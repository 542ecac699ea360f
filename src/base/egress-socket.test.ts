import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type LookupFunction, type Server } from 'node:net';
import { test, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { manualClock } from './clock.ts';
import { readConfig } from './config.ts';
import { openHttp, type EgressOptions } from './egress.ts';
import type { Opening } from './http.ts';
import { isProblem, Outside, type OutsideKind, type ProblemCode } from './problems.ts';
import type { Processor } from './processor.ts';
import { seededRandom } from './random.ts';
import { hearing } from '../../test/hearing.ts';
import { selfSigned } from '../../test/self-signed.ts';

function vendor(...hosts: string[]): Processor {
  return { name: 'Some Vendor', purpose: 'tests', data: [], region: 'here', hosts };
}

function open(t: TestContext, options: Partial<Omit<EgressOptions, 'config'>> & { env?: Record<string, string> } = {}) {
  const { env = {}, ...rest } = options;
  const clock = manualClock(0);
  const http = openHttp({ config: readConfig(env), log: () => {}, clock, random: seededRandom(t.name), ...rest });
  t.after(() => http.close());
  return { http, clock };
}

async function listening(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A `ws` server, as strict as that library is with its clients. */
async function vendorServer(t: TestContext, options: ServerOptions = {}) {
  const server = createServer();
  const sockets = new WebSocketServer({ server, ...options });
  const port = await listening(t, server);
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  const arrival = once(sockets, 'connection') as Promise<[WebSocket, { headers: Record<string, string> }]>;
  return { port, arrival };
}

/** A server that answers every connection with these bytes, or says nothing. */
async function answering(t: TestContext, bytes?: string): Promise<number> {
  const server = createTcpServer((socket) => {
    t.after(() => socket.destroy());
    socket.on('error', () => {});
    socket.once('data', () => bytes !== undefined && socket.end(bytes));
  });
  return listening(t, server);
}

function code(expected: ProblemCode) {
  return (error: unknown) => isProblem(error, expected);
}

function failed(kind: OutsideKind, status?: number) {
  return (error: unknown) =>
    error instanceof Outside &&
    error.vendor === 'some-vendor' &&
    error.kind === kind &&
    (status === undefined || (error.cause as { status?: number }).status === status);
}

const granted = { extraHosts: ['127.0.0.1'] };

test('a WebSocket is opened with its headers, and texts go both ways', async (t) => {
  const { port, arrival } = await vendorServer(t);
  const { http } = open(t, granted);
  const ear = hearing();
  const opening: Opening = {
    url: `ws://127.0.0.1:${port}/v1/realtime?model=a%20b`,
    headers: { 'Authorization': 'Bearer k', 'Host': 'elsewhere', 'Sec-WebSocket-Key': 'mine' },
  };
  const peer = await http.connect(vendor(), opening, ear);
  const [socket, request] = await arrival;
  assert.equal((request as unknown as { url: string }).url, '/v1/realtime?model=a%20b');
  assert.equal(request.headers['authorization'], 'Bearer k');
  assert.equal(request.headers['host'], `127.0.0.1:${port}`);
  for (const text of ['', 'a', 'é'.repeat(63), '電話'.repeat(30_000)]) {
    peer.send(text);
    const [data] = (await once(socket, 'message')) as [Buffer];
    assert.equal(data.toString(), text);
    socket.send(text);
    assert.equal(await ear.next(), text);
  }
  assert.equal(peer.backlog(), 0);
});

test('a vendor that speaks at once is heard only when the caller has its peer', async (t) => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.send('session.created'));
  const port = await listening(t, server);
  const { http } = open(t, granted);
  const order: string[] = [];
  const ear = hearing({ text: () => void order.push('text') });
  const peer = await http.connect(vendor(), { url: `ws://127.0.0.1:${port}` }, ear);
  order.push('peer');
  assert.equal(await ear.next(), 'session.created');
  assert.deepEqual(order, ['peer', 'text']);
  peer.close(1000);
  assert.equal(await ear.end, 1000);
});

test('goodbyes go both ways, and a vendor that falls silent is cut', async (t) => {
  const { http, clock } = open(t, granted);
  const theirs = await vendorServer(t);
  const ear = hearing();
  await http.connect(vendor(), { url: `ws://127.0.0.1:${theirs.port}` }, ear);
  (await theirs.arrival)[0].close(4001, 'expired');
  assert.equal(await ear.end, 4001);

  const ours = await vendorServer(t);
  const other = hearing();
  const peer = await http.connect(vendor(), { url: `ws://127.0.0.1:${ours.port}` }, other);
  const closed = once((await ours.arrival)[0], 'close') as Promise<[number, Buffer]>;
  peer.close(1000, 'done');
  assert.deepEqual((await closed).map(String), ['1000', 'done']);
  assert.equal(await other.end, 1000);

  const silent = await vendorServer(t);
  const third = hearing();
  await http.connect(vendor(), { url: `ws://127.0.0.1:${silent.port}`, pingMs: 5_000 }, third);
  (await silent.arrival)[0].pause();
  clock.advance(5_000);
  assert.deepEqual(third.codes, []);
  clock.advance(5_000);
  assert.equal(await third.end, 1006);
});

test('a message beyond the limit, or a frame that no server may send, ends the socket', async (t) => {
  const { http } = open(t, granted);
  const { port, arrival } = await vendorServer(t);
  const ear = hearing();
  await http.connect(vendor(), { url: `ws://127.0.0.1:${port}`, mostBytes: 1_000 }, ear);
  const [socket] = await arrival;
  const told = once(socket, 'close') as Promise<[number]>;
  socket.send('a'.repeat(1_001));
  assert.equal(await ear.end, 1009);
  assert.equal((await told)[0], 1009);

  const masking = await vendorServer(t);
  const other = hearing();
  await http.connect(vendor(), { url: `ws://127.0.0.1:${masking.port}` }, other);
  (await masking.arrival)[0].send('a', { mask: true });
  assert.equal(await other.end, 1002);
});

test('every frame has a mask of its own', async (t) => {
  const chunks: Buffer[] = [];
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (_socket, request) => request.socket.on('data', (chunk: Buffer) => chunks.push(chunk)));
  const heard = new Promise<void>((resolve) => {
    sockets.on('connection', (socket) => socket.on('message', (data: Buffer) => data.length === 0 && resolve()));
  });
  const port = await listening(t, server);
  const { http } = open(t, granted);
  const peer = await http.connect(vendor(), { url: `ws://127.0.0.1:${port}` }, hearing());
  for (let sent = 0; sent < 2_000; sent += 1) peer.send('zero');
  peer.send('');
  await heard;
  const bytes = Buffer.concat(chunks);
  const masks = Array.from({ length: 2_000 }, (_, at) => bytes.readUInt32LE(at * 10 + 2));
  assert.equal(new Set(masks).size, 2_000);
  peer.cut();
});

test('wss is spoken with hosts whose certificate is for their name, with no others, and sessions are taken up again', async (t) => {
  const trusted = selfSigned('model.internal');
  const before = getCACertificates();
  setDefaultCACertificates([...before, trusted.cert]);
  t.after(() => setDefaultCACertificates(before));
  const server = createTlsServer(trusted);
  const sockets = new WebSocketServer({ server });
  const reused: boolean[] = [];
  const protocols: unknown[] = [];
  sockets.on('connection', (socket, request) => {
    const stream = request.socket as TLSSocket;
    reused.push(stream.isSessionReused());
    protocols.push([stream.getProtocol(), stream.servername]);
    socket.send('sealed');
    socket.on('message', (data: Buffer) => socket.send(data.toString()));
  });
  const port = await listening(t, server);
  const lookup: LookupFunction = (_name, options, done) => {
    if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  };
  const { http } = open(t, { extraHosts: ['model.internal', 'other.internal'], lookup });
  for (let round = 0; round < 3; round += 1) {
    const ear = hearing();
    const peer = await http.connect(vendor(), { url: `wss://model.internal:${port}/` }, ear);
    assert.equal(await ear.next(), 'sealed');
    for (const text of ['a', '電話'.repeat(50_000), '']) {
      peer.send(text);
      assert.equal(await ear.next(), text);
    }
    peer.close(1000);
    assert.equal(await ear.end, 1000);
  }
  assert.deepEqual(reused, [false, true, true]);
  assert.deepEqual(protocols[0], ['TLSv1.3', 'model.internal']);
  const wrong = http.connect(vendor(), { url: `wss://other.internal:${port}/` }, hearing());
  await assert.rejects(
    wrong,
    (error: unknown) =>
      failed('unreachable')(error) && /ALTNAME/.test(String(((error as Error).cause as { code: string }).code)),
  );
  server.closeAllConnections();
});

test('what may not be dialled is refused before anything is resolved, and the ledger says so', async (t) => {
  const asked: string[] = [];
  const lookup: LookupFunction = (name) => void asked.push(name);
  const { http } = open(t, { lookup });
  const refused = [
    'wss://elsewhere.test/',
    'wss://api.vendor.test:8443/',
    'ws://api.vendor.test/',
    'https://api.vendor.test/',
    'wss://user:secret@api.vendor.test/',
    'not a url',
  ];
  for (const url of refused) {
    await assert.rejects(http.connect(vendor('api.vendor.test'), { url }, hearing()), code('host-not-listed'), url);
  }
  assert.deepEqual(asked, []);
  assert.equal(
    http.ledger().reduce((sum, line) => sum + line.refused, 0),
    refused.length,
  );
});

test('a listed host that is or becomes a private address is not connected to', async (t) => {
  const lookup: LookupFunction = (_name, options, done) => {
    if (options.all) done(null, [{ address: '10.0.0.1', family: 4 }]);
    else done(null, '10.0.0.1', 4);
  };
  const { http } = open(t, { lookup });
  for (const host of ['127.0.0.1', '[::1]', '169.254.169.254', 'api.vendor.test']) {
    const going = http.connect(vendor(host), { url: `wss://${host}/` }, hearing());
    await assert.rejects(going, code('address-blocked'), host);
  }
});

test("a replaced origin of OpenAI grants its WebSocket, no other port, and OpenAI's own origin grants nothing", async (t) => {
  const { port, arrival } = await vendorServer(t);
  const other = await vendorServer(t);
  const { http } = open(t, { env: { SOTTO_OPENAI_BASE_URL: `http://127.0.0.1:${port}` } });
  await http.connect(vendor(), { url: `ws://127.0.0.1:${port}/v1/realtime` }, hearing());
  await arrival;
  for (const url of [`ws://127.0.0.1:${other.port}/`, `wss://127.0.0.1:${port}/`, 'wss://api.openai.com/']) {
    await assert.rejects(http.connect(vendor(), { url }, hearing()), code('host-not-listed'), url);
  }
  const usual = open(t);
  await assert.rejects(
    usual.http.connect(vendor(), { url: 'wss://api.openai.com/' }, hearing()),
    code('host-not-listed'),
  );
});

test('an answer other than 101 is told apart by its status', async (t) => {
  const { http } = open(t, granted);
  const cases: [number, OutsideKind][] = [
    [200, 'refused'],
    [301, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [408, 'busy'],
    [429, 'busy'],
    [500, 'busy'],
    [503, 'busy'],
  ];
  for (const [status, kind] of cases) {
    const listener: RequestListener = (_request, response) => response.writeHead(status, { location: '/' }).end('no');
    // Without a listener for upgrades, Node's server answers as to any other request.
    const port = await listening(t, createServer(listener));
    const going = http.connect(vendor(), { url: `ws://127.0.0.1:${port}/` }, hearing());
    await assert.rejects(going, failed(kind, status), String(status));
  }
});

test('a 101 that does not fit what was asked is refused, and the connection ends', async (t) => {
  const { http } = open(t, granted);
  const fits = (key: string) =>
    `Upgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\nSec-WebSocket-Accept: ${key}\r\n`;
  const answers: [string, (accept: string) => string][] = [
    ['the key of another handshake', () => fits('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')],
    ['no accept', () => 'Upgrade: websocket\r\nConnection: Upgrade\r\n'],
    ['another protocol', (accept) => fits(accept).replace('WebSocket\r', 'h2c\r')],
    [
      'an extension that was not asked for',
      (accept) => `${fits(accept)}Sec-WebSocket-Extensions: permessage-deflate\r\n`,
    ],
    ['a subprotocol that was not asked for', (accept) => `${fits(accept)}Sec-WebSocket-Protocol: other\r\n`],
    ['nothing wrong', fits],
  ];
  for (const [what, answer] of answers) {
    const server = createServer();
    const gone = Promise.withResolvers<void>();
    server.on('upgrade', (request, stream) => {
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      stream.on('error', () => {});
      stream.on('close', () => gone.resolve());
      stream.write(`HTTP/1.1 101 Switching Protocols\r\n${answer(accept)}\r\n`);
      stream.resume();
      stream.on('end', () => stream.destroy());
    });
    const port = await listening(t, server);
    const opening = { url: `ws://127.0.0.1:${port}/`, headers: { 'Sec-WebSocket-Protocol': 'asked' } };
    const going = http.connect(vendor(), opening, hearing());
    if (what === 'nothing wrong') (await going).cut();
    else await assert.rejects(going, failed('refused'), what);
    await gone.promise;
  }
});

test('a header that HTTP cannot carry is refused before anybody is asked', async (t) => {
  const { port } = await vendorServer(t);
  const { http } = open(t, granted);
  const headers = { authorization: 'Bearer key-with-a-line-break\n' };
  const going = http.connect(vendor(), { url: `ws://127.0.0.1:${port}/`, headers }, hearing());
  await assert.rejects(going, (error: unknown) => failed('refused')(error) && !inspect(error).includes('line-break'));
});

test('a head of more than 16 KiB is refused, and one that is no HTTP is unreachable', async (t) => {
  const { http } = open(t, granted);
  const long = await answering(t, `HTTP/1.1 101 Switching Protocols\r\nA: ${'x'.repeat(17_000)}\r\n\r\n`);
  await assert.rejects(http.connect(vendor(), { url: `ws://127.0.0.1:${long}/` }, hearing()), failed('refused'));
  const garbage = await answering(t, 'hello?\r\n\r\n');
  await assert.rejects(http.connect(vendor(), { url: `ws://127.0.0.1:${garbage}/` }, hearing()), failed('unreachable'));
});

test('a server that never answers, in plain or in TLS, is unreachable when the deadline has passed', async (t) => {
  for (const scheme of ['ws', 'wss']) {
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => arrived.resolve());
      socket.once('close', () => left.resolve());
    });
    const port = await listening(t, server);
    const { http, clock } = open(t, granted);
    const going = http.connect(vendor(), { url: `${scheme}://127.0.0.1:${port}/`, withinMs: 3_000 }, hearing());
    const rejected = assert.rejects(going, failed('unreachable'));
    await arrived.promise;
    clock.advance(3_000);
    await rejected;
    await left.promise;
  }
});

test('a host where nobody listens is unreachable', async (t) => {
  const { http } = open(t, granted);
  // Port 1 is privileged and unassigned on loopback.
  await assert.rejects(http.connect(vendor(), { url: 'ws://127.0.0.1:1/' }, hearing()), failed('unreachable'));
});

test('ledger and log account for WebSockets as for requests, and closing the way out ends them', async (t) => {
  const lines: string[] = [];
  const log: EgressOptions['log'] = (event, fields) => lines.push(JSON.stringify([event, fields]));
  const { port } = await vendorServer(t);
  const { http } = open(t, { ...granted, log });
  const ear = hearing();
  await http.connect(vendor(), { url: `ws://127.0.0.1:${port}/secret-path` }, ear);
  await assert.rejects(http.connect(vendor(), { url: 'ws://127.0.0.1:1/' }, hearing()));
  await assert.rejects(http.connect(vendor(), { url: 'wss://elsewhere.test/' }, hearing()));
  assert.deepEqual(http.ledger(), [
    { vendor: 'some-vendor', host: `127.0.0.1:${port}`, sent: 1, refused: 0, failed: 0, unlisted: 0 },
    { vendor: 'some-vendor', host: '127.0.0.1:1', sent: 0, refused: 0, failed: 1, unlisted: 0 },
    { vendor: 'some-vendor', host: 'elsewhere.test', sent: 0, refused: 1, failed: 0, unlisted: 1 },
  ]);
  assert.deepEqual(lines, [
    '["egress.sent",{"vendor":"some-vendor","method":"GET","status":101}]',
    '["egress.refused",{"vendor":"some-vendor","code":"host-not-listed"}]',
  ]);
  await http.close();
  assert.equal(await ear.end, 1006);
});

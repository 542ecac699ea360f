import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { acceptPeer, isProblem, pause, systemClock, type Peer } from '#base';
import { edge, gathered, listening, parsed } from '../../test/edge.ts';
import { hearing } from '../../test/hearing.ts';
import { temporaryFolder } from '../../test/keys.ts';
import { selfSigned } from '../../test/self-signed.ts';
import { socket, type SocketRoute } from './socket.ts';

const ask = 'GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

type Given = { readonly sockets?: readonly SocketRoute[] };

/** A server that speaks TLS with a certificate of its own for `localhost`. */
async function secure(t: TestContext, given: Given = {}) {
  const folder = await temporaryFolder(t);
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const place = async (pair: { cert: string; key: string }) => {
    // As certbot does: the files are there whole or not at all.
    for (const [file, pem] of [
      [cert, pair.cert],
      [key, pair.key],
    ] as const) {
      await writeFile(`${file}.new`, pem);
      await rename(`${file}.new`, file);
    }
  };
  const pair = selfSigned('localhost');
  await place(pair);
  const env = { SOTTO_TLS_CERT: cert, SOTTO_TLS_KEY: key, SOTTO_HOST: '127.0.0.1' };
  const opened = await edge(t, { ...given, env });
  const port = await listening(opened.server);
  return { ...opened, port, pair, place, url: `wss://localhost:${port}` };
}

async function greeted(port: number, options: ConnectionOptions): Promise<TLSSocket> {
  const client = connect({ port, host: '127.0.0.1', servername: 'localhost', ...options });
  await once(client, 'secureConnect');
  return client;
}

async function says(port: number, ca: string, bytes: string, options: ConnectionOptions = {}): Promise<string> {
  const client = await greeted(port, { ca, ...options });
  client.write(bytes);
  return text(client);
}

test('TLS 1.3 is agreed to where the client can, 1.2 where not, and nothing older', async (t) => {
  const { port, pair } = await secure(t);
  const best = await greeted(port, { ca: pair.cert });
  assert.deepEqual([best.getProtocol(), best.getCipher().name], ['TLSv1.3', 'TLS_AES_256_GCM_SHA384']);
  best.destroy();
  const older = await greeted(port, { ca: pair.cert, maxVersion: 'TLSv1.2' });
  assert.deepEqual([older.getProtocol(), older.getCipher().name], ['TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384']);
  older.destroy();
  for (const maxVersion of ['TLSv1.1', 'TLSv1'] as const) {
    // At security level 0 the client itself would still speak it.
    const old = { ca: pair.cert, minVersion: 'TLSv1', maxVersion, ciphers: 'ALL:@SECLEVEL=0' } as const;
    await assert.rejects(greeted(port, old), /alert protocol version|protocol version/i, maxVersion);
  }
});

test('the order of suites is ours, weak ones are not spoken, and nothing is negotiated twice', async (t) => {
  const { port, pair } = await secure(t);
  const backwards = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384';
  const client = await greeted(port, { ca: pair.cert, maxVersion: 'TLSv1.2', ciphers: backwards });
  assert.equal(client.getCipher().name, 'ECDHE-ECDSA-AES256-GCM-SHA384');
  const refused = Promise.withResolvers<Error | null>();
  client.on('error', refused.resolve);
  client.on('close', () => refused.resolve(new Error('closed')));
  client.renegotiate({}, refused.resolve);
  assert.ok((await refused.promise) instanceof Error);
  for (const ciphers of ['ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES128-SHA', 'AES128-GCM-SHA256']) {
    const weak = { ca: pair.cert, maxVersion: 'TLSv1.2', ciphers } as const;
    await assert.rejects(greeted(port, weak), /handshake failure/i, ciphers);
  }
});

test('over TLS every answer promises https for two years, those to broken connections as well', async (t) => {
  const { port, pair, server } = await secure(t);
  const hsts = 'max-age=63072000; includeSubDomains; preload';
  for (const [bytes, status] of [
    [ask, 200],
    ['GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
    ['no HTTP at all\r\n\r\n', 400],
  ] as const) {
    const answer = parsed(await says(port, pair.cert, bytes));
    assert.deepEqual([answer.status, answer.headers['strict-transport-security']], [status, hsts]);
  }
  const injected = await server.inject({ method: 'GET', url: '/hello' });
  assert.equal(injected.headers['strict-transport-security'], hsts);
});

test('what speaks plain http to it is not answered in plain', async (t) => {
  const { port } = await secure(t);
  const client = connectPlain(port, '127.0.0.1');
  await once(client, 'connect');
  client.write(ask);
  assert.doesNotMatch(await gathered(client), /HTTP\/1\.1 200/);
});

test('a renewed certificate is taken without a restart, and a pair that cannot be used is not', async (t) => {
  const { port, pair, place, clock, lines } = await secure(t);
  const renewed = selfSigned('localhost');
  const logged = async (event: string) => {
    clock.advance(30_000);
    while (!lines.some(([name]) => name === event)) await pause(systemClock, 5);
  };
  await place({ cert: renewed.cert, key: pair.key });
  await logged('tls.refused');
  assert.equal(parsed(await says(port, pair.cert, ask)).status, 200, 'the first one is still in force');
  await place(renewed);
  await logged('tls.renewed');
  assert.equal(parsed(await says(port, renewed.cert, ask)).status, 200);
  await assert.rejects(greeted(port, { ca: pair.cert }), /self-signed|verify/i);
});

test('a certificate that cannot be used is refused at the start, in words that help', async (t) => {
  const folder = await temporaryFolder(t);
  const [one, other] = [selfSigned('localhost'), selfSigned('localhost')];
  const files = { SOTTO_TLS_CERT: join(folder, 'cert.pem'), SOTTO_TLS_KEY: join(folder, 'key.pem') };
  const refused = (words: RegExp) => (error: unknown) =>
    isProblem(error, 'certificate-unusable') && words.test(error.message);
  await assert.rejects(edge(t, { env: files }), refused(/SOTTO_TLS_CERT cannot be read/));
  for (const [cert, key] of [
    [one.cert, other.key],
    ['no PEM', one.key],
    [one.cert, 'no PEM'],
  ]) {
    await writeFile(files.SOTTO_TLS_CERT, cert!);
    await writeFile(files.SOTTO_TLS_KEY, key!);
    await assert.rejects(edge(t, { env: files }), refused(/no certificate and the key of it/));
  }
  await assert.rejects(edge(t, { env: { SOTTO_TLS_CERT: files.SOTTO_TLS_CERT } }), /SOTTO_TLS_KEY must be set with/);
});

const echo = socket({
  path: '/echo',
  open: async () => {
    let own: { send(text: string): void } | undefined;
    return {
      opened: (wire) => void (own = wire),
      text: async (data) => own?.send(`heard ${data}`),
      closed: () => {},
    };
  },
});

test('a socket over TLS is a socket as any other, and its 101 carries the closed headers', async (t) => {
  const { url, pair, server } = await secure(t, { sockets: [echo] });
  const client = new WebSocket(`${url}/echo`, { ca: pair.cert });
  const answered = once(client, 'upgrade');
  await once(client, 'open');
  const [{ headers }] = (await answered) as [{ headers: Record<string, string> }];
  assert.deepEqual(
    [headers['x-frame-options'], headers['strict-transport-security'], headers['cache-control']],
    ['DENY', 'max-age=63072000; includeSubDomains; preload', 'no-store'],
  );
  const answer = once(client, 'message') as Promise<[Buffer]>;
  client.send('hi');
  assert.equal((await answer)[0].toString(), 'heard hi');
  client.close();
  await once(client, 'close');
  const { status, visit } = await server.knock({ path: '/echo' });
  assert.equal(status, 101);
  visit?.leave();
});

/** Takes in this process what is handed over. */
function taker() {
  const ear = hearing();
  const taken = Promise.withResolvers<Peer>();
  const route = socket({
    path: '/away',
    open: async () => ({
      handOver(stream, key) {
        const peer = acceptPeer(stream, { key, onError: assert.ifError }, ear, { clock: systemClock });
        peer.send('taken');
        taken.resolve(peer);
      },
    }),
  });
  return { ear, route, taken: taken.promise };
}

test('a socket over TLS that is handed over is carried on in both directions, and counts until it ends', async (t) => {
  const { ear, route } = taker();
  const { url, pair, server } = await secure(t, { sockets: [route] });
  const client = new WebSocket(`${url}/away`, { ca: pair.cert });
  const [first] = (await once(client, 'message')) as [Buffer];
  assert.equal(first.toString(), 'taken');
  const long = 'x'.repeat(300_000);
  client.send(long);
  assert.equal(await ear.next(), long);
  assert.equal(server.openSockets(), 1, 'it is spoken in this process, so it is in its book');
  client.terminate();
  assert.equal(await ear.end, 1006);
  while (server.openSockets() > 0) await pause(systemClock, 5);
});

test('who ends a socket that was handed over ends it for the client, and so does the server that speaks TLS', async (t) => {
  const { route, taken } = taker();
  const { url, pair, server } = await secure(t, { sockets: [route] });
  const client = new WebSocket(`${url}/away`, { ca: pair.cert });
  await once(client, 'open');
  const closed = once(client, 'close');
  (await taken).cut();
  await closed;
  const again = new WebSocket(`${url}/away`, { ca: pair.cert });
  await once(again, 'open');
  const cut = once(again, 'close');
  await server.close();
  await cut;
});

test('what the taker throws is the answer over TLS as well, and the place is free again', async (t) => {
  const route = socket({
    path: '/away',
    open: async () => ({
      handOver() {
        throw new Error('secret detail');
      },
    }),
  });
  const { port, pair, server } = await secure(t, { sockets: [route, echo] });
  const handshake =
    'GET /away HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
  const { status, body } = parsed(await says(port, pair.cert, handshake));
  assert.deepEqual([status, (JSON.parse(body) as { code: string }).code], [500, 'internal']);
  assert.doesNotMatch(body, /secret/);
  const early = parsed(await says(port, pair.cert, `${handshake}early`));
  assert.equal(early.status, 400);
  assert.equal(server.openSockets(), 0);
});

import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type LookupFunction } from 'node:net';
import { test, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { readConfig } from './config.ts';
import { openHttp, toldTime, type EgressOptions } from './egress.ts';
import { isProblem, Outside, type OutsideKind, type ProblemCode } from './problems.ts';
import type { Processor } from './processor.ts';
import { selfSigned } from '../../test/self-signed.ts';

function vendor(...hosts: string[]): Processor {
  return { name: 'Some Vendor', purpose: 'tests', data: [], region: 'here', hosts };
}

function open(t: TestContext, options: Partial<Omit<EgressOptions, 'config'>> & { env?: Record<string, string> } = {}) {
  const { env = {}, ...rest } = options;
  const http = openHttp({ config: readConfig(env), log: () => {}, ...rest });
  t.after(() => http.close());
  return http;
}

async function serve(t: TestContext, listener: RequestListener): Promise<{ port: number; hits: () => number }> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, hits: () => hits };
}

/** Answers every name with these addresses, in the two ways in which Node asks. */
function resolver(...addresses: string[]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (name, options, done) => {
    asked.push(name);
    const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) done(null, all);
    else done(null, all[0]!.address, all[0]!.family);
  };
  return { lookup, asked };
}

function code(expected: ProblemCode) {
  return (error: unknown) => isProblem(error, expected);
}

function failed(kind: OutsideKind) {
  return (error: unknown) => error instanceof Outside && error.vendor === 'some-vendor' && error.kind === kind;
}

test('a granted host is reached with method, headers and body, and its answer comes back whole', async (t) => {
  const { port } = await serve(t, (request, response) => {
    request.on('data', (chunk: Buffer) => response.setHeader('x-echo', chunk.toString()));
    request.on('end', () => response.writeHead(201, { 'x-method': request.method }).end('done'));
  });
  const http = open(t, { env: { SOTTO_ALLOW_HOSTS: '127.0.0.1' } });
  const url = `http://127.0.0.1:${port}/path`;
  const answer = await http(vendor(), {
    method: 'POST',
    url,
    headers: { 'content-type': 'text/plain' },
    body: 'hello',
  });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers['x-echo'], 'hello');
  assert.equal(answer.headers['x-method'], 'POST');
  assert.equal(answer.body.toString(), 'done');
});

test('a host that neither the processor nor the operator lists is refused before anything is resolved', async (t) => {
  const { lookup, asked } = resolver('127.0.0.1');
  const http = open(t, { lookup });
  const refused = [
    'https://elsewhere.test/',
    'https://api.vendor.test.elsewhere.test/',
    'https://api.vendor.test./',
    'https://api.vendor.test:8443/',
    'http://api.vendor.test/',
    'https://user:secret@api.vendor.test/',
    'ftp://api.vendor.test/',
    'not a url',
  ];
  for (const url of refused) {
    await assert.rejects(http(vendor('api.vendor.test'), { method: 'GET', url }), code('host-not-listed'), url);
  }
  assert.deepEqual(asked, []);
});

test('a listed host that is a private address in any spelling is not connected to', async (t) => {
  const http = open(t);
  const hosts = [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '169.254.169.254',
  ];
  for (const host of hosts) {
    await assert.rejects(http(vendor(host), { method: 'GET', url: `https://${host}/` }), code('address-blocked'), host);
  }
});

test('a listed name that resolves to a private address is not connected to, with several answers either', async (t) => {
  for (const addresses of [['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['10.0.0.1', '::1', '192.168.1.1']]) {
    const { lookup, asked } = resolver(...addresses);
    const http = open(t, { lookup });
    const going = http(vendor('api.vendor.test'), { method: 'GET', url: 'https://api.vendor.test/' });
    await assert.rejects(going, code('address-blocked'), addresses.join());
    assert.equal(asked.length, 1, 'the answer that was checked is the one that is used: nobody asks twice');
  }
});

test('not one byte reaches a private address, neither by http nor by https', async (t) => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const http = open(t, { lookup: resolver('127.0.0.1').lookup });
  for (const host of [`127.0.0.1:${port}`, `api.vendor.test:${port}`]) {
    await assert.rejects(http(vendor(host), { method: 'GET', url: `https://${host}/` }), code('address-blocked'));
  }
  assert.equal(connections, 0);
});

test('https is spoken with hosts whose certificate is for their name, and with no others', async (t) => {
  const trusted = selfSigned('model.internal');
  const before = getCACertificates();
  setDefaultCACertificates([...before, trusted.cert]);
  t.after(() => setDefaultCACertificates(before));
  const server = createTlsServer(trusted, (_request, response) => response.end('sealed'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const http = open(t, { extraHosts: ['model.internal', 'other.internal'], lookup: resolver('127.0.0.1').lookup });
  const answer = await http(vendor(), { method: 'GET', url: `https://model.internal:${port}/` });
  assert.equal(answer.body.toString(), 'sealed');
  await assert.rejects(
    http(vendor(), { method: 'GET', url: `https://other.internal:${port}/` }),
    (error: unknown) =>
      failed('unreachable')(error) && /ALTNAME/.test(String(((error as Error).cause as { code: string }).code)),
  );
});

test('a name of the operator may be private, and still not lead to a metadata service', async (t) => {
  const { port } = await serve(t, (_request, response) => response.end('inside'));
  const env = { SOTTO_ALLOW_HOSTS: 'model.internal' };
  const inside = open(t, { env, lookup: resolver('127.0.0.1').lookup });
  const answer = await inside(vendor(), { method: 'GET', url: `http://model.internal:${port}/` });
  assert.equal(answer.body.toString(), 'inside');
  const rebound = open(t, { env, lookup: resolver('169.254.169.254').lookup });
  await assert.rejects(rebound(vendor(), { method: 'GET', url: 'http://model.internal/' }), code('address-blocked'));
});

test('a replaced API origin grants exactly that origin, and no other port beside it', async (t) => {
  const { port, hits } = await serve(t, (_request, response) => response.end('replaced'));
  const other = await serve(t, (_request, response) => response.end('other'));
  const http = open(t, { env: { SOTTO_TWILIO_BASE_URL: `http://127.0.0.1:${port}` } });
  await http(vendor(), { method: 'GET', url: `http://127.0.0.1:${port}/` });
  const beside = http(vendor(), { method: 'GET', url: `http://127.0.0.1:${other.port}/` });
  await assert.rejects(beside, code('host-not-listed'));
  assert.deepEqual([hits(), other.hits()], [1, 0]);
});

test("the vendor's default origin grants nothing to anyone else", async (t) => {
  const http = open(t);
  const going = http(vendor('api.vendor.test'), { method: 'GET', url: 'https://api.twilio.com/' });
  await assert.rejects(going, code('host-not-listed'));
});

test('a redirect is not followed', async (t) => {
  const target = await serve(t, (_request, response) => response.end('never'));
  const { port } = await serve(t, (_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${target.port}/` }).end();
  });
  const http = open(t, { extraHosts: ['127.0.0.1'] });
  await assert.rejects(http(vendor(), { method: 'GET', url: `http://127.0.0.1:${port}/` }), failed('refused'));
  assert.equal(target.hits(), 0);
});

test('an answer of more than 4 MiB is given up', async (t) => {
  const { port } = await serve(t, (_request, response) => {
    const mebibyte = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent < 5; sent++) response.write(mebibyte);
    response.end();
  });
  const http = open(t, { extraHosts: ['127.0.0.1'] });
  await assert.rejects(http(vendor(), { method: 'GET', url: `http://127.0.0.1:${port}/` }), failed('refused'));
});

test('an answer that does not come, or does not end, within its deadline is given up', async (t) => {
  const silent = await serve(t, () => {});
  const endless = await serve(t, (_request, response) => response.writeHead(200).write('begin'));
  const http = open(t, { extraHosts: ['127.0.0.1'] });
  for (const { port } of [silent, endless]) {
    const url = `http://127.0.0.1:${port}/`;
    await assert.rejects(http(vendor(), { method: 'GET', url, withinMs: 50 }), failed('unreachable'));
  }
});

test('a host where nobody listens is unreachable', async (t) => {
  const http = open(t, { extraHosts: ['127.0.0.1'] });
  // Port 1 is privileged and unassigned on loopback.
  await assert.rejects(http(vendor(), { method: 'GET', url: 'http://127.0.0.1:1/' }), failed('unreachable'));
});

test('the ledger counts by host what was sent, refused and failed, and the log names no host', async (t) => {
  const lines: string[] = [];
  const { port } = await serve(t, (_request, response) => response.end());
  const log: EgressOptions['log'] = (event, fields) => lines.push(JSON.stringify([event, fields]));
  const http = openHttp({ config: readConfig({}), log, extraHosts: ['127.0.0.1'] });
  t.after(() => http.close());
  await http(vendor(), { method: 'GET', url: `http://127.0.0.1:${port}/secret-path` });
  await assert.rejects(http(vendor(), { method: 'GET', url: 'https://elsewhere.test/' }));
  await assert.rejects(http(vendor(), { method: 'GET', url: 'http://127.0.0.1:1/' }));
  assert.deepEqual(http.ledger(), [
    { vendor: 'some-vendor', host: `127.0.0.1:${port}`, sent: 1, refused: 0, failed: 0, unlisted: 0 },
    { vendor: 'some-vendor', host: 'elsewhere.test', sent: 0, refused: 1, failed: 0, unlisted: 1 },
    { vendor: 'some-vendor', host: '127.0.0.1:1', sent: 0, refused: 0, failed: 1, unlisted: 0 },
  ]);
  assert.deepEqual(lines, [
    '["egress.sent",{"vendor":"some-vendor","method":"GET","status":200}]',
    '["egress.refused",{"vendor":"some-vendor","code":"host-not-listed"}]',
  ]);
});

test('the installation itself is asked at its own origin, private as it may be, and nowhere else', async (t) => {
  const { port, hits } = await serve(t, (request, response) => response.end(`${request.method} ${request.url}`));
  const http = open(t);
  const origin = `http://127.0.0.1:${port}`;
  const answer = await http.own(origin, { method: 'GET', path: '/readyz' });
  assert.deepEqual([answer.status, answer.body.toString()], [200, 'GET /readyz']);
  for (const path of ['//127.0.0.2/readyz', '/\\elsewhere.example/x'] as const)
    await assert.rejects(http.own(origin, { method: 'GET', path }), code('host-not-listed'));
  await assert.rejects(http(vendor(), { method: 'GET', url: `${origin}/readyz` }), code('host-not-listed'));
  assert.equal(hits(), 1);
  assert.deepEqual(
    http.ledger().map(({ vendor: name, sent }) => [name, sent]),
    [
      ['this-installation', 1],
      ['some-vendor', 0],
    ],
  );
});

test('what time it is counts by the answers of companies outside over TLS, and by no others', () => {
  const date = 'Mon, 23 Nov 2026 15:00:00 GMT';
  assert.equal(toldTime('public', { headers: { date } }), Date.UTC(2026, 10, 23, 15));
  assert.equal(toldTime('granted', { headers: { date } }), undefined);
  assert.equal(toldTime('public', { headers: {} }), undefined);
  assert.equal(toldTime('public', { headers: { date: 'soon' } }), undefined);
});

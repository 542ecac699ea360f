import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { connect as tlsConnect } from 'node:tls';
import { readConfig } from './config.ts';
import { openHttp } from './egress.ts';
import { watchSockets } from './socket-watch.ts';

async function serve(t: TestContext): Promise<number> {
  const server = createServer((_request, response) => response.end('here'));
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('a connection of the egress is expected, and the same address dialled by anyone else is not', async (t) => {
  const port = await serve(t);
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const watch = watchSockets({ isEgress: http.opened });
  t.after(() => (watch.stop(), http.close()));
  await http(
    { name: 'X', purpose: '', data: [], region: '', hosts: [] },
    { method: 'GET', url: `http://127.0.0.1:${port}` },
  );
  assert.deepEqual(await watch.ledger(), { egress: 1, database: 0, unexpected: [] });

  const plain = new Socket().connect(port, '127.0.0.1');
  await once(plain, 'connect');
  plain.destroy();
  const secure = tlsConnect(port, '127.0.0.1');
  await once(secure, 'error');
  const asked = httpRequest({ port, host: '127.0.0.1', agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream];
  answer.resume();
  await once(answer, 'end');
  const fetched = await fetch(`http://127.0.0.1:${port}/`);
  await fetched.text();
  const { egress, unexpected } = await watch.ledger();
  assert.deepEqual({ egress, unexpected }, { egress: 1, unexpected: [{ peer: `127.0.0.1:${port}`, count: 4 }] });
});

test("connections to the database's address are counted as such, by name or by number", async (t) => {
  const port = await serve(t);
  for (const host of ['127.0.0.1', 'localhost']) {
    const watch = watchSockets({ isEgress: () => false, database: { host, port } });
    t.after(() => watch.stop());
    const driver = new Socket().connect(port, '127.0.0.1');
    await once(driver, 'connect');
    driver.destroy();
    assert.deepEqual(await watch.ledger(), { egress: 0, database: 1, unexpected: [] });
    watch.stop();
  }
});

test('after it was stopped nothing is counted', async (t) => {
  const port = await serve(t);
  const watch = watchSockets({ isEgress: () => false });
  watch.stop();
  const late = new Socket().connect(port, '127.0.0.1');
  await once(late, 'connect');
  late.destroy();
  assert.deepEqual(await watch.ledger(), { egress: 0, database: 0, unexpected: [] });
});

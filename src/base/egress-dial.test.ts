import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { readConfig } from './config.ts';
import { openHttp } from './egress.ts';
import { isProblem, Outside } from './problems.ts';
import type { Processor } from './processor.ts';
import { watchSockets } from './socket-watch.ts';

function mailer(...hosts: string[]): Processor {
  return { name: 'Some Mailer', purpose: 'tests', data: [], region: 'here', hosts };
}

async function listening(t: TestContext): Promise<number> {
  const server = createServer((socket) => socket.end('220 here\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function open(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const http = openHttp({ config: readConfig(env), log: () => {} });
  t.after(() => http.close());
  return http;
}

test('the mail server of the settings is reached, on its own port alone, and the connection is in the books', async (t) => {
  const port = await listening(t);
  const http = open(t, { SOTTO_SMTP_URL: `smtp://user:word@127.0.0.1:${port}` });
  const watch = watchSockets({ isEgress: http.opened });
  t.after(() => watch.stop());
  const socket = await http.dial(mailer(), `smtp://127.0.0.1:${port}`);
  const [greeting] = await socket.toArray();
  assert.equal(String(greeting), '220 here\r\n');
  const books = await watch.ledger();
  assert.deepEqual([books.egress, books.unexpected], [1, []]);
  assert.deepEqual(http.ledger(), [
    { vendor: 'some-mailer', host: `127.0.0.1:${port}`, sent: 1, refused: 0, failed: 0, unlisted: 0 },
  ]);
  for (const url of [`smtps://127.0.0.1:${port}`, `smtp://127.0.0.1:${port - 1}`, `http://127.0.0.1:${port}`]) {
    await assert.rejects(http.dial(mailer(), url), (error) => isProblem(error, 'host-not-listed'), url);
  }
});

test('a mail server that only its vendor file lists is reached by smtps, and never inside the local network', async (t) => {
  const port = await listening(t);
  const http = open(t);
  const to = mailer(`127.0.0.1:${port}`, `localhost:${port}`);
  await assert.rejects(http.dial(to, `smtp://127.0.0.1:${port}`), (error) => isProblem(error, 'host-not-listed'));
  for (const host of ['127.0.0.1', 'localhost']) {
    await assert.rejects(
      http.dial(to, `smtps://${host}:${port}`),
      (error) => isProblem(error, 'address-blocked'),
      host,
    );
  }
});

test('a mail server that nobody runs is unreachable', async (t) => {
  const http = open(t, { SOTTO_SMTP_URL: 'smtp://127.0.0.1:1' });
  await assert.rejects(
    http.dial(mailer(), 'smtp://127.0.0.1:1'),
    (error) => error instanceof Outside && error.vendor === 'some-mailer' && error.kind === 'unreachable',
  );
});

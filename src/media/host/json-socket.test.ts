import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { jsonSocket, mostMessageBytes, type SocketEnd } from './json-socket.ts';

/** Two ends of a real socket; ours speaks JSON and keeps what it was told. */
async function pair(t: TestContext, accepts: (message: unknown) => boolean = () => true) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const [[theirs], ours] = await Promise.all([
    once(server, 'connection') as Promise<[Socket]>,
    connected(connect(address.port, '127.0.0.1')),
  ]);
  const received: unknown[] = [];
  const ended = Promise.withResolvers<SocketEnd>();
  const json = jsonSocket(ours, {
    received: (message) => accepts(message) && received.push(message) > 0,
    drained: () => {},
    ended: ended.resolve,
  });
  theirs.on('error', () => {});
  t.after(() => {
    theirs.destroy();
    ours.destroy();
    server.close();
  });
  return { json, theirs, received, ended: ended.promise };
}

async function connected(socket: Socket): Promise<Socket> {
  await once(socket, 'connect');
  return socket;
}

test('messages arrive whole and in order, however they were cut up on the way', async (t) => {
  const { theirs, received, ended } = await pair(t);
  const messages = [{ a: 'é'.repeat(3_000) }, [1, null], 'words', { b: '\n"\\' }];
  const bytes = Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  for (let at = 0; at < bytes.length; at += 7) {
    theirs.write(bytes.subarray(at, at + 7));
    if (at % 700 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  theirs.end();
  assert.equal(await ended, 'closed');
  assert.deepEqual(received, messages);
});

test('what was sent before the end arrives', async (t) => {
  const { json, theirs } = await pair(t);
  const chunks: Buffer[] = [];
  theirs.on('data', (chunk: Buffer) => chunks.push(chunk));
  assert.equal(json.send('{"a":1}'), true);
  json.end();
  await once(theirs, 'end');
  assert.equal(Buffer.concat(chunks).toString(), '{"a":1}\n');
  assert.equal(json.send('{}'), false);
});

for (const [name, bytes] of Object.entries({
  'that is no JSON': 'hello\n',
  'that is empty': '\n',
  'that is longer than it may be': `"${'x'.repeat(mostMessageBytes)}"\n`,
  'that never ends': 'x'.repeat(mostMessageBytes + 1),
})) {
  test(`a message ${name} ends the socket`, async (t) => {
    const { theirs, received, ended } = await pair(t);
    theirs.write(`"before"\n${bytes}"after"\n`);
    assert.equal(await ended, 'malformed');
    assert.deepEqual(received, ['before']);
  });
}

test('a message that its reader does not know ends the socket, and what follows it is not looked at', async (t) => {
  const { theirs, received, ended } = await pair(t, (message) => message !== 'odd');
  theirs.write('"one"\n"odd"\n"two"\n');
  assert.equal(await ended, 'malformed');
  assert.deepEqual(received, ['one']);
});

test('a message that is too long to be taken is not sent', async (t) => {
  const { json } = await pair(t);
  assert.equal(json.send(`"${'x'.repeat(mostMessageBytes)}"`), false);
  assert.equal(json.backlog(), 0);
});

test('a reader that does not read is cut off, and until then it shows how much waits', async (t) => {
  const { json, theirs, ended } = await pair(t);
  theirs.pause();
  const message = `"${'x'.repeat(mostMessageBytes - 2)}"`;
  let sent = 0;
  let most = 0;
  while (json.send(message) && sent < 200) {
    sent += 1;
    most = Math.max(most, json.backlog());
  }
  assert.equal(await ended, 'too-slow');
  assert.ok(sent < 200 && most > mostMessageBytes, `${sent} messages, ${most} bytes`);
});

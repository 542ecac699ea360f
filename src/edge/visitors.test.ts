import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { problem } from '#base';
import { edge, holder, listening } from '../../test/edge.ts';
import type { Identify } from './exchange.ts';
import type { Asker } from './route.ts';
import { socket, type Handshake, type SocketSession, type Wire } from './socket.ts';

const person: Asker = {
  who: { ...holder, actor: 'person:00000000-0000-7000-8000-0000000000d1' },
  signedIn: {
    identity: '00000000-0000-7000-8000-0000000000e1',
    session: '00000000-0000-7000-8000-0000000000f1',
    freshAt: undefined,
  },
};

/** A server with one socket for visitors; `as` says who is behind the cookie and may be changed meanwhile. */
async function visited(t: TestContext) {
  const as: { now: Asker | undefined | Error } = { now: person };
  const handshakes: Handshake[] = [];
  const identify: Identify = async (shown) => {
    if (shown.by === 'key') return { who: holder, signedIn: undefined };
    if (as.now instanceof Error) throw as.now;
    return as.now;
  };
  let wire: Wire | undefined;
  const session: SocketSession = {
    opened: (given) => void (wire = given),
    text: async (data) => wire?.send(data),
    closed() {},
  };
  const counted: [string, string][] = [];
  const route = socket({
    path: '/own',
    visitors: { scope: 'calls:read', limit: 'api' },
    async open(handshake) {
      handshakes.push(handshake);
      return session;
    },
  });
  const { server, clock } = await edge(t, {
    sockets: [route],
    identify,
    admit: async (rate, of) => {
      counted.push([rate, of]);
      return { ok: true, left: 1 };
    },
  });
  const port = await listening(server);
  const own = `http://127.0.0.1:${port}`;
  const dial = (headers: Record<string, string>) => {
    const client = new WebSocket(`ws://127.0.0.1:${port}/own`, { headers });
    client.on('error', () => {});
    t.after(() => client.terminate());
    return client;
  };
  const cookie = 'sotto=the-token';
  return { as, handshakes, counted, clock, own, dial, cookie };
}

/** 101, or the code with which the handshake was refused. */
async function answerTo(client: WebSocket): Promise<number | string> {
  const opened = once(client, 'open').then(() => 101);
  const refused = once(client, 'unexpected-response').then(async ([, response]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    return (JSON.parse(Buffer.concat(chunks).toString()) as { code: string }).code;
  });
  return Promise.race([opened, refused]);
}

test('a socket of our own pages opens for who is signed in and may, and says who that is', async (t) => {
  const { handshakes, counted, own, dial, cookie } = await visited(t);
  assert.equal(await answerTo(dial({ origin: own, cookie })), 101);
  assert.equal(handshakes[0]?.visitor?.who.actor, person.who?.actor);
  assert.deepEqual(counted, [
    ['sender', '127.0.0.1'],
    ['api', `identity:${person.signedIn?.identity}`],
  ]);
});

test('a page that was opened as localhost opens a socket of this machine, and no other name does', async (t) => {
  const { dial, own, cookie } = await visited(t);
  const { port } = new URL(own);
  const local = `http://localhost:${port}`;
  assert.equal(await answerTo(dial({ origin: local, host: `localhost:${port}`, cookie })), 101);
  for (const [origin, host] of [
    [local, `127.0.0.1:${port}`],
    [local, `rebound.example:${port}`],
    [`http://rebound.example:${port}`, `rebound.example:${port}`],
    [`http://localhost:${Number(port) + 1}`, `localhost:${Number(port) + 1}`],
    [`https://localhost:${port}`, `localhost:${port}`],
  ] as const) {
    assert.equal(await answerTo(dial({ origin, host, cookie })), 'cross-site-refused', `${origin} ${host}`);
  }
});

test('no other origin, no missing one, no key and no stranger opens a socket of our own pages', async (t) => {
  const { as, handshakes, own, dial, cookie } = await visited(t);
  assert.equal(await answerTo(dial({ cookie })), 'cross-site-refused');
  assert.equal(await answerTo(dial({ cookie, origin: 'https://elsewhere.example' })), 'cross-site-refused');
  assert.equal(await answerTo(dial({ cookie, origin: 'null' })), 'cross-site-refused');
  assert.equal(await answerTo(dial({ origin: own, authorization: 'Bearer good-key' })), 'session-needed');
  assert.equal(await answerTo(dial({ origin: own })), 'sign-in-needed');
  as.now = undefined;
  assert.equal(await answerTo(dial({ origin: own, cookie })), 'sign-in-needed');
  as.now = { ...person, who: { ...holder, grants: {} } };
  assert.equal(await answerTo(dial({ origin: own, cookie })), 'role-lacks-permission');
  as.now = { ...person, who: undefined };
  assert.equal(await answerTo(dial({ origin: own, cookie })), 'organisation-needed');
  assert.equal(handshakes.length, 0);
});

const outcomes: readonly [string, Asker | undefined, string][] = [
  ['whose session is over', undefined, 'sign-in-needed'],
  ['whose role has changed', { ...person, who: { ...holder, grants: {} } }, 'role-lacks-permission'],
  ['who went to another organisation', { ...person, who: { ...holder, organisation: 'x' } }, 'sign-in-needed'],
];

for (const [who, then, code] of outcomes) {
  test(`a visitor ${who} loses the socket within five seconds`, async (t) => {
    const { as, clock, own, dial, cookie } = await visited(t);
    const client = dial({ origin: own, cookie });
    await once(client, 'open');
    as.now = then;
    const closed = once(client, 'close');
    clock.advance(5_000);
    const [told, why] = (await closed) as [number, Buffer];
    assert.deepEqual([told, why.toString()], [1008, code]);
  });
}

test('a database that is away throws no visitor out', async (t) => {
  const { as, clock, own, dial, cookie } = await visited(t);
  const client = dial({ origin: own, cookie });
  await once(client, 'open');
  clock.advance(4_000);
  const answered = once(client, 'message');
  client.send('here');
  await answered;
  as.now = problem('database-unavailable', 'It is away.');
  clock.advance(1_000);
  await new Promise((resolve) => setImmediate(resolve));
  as.now = undefined;
  const closed = once(client, 'close');
  clock.advance(5_000);
  assert.equal(((await closed) as [number])[0], 1008);
});

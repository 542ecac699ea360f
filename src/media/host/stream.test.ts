import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { manualClock, problem, seededRandom, type LogEvent } from '#base';
import { carrierNamed, carriers } from '#adapters/carriers';
import { callId, organisation, planOf } from '../../../test/line-desk.ts';
import { connectStream, frame, openStream } from '../../../test/stream-caller.ts';
import type { Happening, LinePlan, Order } from '../desk.ts';
import type { LiveCall, LiveStream } from './live-call.ts';
import { takeStream, type Stream, type StreamMeans } from './stream.ts';

const account = '00000000-0000-7000-8000-0000000000ac';

type Given = Partial<Pick<StreamMeans, 'ask' | 'tell' | 'whenTaken'>> & {
  readonly carry?: Partial<LiveCall>;
  /** What making the live call throws. */
  readonly unable?: Error;
};

/** A line of one socket, whose desk and live call do as they are told. */
async function line(t: TestContext, given: Given = {}) {
  const clock = manualClock(Date.UTC(2026, 0, 5));
  const seen = {
    told: [] as Happening[],
    frames: [] as string[],
    closed: [] as number[],
    logged: [] as LogEvent[],
    live: undefined as LiveStream | undefined,
    stream: undefined as Stream | undefined,
  };
  const left = Promise.withResolvers<void>();
  const dialect = carrierNamed(await carriers(), 'twilio').stream;
  const means: StreamMeans = {
    dialect,
    carry(live) {
      if (given.unable) throw given.unable;
      seen.live = live;
      return {
        frame: (message) => void seen.frames.push(dialect.read(message).type),
        closed: (code) => void seen.closed.push(code),
        order: () => {},
        ...given.carry,
      };
    },
    ask: given.ask ?? (async ({ token }) => planOf(token)),
    open: () => {},
    tell: (call, happening) => given.tell?.(call, happening) ?? seen.told.push(happening) > 0,
    whenTaken: given.whenTaken ?? ((_call, work) => work()),
    left: left.resolve,
  };
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    const arrival = { carrier: 'twilio', organisation, account, key: request.headers['sec-websocket-key'] ?? '' };
    const ctx = { clock, random: seededRandom('stream'), log: (event: LogEvent) => void seen.logged.push(event) };
    seen.stream = takeStream(ctx, { arrival, socket, means });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    // A socket that a test left half closed is given up by this clock.
    clock.advance(60_000);
  });
  return { port: (server.address() as AddressInfo).port, clock, seen, left: left.promise };
}

test('a socket that does not begin its stream in time is closed', async (t) => {
  const { port, clock, left } = await line(t);
  const caller = await connectStream(port);
  caller.send({ event: 'connected' });
  clock.advance(10_000);
  assert.deepEqual(await caller.closed, [1008, 'silent']);
  await left;
});

test('a socket that says something else than the beginning of a stream is closed', async (t) => {
  const openings: object[][] = [
    [{ event: 'media', streamSid: 'MZ1', media: { track: 'inbound', timestamp: '0', payload: frame(1) } }],
    [{ event: 'start', start: {} }],
    [{ odd: 1 }],
    Array.from({ length: 11 }, () => ({ event: 'connected' })),
  ];
  for (const opening of openings) {
    const { port, seen, left } = await line(t);
    const caller = await connectStream(port);
    for (const message of opening) caller.send(message);
    assert.deepEqual(await caller.closed, [1008, 'frame-malformed']);
    await left;
    assert.deepEqual([seen.told, seen.live], [[], undefined]);
  }
});

test('what a caller says before the desk has answered is not lost', async (t) => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<LinePlan>();
  const { port, seen } = await line(t, { ask: () => (asked.resolve(), answer.promise) });
  const caller = await openStream(port, callId(1));
  await asked.promise;
  for (let n = 0; n < 100; n += 1) void caller.echoes(frame(n)).catch(() => {});
  caller.mark('after it');
  answer.resolve(planOf(callId(1)));
  while (seen.frames.length < 101) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen.frames, [...Array.from({ length: 100 }, () => 'audio'), 'mark']);
  caller.cut();
});

test('whoever sends without end before the desk has answered is closed, and the desk learns that nothing came of it', async (t) => {
  const answer = Promise.withResolvers<LinePlan>();
  const { port, seen, left } = await line(t, { ask: () => answer.promise });
  const caller = await openStream(port, callId(1));
  for (let n = 0; n < 20; n += 1) caller.mark('x'.repeat(30_000));
  assert.deepEqual(await caller.closed, [1008, 'too-many-messages']);
  answer.resolve(planOf(callId(1)));
  await left;
  assert.deepEqual([seen.told, seen.live], [[{ type: 'closed', how: 'dropped' }], undefined]);
});

test('a caller who hangs up while the desk decides is told to it as gone', async (t) => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<LinePlan>();
  const { port, seen, left } = await line(t, { ask: () => (asked.resolve(), answer.promise) });
  const caller = await openStream(port, callId(1));
  await asked.promise;
  caller.cut();
  while (!seen.logged.includes('socket.closed')) await new Promise((resolve) => setImmediate(resolve));
  answer.resolve(planOf(callId(1)));
  await left;
  assert.deepEqual([seen.told, seen.live], [[{ type: 'closed', how: 'dropped' }], undefined]);
});

test('a call that nobody can carry is closed, and the desk learns that nothing came of it', async (t) => {
  const cases = [
    [problem('vendor-unknown', 'No such model.'), [1008, 'vendor-unknown']],
    [new TypeError('a mistake of ours'), [1011, 'internal']],
  ] as const;
  for (const [unable, close] of cases) {
    const { port, seen, left } = await line(t, { unable });
    const caller = await openStream(port, callId(1));
    assert.deepEqual(await caller.closed, close);
    await left;
    assert.deepEqual(seen.told, [{ type: 'closed', how: 'dropped' }]);
  }
});

test('a call that fails at a message ends, whether it came before the desk had answered or after', async (t) => {
  for (const isEarly of [true, false]) {
    const answer = Promise.withResolvers<LinePlan>();
    const frames = () => {
      throw new TypeError('a mistake of ours');
    };
    const { port, seen } = await line(t, { ask: () => answer.promise, carry: { frame: frames } });
    const caller = await openStream(port, callId(1));
    if (!isEarly) answer.resolve(planOf(callId(1)));
    while (!isEarly && !seen.live) await new Promise((resolve) => setImmediate(resolve));
    caller.mark('a');
    await new Promise((resolve) => setImmediate(resolve));
    answer.resolve(planOf(callId(1)));
    assert.deepEqual(await caller.closed, [1011, 'internal']);
    while (seen.closed.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(seen.logged.includes('error.internal'));
  }
});

test('a call that does not end after its socket is ended for it', async (t) => {
  const { port, clock, seen, left } = await line(t);
  const caller = await openStream(port, callId(1));
  caller.mark('a');
  while (seen.frames.length === 0) await new Promise((resolve) => setImmediate(resolve));
  caller.cut();
  while (seen.closed.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen.told, []);
  clock.advance(30_000);
  await left;
  assert.deepEqual(seen.told, [{ type: 'closed', how: 'dropped' }]);
  seen.live?.tell({ type: 'quiet' });
  assert.equal(seen.told.length, 1);
});

test('an order that the call fails at ends this call', async (t) => {
  const orders: Order[] = [];
  const { port, seen } = await line(t, {
    carry: {
      order(order) {
        orders.push(order);
        throw new TypeError('a mistake of ours');
      },
    },
  });
  const caller = await openStream(port, callId(1));
  caller.mark('a');
  while (seen.frames.length === 0) await new Promise((resolve) => setImmediate(resolve));
  seen.stream?.order({ do: 'leave' });
  assert.deepEqual(await caller.closed, [1011, 'internal']);
  assert.deepEqual(orders, [{ do: 'leave' }]);
  assert.ok(seen.logged.includes('error.internal'));
});

test('a call whose happenings find no room any more is closed', async (t) => {
  const { port, seen } = await line(t, { tell: (_call, happening) => happening.type === 'closed' });
  const caller = await openStream(port, callId(1));
  caller.mark('a');
  while (seen.frames.length === 0) await new Promise((resolve) => setImmediate(resolve));
  for (let n = 0; n < 3; n += 1) seen.live?.tell({ type: 'quiet' });
  assert.deepEqual(await caller.closed, [1011, 'internal']);
  assert.equal(seen.logged.filter((event) => event === 'line.full').length, 1);
});

test('a call that ends its stream does so once the desk has written down why', async (t) => {
  const due: (() => void)[] = [];
  const { port, seen } = await line(t, { whenTaken: (_call, work) => due.push(work) });
  const caller = await openStream(port, callId(1));
  const heard = caller.echoes(frame(1));
  while (!seen.live) await new Promise((resolve) => setImmediate(resolve));
  seen.live.tell({ type: 'model-lost', why: 'quota', waiting: 'words' });
  seen.live.peer.close(1000);
  // What is sent is heard: the socket is open.
  seen.live.peer.send(JSON.stringify({ event: 'media', media: { payload: frame(1) } }));
  await heard;
  due[0]?.();
  assert.deepEqual(await caller.closed, [1000, '']);
});

test('a desk that is slow or away holds up the end of a stream for a second, not longer', async (t) => {
  const { port, clock, seen } = await line(t, { whenTaken: () => {} });
  const caller = await openStream(port, callId(1));
  while (!seen.live) await new Promise((resolve) => setImmediate(resolve));
  seen.live.peer.close(1000);
  clock.advance(1_000);
  assert.deepEqual(await caller.closed, [1000, '']);
});

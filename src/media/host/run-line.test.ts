import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { manualClock, pause, readConfig, seededRandom, systemClock, type LogEvent, type LogFields } from '#base';
import { carrierNamed, carriers } from '#adapters/carriers';
import { callId, organisation, planOf } from '../../../test/line-desk.ts';
import { openStream } from '../../../test/stream-caller.ts';
import type { ToDesk, ToLine } from '../desk.ts';
import { protocol } from './greeting.ts';
import { jsonSocket } from './json-socket.ts';
import type { LineParent, ParentListener, Ready } from './parent.ts';
import { runLine } from './run-line.ts';

/** A line in this process, with a clock that moves when told; its calls do nothing but end. */
async function line(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-run-line-'));
  const clock = manualClock(Date.UTC(2026, 0, 5));
  const logged: (readonly [LogEvent, LogFields])[] = [];
  const frames = { count: 0 };
  const all = await carriers();
  const listening = Promise.withResolvers<ParentListener>();
  const ready = Promise.withResolvers<Ready>();
  const parent: LineParent = { listen: listening.resolve, ready: ready.resolve, letGo: () => {} };
  const over = runLine(
    {
      config: readConfig({ SOTTO_DATA_DIR: dataDir }),
      clock,
      random: seededRandom(dataDir),
      log: (event, fields = {}) => void logged.push([event, fields]),
    },
    {
      parent,
      sockets: { ledger: async () => ({ egress: 0, database: 0, unexpected: [] }) },
      ledger: () => [],
      allow: () => {},
      dialect: (name) => carrierNamed(all, name).stream,
      carry: ({ peer, tell }) => ({
        frame: () => void (frames.count += 1),
        closed: () => tell({ type: 'closed', how: 'asked' }),
        order: (order) => order.do === 'close' && peer.close(1000),
      }),
    },
  );
  const listener = await listening.promise;
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    const key = request.headers['sec-websocket-key'] ?? '';
    listener.arrived({ carrier: 'twilio', organisation, account: organisation, key }, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const { port } = server.address() as AddressInfo;
  return { dataDir, clock, frames, logged, listener, over, port, ready: await ready.promise };
}

/** A desk on a link of its own that lets everybody in and keeps what it hears. */
async function meet({ place, parentWord }: Ready) {
  const socket = connect(place.notice.socket);
  const heard: ToDesk[] = [];
  const state = { isMet: false };
  const say = (message: ToLine) => json.send(JSON.stringify(message));
  const json = jsonSocket(socket, {
    received(message) {
      if (state.isMet) heard.push(message as ToDesk);
      state.isMet = true;
      const told = heard.at(-1);
      if (told && 'ask' in told) say({ answer: told.ask, plan: planOf(told.join.token) });
      return true;
    },
    drained: () => {},
    ended: () => {},
  });
  json.send(JSON.stringify({ protocol, word: parentWord }));
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await pause(systemClock, 2);
  };
  await until(() => heard.some((one) => 'load' in one));
  return { heard, say, until, cut: json.cut };
}

/** Why the line said that it stopped. */
function reasons(logged: readonly (readonly [LogEvent, LogFields])[]) {
  return logged.flatMap(([event, { why }]) => (event === 'line.stopped' ? [why] : []));
}

test('a line that nobody serves for an hour closes its calls and ends', async (t) => {
  const { dataDir, clock, frames, logged, listener, over, port, ready } = await line(t);
  const desk = await meet(ready);
  const caller = await openStream(port, callId(1));
  await desk.until(() => desk.heard.some((one) => 'ask' in one));
  caller.mark('in');
  await desk.until(() => frames.count === 1);
  desk.cut();
  listener.gone();
  await pause(systemClock, 1);
  for (let steps = 1; steps < 240; steps += 1) {
    // The caller is heard all the time; a silent socket would not last an hour.
    caller.mark('a');
    await desk.until(() => frames.count === steps + 1);
    clock.advance(15_000);
  }
  assert.ok(!logged.some(([event]) => event === 'socket.closed'));
  clock.advance(15_000);
  assert.deepEqual(await caller.closed, [1000, '']);
  clock.advance(5_000);
  await over;
  assert.deepEqual(reasons(logged), ['no-desk']);
  assert.deepEqual(await readdir(join(dataDir, 'line')), []);
});

test('a line tells every 5 s how it is doing', async (t) => {
  const { clock, over, ready } = await line(t);
  const desk = await meet(ready);
  for (let loads = 1; loads < 4; loads += 1) {
    clock.advance(5_000);
    await desk.until(() => desk.heard.filter((one) => 'load' in one).length === loads + 1);
  }
  desk.say({ drain: true });
  await over;
});

test('a line that must end does so although a call does not', async (t) => {
  const { clock, logged, over, port, ready } = await line(t);
  const desk = await meet(ready);
  const caller = await openStream(port, callId(1));
  await desk.until(() => desk.heard.some((one) => 'ask' in one));
  // What it is told it never acknowledges.
  desk.say({ end: true });
  await caller.closed;
  await desk.until(() => desk.heard.some((one) => 'happened' in one));
  assert.ok(!logged.some(([event]) => event === 'line.stopped'));
  clock.advance(5_000);
  await over;
  assert.deepEqual(reasons(logged), ['asked']);
});

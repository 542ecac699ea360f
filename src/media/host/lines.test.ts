import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pause, problem, systemClock } from '#base';
import {
  callId,
  echoLine,
  openLineDesk,
  organisation,
  type LineDesk,
  type LineDeskOptions,
} from '../../../test/line-desk.ts';
import { connectStream, frame, openStream } from '../../../test/stream-caller.ts';

async function folder(t: TestContext): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-lines-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** A desk with a real line, whose calls echo. Ends with the test. */
async function desk(t: TestContext, given: Partial<LineDeskOptions> = {}): Promise<LineDesk> {
  const dataDir = await folder(t);
  const opened = await openLineDesk({ ...given, env: { SOTTO_DATA_DIR: dataDir, ...given.env } });
  t.after(() => opened.close());
  return opened;
}

/** The process ids of the lines that were started, in order. */
function started({ logged }: LineDesk): number[] {
  return logged.flatMap(([event, { pid }]) => (event === 'line.started' ? [Number(pid)] : []));
}

/** Resolves when that is so, which nobody tells. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(systemClock, 5);
}

test('a call is let in, carried, told of in order, and ended by an order of the desk', async (t) => {
  const { lines, port, of, when } = await desk(t);
  assert.equal(lines.ready(), true);
  const caller = await openStream(port, callId(1));
  await caller.echoes(frame(1));
  for (const name of ['a', 'b', 'c']) caller.mark(name);
  await when(() => of(callId(1)).length === 4);
  const call = { organisation, id: callId(1), turn: 1 };
  assert.equal(lines.order(call, { do: 'prompt', instruction: 'Hello.' }), true);
  assert.equal(lines.order(call, { do: 'close' }), true);
  assert.deepEqual(await caller.closed, [1000, '']);
  await when(() => of(callId(1)).at(-1)?.type === 'closed');
  assert.deepEqual(of(callId(1)), [
    { type: 'opened' },
    ...['a', 'b', 'c'].map((text) => ({ type: 'heard', text })),
    { type: 'spoke', text: 'Hello.' },
    { type: 'closed', how: 'asked' },
  ]);
  await until(() => !lines.order(call, { do: 'close' }));
});

test('a stream that the desk does not let in is closed with the reason, as a code', async (t) => {
  const { port, told } = await desk(t);
  const caller = await openStream(port, 'made-up');
  assert.deepEqual(await caller.closed, [1008, 'stream-token-invalid']);
  assert.deepEqual(told, []);
});

test('a mistake of the desk closes the stream that asked and nothing else', async (t) => {
  const { port, logged } = await desk(t, { desk: { join: () => Promise.reject(new TypeError('secret detail')) } });
  const caller = await openStream(port, callId(1));
  assert.deepEqual(await caller.closed, [1008, 'internal']);
  assert.ok(logged.some(([event]) => event === 'error.internal'));
  assert.doesNotMatch(JSON.stringify(logged), /secret detail/);
});

test('a line that is killed is replaced at once: its calls end for desk and carrier, and new ones are taken', async (t) => {
  const held = await desk(t);
  const { port, of, when } = held;
  const caller = await openStream(port, callId(1));
  await caller.echoes(frame(1));
  await when(() => of(callId(1)).length === 1);
  const [first] = started(held);
  process.kill(first ?? 0, 'SIGKILL');
  assert.deepEqual(await caller.closed, [1006, '']);
  await when(() => started(held).length === 2);
  await when(() => of(callId(1)).length === 2);
  assert.deepEqual(of(callId(1)), [{ type: 'opened' }, { type: 'closed', how: 'dropped' }]);
  const next = await openStream(port, callId(2));
  await next.echoes(frame(2));
});

test('a line that cannot be started leaves its desk without live audio, and nothing hangs', async (t) => {
  const broken = {
    program: [join(import.meta.dirname, 'there-is-no-such-program.ts')] as const,
    stderr: 'ignore' as const,
  };
  const { lines, port, logged } = await desk(t, { fork: broken });
  assert.equal(lines.ready(), false);
  assert.ok(logged.some(([event, { code }]) => event === 'line.ended' && code === 1));
  await assert.rejects(connectStream(port));
});

test('signals that reach the line as well do not cut its calls while its desk lives', async (t) => {
  const held = await desk(t);
  const caller = await openStream(held.port, callId(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    process.kill(started(held)[0] ?? 0, signal);
    await caller.echoes(frame(started(held).length));
  }
  assert.equal(started(held).length, 1);
});

test('draining takes no new stream, cuts none, and is over when the last call has ended', async (t) => {
  const { lines, port, of } = await desk(t);
  const caller = await openStream(port, callId(1));
  await caller.echoes(frame(1));
  let isOver = false;
  const drained = lines.drain().then(() => (isOver = true));
  assert.equal(lines.ready(), false);
  await assert.rejects(connectStream(port));
  await caller.echoes(frame(2));
  assert.equal(isOver, false);
  caller.send({ event: 'stop' });
  caller.cut();
  await drained;
  assert.deepEqual(of(callId(1)), [{ type: 'opened' }, { type: 'closed', how: 'stopped' }]);
});

test('whoever is in a hurry, or has waited long enough, gets the last calls closed in order', async (t) => {
  for (const isHurried of [true, false]) {
    const { lines, port, of } = await desk(t, { env: { SOTTO_DRAIN_MINUTES: isHurried ? '60' : '0' } });
    const caller = await openStream(port, callId(1));
    await caller.echoes(frame(1));
    const hurry = new AbortController();
    const drained = lines.drain(isHurried ? hurry.signal : undefined);
    hurry.abort();
    assert.deepEqual(await caller.closed, [1000, '']);
    await drained;
    assert.deepEqual(of(callId(1)).at(-1), { type: 'closed', how: 'asked' });
  }
});

test('a flood of sockets is refused beyond the limit, those within are served, and whoever leaves makes room', async (t) => {
  const { port } = await desk(t, { env: { SOTTO_MAX_SOCKETS: '3' } });
  const flood = await Promise.allSettled(Array.from({ length: 40 }, () => connectStream(port)));
  const inside = flood.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  assert.equal(inside.length, 3);
  for (const one of flood) {
    if (one.status === 'rejected') assert.match(String(one.reason), /503/);
  }
  for (const one of inside) one.cut();
  await Promise.all(inside.map(({ closed }) => closed));
  // The line learns a moment later that they left.
  for (;;) {
    const caller = await openStream(port, callId(1)).catch(() => undefined);
    if (caller) return caller.echoes(frame(1));
  }
});

test('what the desk could not write down now is written down later, and the line waits for it', async (t) => {
  const state = { failures: 2 };
  const happened = async () => {
    if (state.failures-- > 0) throw problem('database-unavailable', 'The database is away.');
  };
  const { lines, port, of } = await desk(t, { desk: { happened } });
  const caller = await openStream(port, callId(1));
  caller.mark('a');
  await caller.echoes(frame(1));
  caller.cut();
  await lines.drain();
  assert.deepEqual(of(callId(1)), [
    { type: 'opened' },
    { type: 'heard', text: 'a' },
    { type: 'closed', how: 'dropped' },
  ]);
});

test('a line says how it is doing', async (t) => {
  const { lines } = await desk(t);
  await until(() => lines.load().length === 1);
  const [load] = lines.load();
  assert.ok(load && load.rssBytes > 1_000_000 && load.calls === 0 && !load.draining);
});

test("a connection that a line opened behind everybody's back is told to its desk", async (t) => {
  const stranger = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  t.after(() => stranger.close());
  const { port } = stranger.address() as AddressInfo;
  const { lines } = await desk(t, { fork: { ...echoLine, program: [...echoLine.program, String(port)] } });
  await until(() => lines.load().some(({ sockets }) => sockets.unexpected.length > 0));
  const [load] = lines.load();
  assert.deepEqual(load?.sockets, { egress: 0, database: 0, unexpected: [{ peer: `127.0.0.1:${port}`, count: 1 }] });
});

test('a desk that closes leaves no process and no file behind', async (t) => {
  const dataDir = await folder(t);
  const opened = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir } });
  const [pid] = started(opened);
  assert.equal((await readdir(join(dataDir, 'line'))).length, 2);
  await opened.close();
  assert.deepEqual(await readdir(join(dataDir, 'line')), []);
  assert.throws(() => process.kill(pid ?? 0, 0), { code: 'ESRCH' });
});

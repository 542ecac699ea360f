import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { manualClock, pause, systemClock, type Clock, type LogEvent } from '#base';
import { callId, openLineDesk, type LineDesk, type LineDeskOptions } from '../../../test/line-desk.ts';
import { frame, openStream } from '../../../test/stream-caller.ts';

const babbling = join(import.meta.dirname, '../../../test/children/babbling-line.ts');

/** A desk whose time moves when told. */
async function desk(t: TestContext, given: Partial<LineDeskOptions> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-watch-'));
  const clock = manualClock(Date.UTC(2026, 0, 5));
  const opened = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir }, clock, ...given });
  t.after(async () => {
    const closing = opened.close();
    // Time goes on, so that nothing can wait for ever.
    let isClosed = false;
    void closing.then(() => (isClosed = true));
    while (!isClosed) {
      clock.advance(100);
      await pause(systemClock, 5);
    }
    await rm(dataDir, { recursive: true, force: true });
  });
  return { ...opened, clock };
}

function count({ logged }: LineDesk, event: LogEvent): number {
  return logged.filter(([one]) => one === event).length;
}

test('a line that is stuck is killed and replaced', async (t) => {
  const held = await desk(t);
  const caller = await openStream(held.port, callId(1));
  await caller.echoes(frame(1));
  const pid = Number(held.logged.find(([event]) => event === 'line.started')?.[1]['pid']);
  process.kill(pid, 'SIGSTOP');
  held.clock.advance(29_999);
  assert.equal(count(held, 'line.ended'), 0);
  held.clock.advance(30_000);
  assert.deepEqual(await caller.closed, [1006, '']);
  await held.when(() => count(held, 'line.started') === 2);
  const next = await openStream(held.port, callId(2));
  await next.echoes(frame(2));
});

test('a line that cannot be talked to is let go after some tries, and another one is started', async (t) => {
  const held = await desk(t, { fork: { program: [babbling], stderr: 'ignore' } });
  while (count(held, 'line.started') < 2) {
    held.clock.advance(1_000);
    await pause(systemClock, 5);
  }
  const events = held.logged.map(([event]) => event);
  const untilSecond = events.slice(0, events.lastIndexOf('line.started'));
  assert.ok(untilSecond.filter((event) => event === 'line.link-lost').length >= 9);
  assert.ok(held.logged.some(([event, { why }]) => event === 'line.link-lost' && why === 'malformed'));
});

test('a line that dies again and again is started again after pauses that grow', async (t) => {
  const program = [join(import.meta.dirname, 'there-is-no-such-program.ts')] as const;
  const clock = manualClock(0);
  const waits: number[] = [];
  const after: Clock['after'] = (waitMs, work) => {
    waits.push(waitMs);
    return clock.after(waitMs, work);
  };
  const held = await desk(t, { fork: { program, stderr: 'ignore' }, clock: { now: clock.now, after } });
  while (count(held, 'line.ended') < 6) {
    clock.advance(100);
    await pause(systemClock, 5);
  }
  // The first is replaced at once; 30 s is what each was given to get ready.
  assert.deepEqual(waits.filter((waitMs) => waitMs !== 30_000).slice(0, 4), [250, 500, 1_000, 2_000]);
});

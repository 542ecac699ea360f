import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { manualClock, systemRandom, turnEnd, type LogFields } from '#base';
import { openRecorder, type Recorder } from './recorder.ts';
import { objectOf, openSegment, segmentMs, silence } from './segment.ts';
import { testObjects, type TestObjects } from '../../../test/objects.ts';

const prefix = 'recordings/00000000-0000-7000-8000-0000000000c1/00000000-0000-7000-8000-00000000000d';

type Studio = {
  readonly recorder: Recorder;
  readonly objects: TestObjects;
  readonly key: Buffer;
  readonly clock: ReturnType<typeof manualClock>;
  readonly logged: readonly (LogFields | undefined)[];
};

async function studio(t: TestContext): Promise<Studio> {
  const objects = await testObjects(t);
  const clock = manualClock(Date.UTC(2026, 10, 20, 12));
  const key = systemRandom.bytes(32);
  const logged: (LogFields | undefined)[] = [];
  const reach = {
    objects,
    clock,
    random: systemRandom,
    log: (_event: string, fields?: LogFields) => void logged.push(fields),
  };
  const recorder = openRecorder(reach, { key: key.toString('base64'), prefix });
  return { recorder, objects, key, clock, logged };
}

/** A frame of the caller's or the agent's that nothing else sounds like: never silence, told apart by time. */
function sound(who: 'caller' | 'agent', atMs: number): Buffer {
  const frame = Buffer.alloc(160, (who === 'caller' ? 0x00 : 0x40) + 1 + ((atMs / 20) % 50));
  frame.writeUInt32BE(atMs, 0);
  return frame;
}

const quiet = Buffer.alloc(160, silence);

type Talk = { readonly from?: number; readonly to: number };

/** Both talk without a break, twenty milliseconds at a time. */
function talk(
  { recorder }: Studio,
  { from = 0, to }: Talk,
  who: readonly ('caller' | 'agent')[] = ['caller', 'agent'],
) {
  for (let at = from; at < to; at += 20) {
    if (who.includes('agent')) recorder.agent(sound('agent', at).toString('base64'), at);
    if (who.includes('caller')) recorder.caller(sound('caller', at).toString('base64'), at);
  }
}

type Played = { readonly caller: readonly Buffer[]; readonly agent: readonly Buffer[]; readonly whole: boolean };

/** Everything that lies in the store, opened segment by segment. */
async function played({ objects, key }: Studio): Promise<Played> {
  const caller: Buffer[] = [];
  const agent: Buffer[] = [];
  let whole = false;
  for (let index = 0; ; index += 1) {
    const sealed = await objects.get(objectOf({ prefix, index }));
    if (!sealed) return { caller, agent, whole };
    const segment = openSegment(key, { prefix, index }, sealed);
    assert.ok(segment, `segment ${index} opens`);
    assert.ok(!whole, 'nothing follows the last one');
    whole = segment.last;
    for (let at = 0; at < segment.plain.length; at += 320) {
      caller.push(segment.plain.subarray(at, at + 160));
      agent.push(segment.plain.subarray(at + 160, at + 320));
    }
  }
}

/** Lets the recorder's own work go on until it is so. Its clock stands still, unless it is moved on every turn. */
async function until({ clock }: Studio, isSo: () => boolean | Promise<boolean>, eachMs = 0): Promise<void> {
  while (!(await isSo())) {
    clock.advance(eachMs);
    await turnEnd();
  }
}

/** What `finish` comes to while the clock moves. */
async function finished(here: Studio, atMs: number, eachMs = 0): Promise<unknown> {
  const told: unknown[] = [];
  void here.recorder.finish(atMs).then((outcome) => told.push(outcome));
  await until(here, () => told.length > 0, eachMs);
  return told[0];
}

const stored = async ({ objects }: Studio) => (await objects.list(prefix)).names.length;

test('both directions come back frame by frame where they were heard, in pieces of five seconds', async (t) => {
  const here = await studio(t);
  talk(here, { to: 1_000 }, ['agent']);
  here.recorder.announced(1_000);
  talk(here, { from: 1_000, to: 12_340 });
  assert.deepEqual(await here.recorder.finish(12_340), { segments: 3, ms: 12_340, announced: true });
  const { caller, agent, whole } = await played(here);
  assert.equal(whole, true);
  assert.equal(agent.length, 617);
  agent.forEach((frame, at) => assert.deepEqual(frame, sound('agent', at * 20), `agent ${at}`));
  caller.forEach((frame, at) => assert.deepEqual(frame, at < 50 ? quiet : sound('caller', at * 20), `caller ${at}`));
});

test('nothing is stored before the announcement has been played, and nothing that the caller said before it', async (t) => {
  const here = await studio(t);
  talk(here, { to: 12_000 });
  await turnEnd();
  assert.equal(here.objects.puts, 0);
  here.recorder.announced(12_000);
  talk(here, { from: 12_000, to: 13_000 });
  await here.recorder.finish(13_000);
  const { caller, agent } = await played(here);
  assert.ok(caller.slice(0, 600).every((frame) => frame.equals(quiet)));
  assert.deepEqual(agent[0], sound('agent', 0), 'the announcement itself is inside');
  assert.deepEqual(caller[600], sound('caller', 12_000));
});

test('without the announcement nothing is ever stored: not within the half minute, and not when it comes too late', async (t) => {
  for (const to of [8_000, 45_000]) {
    const here = await studio(t);
    talk(here, { to });
    if (to > 30_000) here.recorder.announced(to);
    talk(here, { from: to, to: to + 6_000 });
    const nothing = { segments: 0, ms: 0, announced: false };
    assert.deepEqual(await here.recorder.finish(to + 6_000), nothing);
    assert.equal(here.objects.puts, 0);
    assert.deepEqual(
      here.logged.map((fields) => fields?.['why']),
      to < 30_000 ? [] : ['not-announced'],
    );
  }
});

test('a crash loses the open segment and no other', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 19_980 });
  await until(here, async () => (await stored(here)) === 3);
  const { caller, agent, whole } = await played(here);
  assert.deepEqual([caller.length, agent.length, whole], [750, 750, false]);
  assert.deepEqual(caller[749], sound('caller', 14_980));
});

test('frames that are missing are silence, and those that come a little early or late stay in line', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  const jitter = [0, 7, -9, 12, 3, -12, 0, 9];
  for (let at = 0; at < 2_000; at += 20) {
    const lost = at >= 600 && at < 660;
    const off = jitter[(at / 20) % 8]!;
    if (!lost) here.recorder.caller(sound('caller', at).toString('base64'), Math.max(0, at + off));
  }
  await here.recorder.finish(2_000);
  const { caller, agent } = await played(here);
  assert.equal(caller.length, 100);
  caller.forEach((frame, at) => {
    assert.deepEqual(frame, at >= 30 && at < 33 ? quiet : sound('caller', at * 20), `frame ${at}`);
  });
  assert.ok(agent.every((frame) => frame.equals(quiet)));
});

test('audio that comes in other pieces than frames is put together', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  const all = Buffer.concat(Array.from({ length: 400 }, (_, at) => sound('agent', at * 20)));
  for (let at = 0; at < all.length;) {
    const size = [1, 80, 240, 1_000, 37][at % 5]!;
    here.recorder.agent(all.subarray(at, at + size).toString('base64'), at / 8);
    at += size;
  }
  await here.recorder.finish(8_000);
  assert.deepEqual(Buffer.concat((await played(here)).agent), all);
});

test('what was cut before it was played is not in the recording', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 1_000 }, ['caller']);
  talk(here, { to: 1_400 }, ['agent']);
  here.recorder.agentCut(1_010);
  talk(here, { from: 1_000, to: 2_000 }, ['caller']);
  talk(here, { from: 1_600, to: 2_000 }, ['agent']);
  await here.recorder.finish(2_000);
  const { agent } = await played(here);
  const expected = (at: number) => (at < 1_000 || at >= 1_600 ? sound('agent', at) : quiet);
  agent.forEach((frame, at) => {
    if (at !== 50) assert.deepEqual(frame, expected(at * 20), `frame ${at}`);
  });
  assert.deepEqual(agent[50]!.subarray(80), quiet.subarray(80), 'cut in the middle of a frame');
});

test('the last segment is marked as such wherever the end falls', async (t) => {
  for (const to of [20, 4_980, 5_000, 5_020, 10_000]) {
    const here = await studio(t);
    here.recorder.announced(0);
    talk(here, { to });
    const told = await here.recorder.finish(to);
    const { caller, whole } = await played(here);
    assert.deepEqual([told?.ms, caller.length * 20, whole], [to, to, true], String(to));
    assert.equal(told?.segments, await stored(here));
  }
});

test('what is said around a pressed key is silent, in what is stored already as well', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 5_200 });
  await until(here, async () => (await stored(here)) === 1);
  const before = (await here.objects.get(objectOf({ prefix, index: 0 })))!;
  here.recorder.digits(5_200);
  talk(here, { from: 5_200, to: 7_000 });
  await here.recorder.finish(7_000);
  const after = (await here.objects.get(objectOf({ prefix, index: 0 })))!;
  assert.notDeepEqual(after.subarray(2, 14), before.subarray(2, 14), 'a nonce is used once');
  const { caller, agent } = await played(here);
  caller.forEach((frame, at) => {
    const isBlank = at * 20 >= 4_700 && at * 20 < 6_200;
    assert.deepEqual(frame, isBlank ? quiet : sound('caller', at * 20), `frame ${at}`);
  });
  agent.forEach((frame, at) => assert.deepEqual(frame, sound('agent', at * 20)));
});

test('a stretch that a card number was said in goes both ways, from every segment it touches', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 17_000 });
  await until(here, async () => (await stored(here)) === 3);
  here.recorder.blank(4_000, 16_000);
  talk(here, { from: 17_000, to: 18_000 });
  assert.deepEqual(await here.recorder.finish(18_000), { segments: 4, ms: 18_000, announced: true });
  const { caller, agent, whole } = await played(here);
  assert.equal(whole, true);
  for (const [who, frames] of Object.entries({ caller, agent }) as ['caller' | 'agent', Buffer[]][]) {
    frames.forEach((frame, at) => {
      const isBlank = at * 20 >= 4_000 && at * 20 < 16_000;
      assert.deepEqual(frame, isBlank ? quiet : sound(who, at * 20), `${who} ${at}`);
    });
  }
});

test('a stretch that cannot be made silent takes the whole recording with it', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 9_000 });
  await until(here, async () => (await stored(here)) === 1);
  here.objects.isDown = true;
  here.recorder.blank(1_000, 2_000);
  assert.deepEqual(await finished(here, 9_000, 100), { segments: 0, ms: 0, announced: false });
});

test('a store that comes back within half a minute has lost nothing', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  here.objects.isDown = true;
  talk(here, { to: 33_000 });
  await until(here, () => here.objects.puts > 3, 100);
  here.objects.isDown = false;
  here.clock.advance(4_000);
  talk(here, { from: 33_000, to: 34_000 });
  assert.deepEqual(await finished(here, 34_000), { segments: 7, ms: 34_000, announced: true });
  assert.equal((await played(here)).whole, true);
});

test('a store that stays down ends the recording, not the call, and little is kept waiting for it', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 11_000 });
  await until(here, async () => (await stored(here)) === 2);
  here.objects.isDown = true;
  const before = process.memoryUsage().arrayBuffers;
  talk(here, { from: 11_000, to: 20 * 60_000 });
  const held = process.memoryUsage().arrayBuffers - before;
  assert.ok(held < 20_000_000, `${held} bytes for twenty minutes`);
  assert.deepEqual(here.logged, [{ recording: prefix.slice(-36), why: 'store-behind' }]);
  here.objects.isDown = false;
  assert.equal(await finished(here, 20 * 60_000), undefined, 'it did not come to its end, and nobody says that it did');
  const { caller, whole } = await played(here);
  assert.equal(whole, false);
  assert.ok(caller.length >= 500);
});

test('frames of a time that cannot be end the recording instead of filling the store with silence', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 6_000 });
  here.recorder.caller(sound('caller', 0).toString('base64'), Number.NaN);
  here.recorder.caller(sound('caller', 0).toString('base64'), -5);
  here.recorder.caller(sound('caller', 0).toString('base64'), 1e12);
  assert.deepEqual(
    here.logged.map((fields) => fields?.['why']),
    ['time-jumped'],
  );
  assert.equal(await here.recorder.finish(1e12), undefined);
  assert.equal(await stored(here), 1);
});

test('nothing lies on the disk in the clear', async (t) => {
  const here = await studio(t);
  here.recorder.announced(0);
  talk(here, { to: 3 * segmentMs });
  await here.recorder.finish(3 * segmentMs);
  const entries = await readdir(here.objects.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  assert.ok(files.length >= 3);
  const bytes = Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
  for (const needle of [
    sound('caller', 200).subarray(4, 20),
    sound('agent', 200).subarray(4, 20),
    Buffer.alloc(8, silence),
  ]) {
    assert.equal(bytes.indexOf(needle), -1);
  }
});

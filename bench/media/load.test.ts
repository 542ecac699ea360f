import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openStream, type CarrierTally } from './carrier-call.ts';
import { judge, type Figures } from './figures.ts';
import { openSession, type ModelTally, type Session } from './model-session.ts';
import { openSamples } from './samples.ts';
import { frameBytes, readFrame, stampFrame } from './stamp.ts';
import { dialWire, listenWire, type Wire } from './wire.ts';

test('a frame tells its call, place and time, and shows when any byte of it was changed', () => {
  const frame = Buffer.alloc(frameBytes);
  const stamp = { call: 199, seq: 3_000, sentUs: 123_456_789_012 };
  stampFrame(frame, stamp);
  assert.deepEqual(readFrame(frame), stamp);
  for (let at = 12; at < frameBytes; at += 1) {
    frame[at]! ^= 1;
    assert.equal(readFrame(frame), 'altered');
    frame[at]! ^= 1;
  }
  assert.equal(readFrame(Buffer.alloc(frameBytes, 0xff)), 'silence');
});

test('messages of every length class pass both ways as they are', async (t) => {
  const echoed: string[] = [];
  const server = await listenWire((open) => {
    const wire = open({ text: (message) => wire.send(message.toString()), closed: () => {} });
  });
  t.after(() => server.close());
  const texts = [0, 1, 125, 126, 65_535, 65_536, 200_000].map((length) => 'ñ'.repeat(length));
  const { promise, resolve } = Promise.withResolvers<void>();
  const wire = await dialWire(
    `ws://127.0.0.1:${server.port}/`,
    {},
    {
      text: (message) => {
        echoed.push(message.toString());
        if (echoed.length === texts.length) resolve();
      },
      closed: resolve,
    },
  );
  for (const text of texts) wire.send(text);
  await promise;
  wire.close();
  assert.deepEqual(
    echoed.map((text) => text.length),
    texts.map((text) => text.length),
  );
  assert.deepEqual(echoed, texts);
});

/** What a bridge does with the n-th frame it passes on; undefined drops it. */
type Mangle = (payload: string, count: number) => string | undefined;

const honest: Mangle = (payload) => payload;

/** Plays one call over real sockets through a bridge with those faults, until the caller has spoken over an answer. */
async function playThrough(t: TestContext, faults: { up?: Mangle; down?: Mangle; clears?: boolean }): Promise<Figures> {
  const { up = honest, down = honest, clears = true } = faults;
  const sessions: Session[] = [];
  const modelTally: ModelTally = { upMs: openSamples(), isMeasuring: true, altered: 0, crossed: 0, silence: 0 };
  const model = await listenWire((open) => {
    const session: { current?: Session } = {};
    const wire = open({ text: (message) => session.current?.text(message), closed: () => {} });
    sessions.push((session.current = openSession(wire, modelTally)));
  });
  const bridge = await listenWire((open) => bridgeTo(model.port, open, { up, down, clears }));
  const tally: CarrierTally = {
    downMs: openSamples(),
    lateMs: openSamples(),
    isMeasuring: true,
    altered: 0,
    crossed: 0,
    marks: 0,
  };
  const url = `ws://127.0.0.1:${bridge.port}/`;
  const leg = { number: 3, url, headers: {}, accountSid: 'AC1', callSid: 'CA1', parameters: {} };
  // Time runs tenfold: both ends are only told it.
  const origin = performance.now();
  const now = () => origin + (performance.now() - origin) * 10;
  const stream = await openStream(leg, tally, origin);
  t.after(() => {
    stream.end();
    bridge.close();
    model.close();
  });
  await until(() => {
    stream.tick(now());
    for (const one of sessions) one.tick(now());
    return (sessions[0]?.read().answers.length ?? 0) >= 2;
  });
  for (const one of sessions) one.hush();
  stream.hush();
  const lastHeard = () => sessions[0]!.read().answers.at(-1)!.last;
  await settled(() => `${lastHeard()} ${stream.read().got.spans.at(-1)?.last}`);
  const nothing = { cpuSeconds: 0, rssBytes: 0 };
  const idle = { usedSeconds: 0, ourSeconds: 0 };
  const costs = { main: nothing, child: nothing, postgres: nothing };
  return judge(
    { ...tally, calls: [stream.read()], downMs: tally.downMs.values(), lateMs: tally.lateMs.values(), aheadMs: 0 },
    { ...modelTally, sessions: sessions.map((one) => one.read()), upMs: modelTally.upMs.values() },
    { calls: 1, tookMs: 1, before: costs, from: costs, until: costs, machine: [idle, idle] },
  );
}

type Faults = { readonly up: Mangle; readonly down: Mangle; readonly clears: boolean };

function bridgeTo(port: number, open: (listener: { text(m: Buffer): void; closed(): void }) => Wire, faults: Faults) {
  const counts = { up: 0, down: 0 };
  const upstream = dialWire(
    `ws://127.0.0.1:${port}/`,
    {},
    {
      text(message) {
        const said = JSON.parse(message.toString()) as { type: string; delta: string };
        if (said.type === 'input_audio_buffer.speech_started' && faults.clears) carrier.send('{"event":"clear"}');
        if (said.type !== 'response.output_audio.delta') return;
        const payload = faults.down(said.delta, (counts.down += 1));
        if (payload !== undefined) carrier.send(JSON.stringify({ event: 'media', media: { payload } }));
      },
      closed: () => {},
    },
  );
  const carrier = open({
    text(message) {
      const said = JSON.parse(message.toString()) as { event: string; media: { payload: string } };
      if (said.event !== 'media') return;
      const audio = faults.up(said.media.payload, (counts.up += 1));
      if (audio === undefined) return;
      void upstream.then((wire) => wire.send(JSON.stringify({ type: 'input_audio_buffer.append', audio })));
    },
    closed: () => void upstream.then((wire) => wire.close()),
  });
}

/** Looks again and again, some thousand times a second, until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Comes back once what is looked at has stayed the same for fifty looks. */
async function settled(look: () => string): Promise<void> {
  for (let [same, last] = [0, look()]; same < 50; same += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (look() !== last) [same, last] = [0, look()];
  }
}

const clean = { lost: 0, altered: 0, crossed: 0, disordered: 0, missed: 0, stale: 0, dropped: 0 };

test('a bridge that passes on what it gets is found without fault, and its barge-ins are timed', async (t) => {
  const figures = await playThrough(t, {});
  assert.deepEqual(figures.wrongs, clean);
  assert.ok(figures.bargeIn.p50 >= 0 && figures.up.p50 >= 0 && figures.down.p50 >= 0);
});

test('a bridge that loses one frame is found out, whichever way it went', async (t) => {
  const losing: Mangle = (payload, count) => (count === 45 ? undefined : payload);
  assert.deepEqual((await playThrough(t, { up: losing })).wrongs, { ...clean, lost: 1 });
  assert.deepEqual((await playThrough(t, { down: losing })).wrongs, { ...clean, lost: 1 });
});

test('a bridge that changes one bit is found out', async (t) => {
  const changing: Mangle = (payload, count) => {
    const audio = Buffer.from(payload, 'base64');
    if (count === 45) audio[100]! ^= 1;
    return audio.toString('base64');
  };
  assert.deepEqual((await playThrough(t, { up: changing })).wrongs, { ...clean, lost: 1, altered: 1 });
});

test("a bridge that puts another call's frame in is found out, whichever way it went", async (t) => {
  const mixing: Mangle = (payload, count) => {
    if (count !== 45) return payload;
    const frame = Buffer.alloc(frameBytes);
    stampFrame(frame, { call: 4, seq: 1, sentUs: 0 });
    return frame.toString('base64');
  };
  assert.deepEqual((await playThrough(t, { up: mixing })).wrongs, { ...clean, lost: 1, crossed: 1 });
  assert.deepEqual((await playThrough(t, { down: mixing })).wrongs, { ...clean, lost: 1, crossed: 1 });
});

test('a bridge that goes on playing while the caller speaks is found out', async (t) => {
  const { wrongs } = await playThrough(t, { clears: false });
  assert.deepEqual(wrongs, { ...clean, missed: 1 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpeechLoss } from '#adapters/models';
import { giveBrain, type Mishap, type Moment } from '../../../test/live-brain.ts';
import { liveScene, type Scene } from '../../../test/live-scene.ts';

const moments: readonly Moment[] = [
  ...(['opening', 'ready', 'began', 'ended', 'understood'] as const),
  ...(['answering', 'mid-answer', 'answered', 'asked', 'result'] as const),
];
const hopeless: readonly SpeechLoss[] = ['key-refused', 'quota', 'refused'];
const passing: readonly SpeechLoss[] = ['unreachable', 'dropped', 'garbage', 'too-slow', 'expired', 'failed'];

type When = (moment: Moment, session: number) => Mishap | undefined;

/** At its first occurrence, or whenever it comes. */
function goesWrong(where: Moment, mishap: Mishap, times: 'once' | 'always'): When {
  let left = times === 'once' ? 1 : Number.POSITIVE_INFINITY;
  return (moment) => (moment === where && left-- > 0 ? mishap : undefined);
}

/** A conversation of three turns, the second of which needs a tool, with a desk that greets and runs tools. */
function converse(mishap: When, afterTurnMs = 8_000) {
  const events: { readonly what: 'ready' | 'lost'; readonly at: number }[] = [];
  const turnEnds: number[] = [];
  const scene: Scene = liveScene({
    opened: (session, count, clock) =>
      giveBrain(session, count, {
        clock,
        mishap,
        told: (what, at) => void events.push({ what, at }),
        usesTool: (turn) => turn === 2,
      }),
  });
  let seen = 0;
  const serve = () => {
    for (const happening of scene.told.slice(seen)) {
      seen += 1;
      if (happening.type === 'quiet') scene.call.order({ do: 'prompt', instruction: 'Ask whether they are there.' });
      if (happening.type === 'opened') scene.call.order({ do: 'prompt', instruction: 'Greet the caller.' });
      if (happening.type !== 'asks') continue;
      const { callId } = happening;
      scene.clock.after(400, () => scene.call.order({ do: 'result', callId, result: { ok: true, value: { callId } } }));
    }
  };
  const passes = (ms: number) => {
    for (let left = ms; left > 0; left -= 100) {
      scene.caller.isSilent(100);
      serve();
    }
  };
  serve();
  passes(5_000);
  for (let turn = 1; turn <= 3; turn += 1) {
    scene.caller.speaks(1_000);
    turnEnds.push(scene.clock.now());
    passes(afterTurnMs);
  }
  return { scene, events, turnEnds };
}

type Conversation = ReturnType<typeof converse>;

/** What the caller heard between two times. */
function soundsIn({ scene }: Conversation, from: number, to: number): boolean {
  return scene.carrier.frames.some(({ at, isCleared }) => !isCleared && at + 20 > from && at <= to);
}

function isLost({ scene: { told } }: Conversation): boolean {
  return told.some(({ type }) => type === 'model-lost');
}

/** When the stream was over for the caller. */
function endOf({ scene }: Conversation): number {
  return scene.carrier.closedAt ?? Number.POSITIVE_INFINITY;
}

/** What holds whatever goes wrong. */
function check(one: Conversation, say: string): void {
  const { scene, events, turnEnds } = one;
  const types = scene.told.map(({ type }) => type);
  const end = endOf(one);
  assert.deepEqual(scene.errors, [], say);
  if (isLost(one)) {
    assert.deepEqual(types.slice(-2), ['model-lost', 'closed'], say);
    assert.equal(scene.carrier.closedWith, 1000, say);
  } else {
    const last = turnEnds.at(-1)!;
    const isAnswered = scene.carrier.frames.some(({ at, payload }) => at > last && !isTone(payload));
    assert.ok(isAnswered, `${say}: the last turn was never answered`);
    assert.equal(end, Number.POSITIVE_INFINITY, say);
  }
  const inTime = (from: number) => end <= from + 2_000 || soundsIn(one, from, from + 2_000);
  for (const at of turnEnds) if (at < end) assert.ok(inTime(at), `${say}: silence after a turn at ${at}`);
  for (const { what, at } of events) {
    const isMended = events.some((other) => other.what === 'ready' && other.at > at && other.at <= at + 2_000);
    if (what === 'lost' && at < end) assert.ok(isMended || inTime(at), `${say}: silence after a loss at ${at}`);
  }
  assert.ok(scene.carrier.mostAheadMs <= 400, say);
  assert.ok(
    scene.sessions.slice(0, -1).every(({ isClosed }) => isClosed),
    `${say}: a session was left open`,
  );
  checkWords(one, say);
}

/** Every answer that was told is told to have been played or interrupted, once, before anything after it. */
function checkWords({ scene: { told } }: Conversation, say: string): void {
  let open = 0;
  for (const { type } of told) {
    if (type === 'spoke') open += 1;
    if (type === 'heard') assert.equal(open, 0, `${say}: the caller is told to have answered what is not over`);
    if ((type === 'played' || type === 'interrupted') && open > 0) open -= 1;
    assert.ok(open <= 1, say);
  }
}

function isTone(payload: string): boolean {
  return tones.has(payload);
}
const tones = new Set((await import('./tone.ts')).momentTone());

for (const where of moments) {
  test(`whatever goes wrong once at "${where}", the call goes on and the caller is not left in silence`, () => {
    const mishaps: readonly Mishap[] = [
      ...passing.map((why) => ({ do: 'lose', why }) as const),
      { do: 'hang' },
      { do: 'wait', ms: 1_000 },
      // A model that waits for more of the caller is not slow.
      ...(where === 'ended' ? [] : [{ do: 'wait', ms: 2_500 } as const]),
    ];
    for (const mishap of mishaps) {
      const one = converse(goesWrong(where, mishap, 'once'));
      check(one, `${where}: ${JSON.stringify(mishap)}`);
      assert.equal(isLost(one), false, `${where}: ${JSON.stringify(mishap)} was not mended`);
    }
  });

  test(`what goes wrong again and again at "${where}" ends in a call that goes on without the model`, () => {
    const mishaps: readonly Mishap[] = [
      ...passing.map((why) => ({ do: 'lose', why }) as const),
      { do: 'hang' },
      // Whether the caller has spoken, and to the end, is for the model to say: there it may take its time.
      ...(where === 'began' || where === 'ended'
        ? []
        : [{ do: 'ponder' } as const, { do: 'wait', ms: 30_000 } as const]),
    ];
    for (const mishap of mishaps)
      check(converse(goesWrong(where, mishap, 'always')), `always ${where}: ${JSON.stringify(mishap)}`);
  });

  test(`what cannot be mended is not tried again at "${where}"`, () => {
    for (const why of hopeless) {
      const one = converse(goesWrong(where, { do: 'lose', why }, 'once'));
      const { scene } = one;
      check(one, `${where}: ${why}`);
      assert.equal(scene.sessions.length, 1);
      const lost = scene.told.find(({ type }) => type === 'model-lost');
      assert.ok(lost?.type === 'model-lost' && lost.why === why);
    }
  });
}

test('a model that never hears the caller begin is asked for an answer in the end, and given up without one', () => {
  const one = converse(goesWrong('began', { do: 'ponder' }, 'always'), 16_000);
  assert.ok(isLost(one));
  assert.equal(one.scene.carrier.closedWith, 1000);
  assert.deepEqual(one.scene.errors, []);
});

test('a model that never hears the caller end is replaced, and asks for what nobody has understood', () => {
  const one = converse(goesWrong('ended', { do: 'ponder' }, 'once'), 16_000);
  const [, second] = one.scene.sessions;
  assert.match(second?.prompts[0] ?? '', /hear it again/);
  assert.equal(isLost(one), false);
  assert.deepEqual(one.scene.errors, []);
});

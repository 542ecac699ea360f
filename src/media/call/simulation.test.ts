import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { giveBrain, type Mishap, type Moment } from '../../../test/live-brain.ts';
import { liveScene, type Scene } from '../../../test/live-scene.ts';
import { frameBytes } from './audio.ts';
import { momentTone } from './tone.ts';

type Act =
  | { readonly do: 'speaks'; readonly ms: number }
  | { readonly do: 'isSilent'; readonly ms: number }
  | { readonly do: 'loses'; readonly ms: number }
  | { readonly do: 'stalls'; readonly ms: number }
  | { readonly do: 'presses'; readonly keys: string }
  | { readonly do: 'prompt' };

const ms = (min: number, max: number) => fc.integer({ min: min / 20, max: max / 20 }).map((frames) => frames * 20);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { arbitrary: ms(300, 3_000).map((length) => ({ do: 'speaks', ms: length }) as const), weight: 5 },
  { arbitrary: ms(100, 6_000).map((length) => ({ do: 'isSilent', ms: length }) as const), weight: 6 },
  ms(20, 1_500).map((length) => ({ do: 'loses', ms: length }) as const),
  ms(20, 1_500).map((length) => ({ do: 'stalls', ms: length }) as const),
  fc.constantFrom('1', '12#', '4111111111111111').map((keys) => ({ do: 'presses', keys }) as const),
  fc.constant({ do: 'prompt' } as const),
);
const anyMishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.constantFrom('dropped', 'garbage', 'failed', 'quota').map((why) => ({ do: 'lose', why }) as const),
  fc.constant({ do: 'hang' } as const),
  fc.constantFrom(200, 1_500, 5_000).map((wait) => ({ do: 'wait', ms: wait }) as const),
);
const anyMoment = fc.constantFrom<Moment>(
  ...(['opening', 'ready', 'began', 'ended', 'understood'] as const),
  ...(['answering', 'mid-answer', 'answered', 'asked', 'result'] as const),
);
/** What goes wrong, and how often its moment passes before. */
const anyTrouble = fc.array(fc.tuple(anyMoment, fc.nat({ max: 6 }), anyMishap), { maxLength: 4 });
const anyPlay = fc.record({
  acts: fc.array(anyAct, { minLength: 3, maxLength: 14 }),
  trouble: anyTrouble,
  echoMs: fc.constantFrom(0, 40, 200),
});
type Play = typeof anyPlay extends fc.Arbitrary<infer Value> ? Value : never;

type Answer = { readonly at: number; readonly pieces: Buffer[] };

/** Plays it, and everything that was given, lost and said on the way. */
function perform({ acts, trouble, echoMs }: Play) {
  const left = trouble.map(([moment, after, mishap]) => ({ moment, after, mishap, isDone: false }));
  const mishap = (moment: Moment): Mishap | undefined => {
    const one = left.find((other) => other.moment === moment && !other.isDone);
    if (!one || one.after-- > 0) return undefined;
    one.isDone = true;
    return one.mishap;
  };
  const answers: Answer[] = [];
  const scene: Scene = liveScene({
    opened(session, count, clock) {
      const { answering, audio } = session.tell;
      Object.assign(session.tell, {
        answering(name: string) {
          answers.push({ at: clock.now(), pieces: [] });
          answering(name);
        },
        audio(name: string, payload: string) {
          answers.at(-1)?.pieces.push(Buffer.from(payload, 'base64'));
          audio(name, payload);
        },
      });
      giveBrain(session, count, { clock, mishap, answerMs: 2_500, usesTool: (turn) => turn % 3 === 0 });
    },
  });
  scene.carrier.echoMs = echoMs;
  let seen = 0;
  const serve = () => {
    for (const happening of scene.told.slice(seen)) {
      seen += 1;
      if (happening.type === 'opened' || happening.type === 'quiet')
        scene.call.order({ do: 'prompt', instruction: 'Speak.' });
      if (happening.type !== 'asks') continue;
      const { callId } = happening;
      scene.clock.after(400, () => scene.call.order({ do: 'result', callId, result: { ok: true, value: {} } }));
    }
  };
  for (const act of [...acts, { do: 'isSilent', ms: 12_000 } as const]) {
    serve();
    if (act.do === 'presses') scene.caller.presses(act.keys);
    else if (act.do === 'prompt') scene.call.order({ do: 'prompt', instruction: 'Say something.' });
    else scene.caller[act.do](act.ms);
  }
  return { scene, answers };
}

const tones = new Set(momentTone());

test('whatever the caller, the carrier and the model do, the caller hears whole answers in order, cut where they cut them', () => {
  fc.assert(
    fc.property(anyPlay, (play) => {
      const { scene, answers } = perform(play);
      const { carrier } = scene;
      assert.ok(carrier.mostAheadMs <= 400, `${carrier.mostAheadMs} ms at the carrier`);
      const given = answers.map(({ pieces }) => Buffer.concat(pieces));
      let which = 0;
      let at = 0;
      for (const [sent, frame] of carrier.frames.entries()) {
        if (tones.has(frame.payload)) continue;
        const bytes = Buffer.from(frame.payload, 'base64');
        const isNext = () => {
          const own = given[which]?.subarray(at, at + frameBytes) ?? Buffer.alloc(0);
          return own.length > 0 && bytes.subarray(0, own.length).equals(own);
        };
        while (which < answers.length && !isNext()) {
          which += 1;
          at = 0;
        }
        assert.ok(which < answers.length, 'a frame that no answer holds, or not there');
        at += frameBytes;
        const cut = carrier.clears.findIndex(
          (cutAt, n) => carrier.clearedAfter[n]! <= sent && cutAt > answers[which]!.at,
        );
        assert.equal(cut, -1, 'a frame of an answer that was cut');
      }
    }),
    { numRuns: 150 },
  );
});

test('whatever happens, the story that the desk is told is whole: every answer is over once, and the end is told last', () => {
  fc.assert(
    fc.property(anyPlay, (play) => {
      const { scene } = perform(play);
      const wasOpen = scene.carrier.closedWith === undefined;
      scene.caller.stops();
      scene.clock.advance(3_000);
      assert.deepEqual(scene.errors, []);
      const types = scene.told.map(({ type }) => type);
      assert.equal(types[0], 'opened');
      assert.deepEqual(types.indexOf('closed'), types.length - 1);
      assert.equal(types.filter((type) => type === 'model-lost').length, wasOpen ? 0 : 1);
      let isOpen = false;
      for (const type of types) {
        if (type === 'spoke') assert.equal(isOpen, false);
        if (type === 'played') assert.equal(isOpen, true);
        if (type === 'spoke') isOpen = true;
        if (type === 'played' || type === 'interrupted') isOpen = false;
      }
      assert.equal(isOpen, false);
      assert.ok(scene.sessions.every(({ isClosed }) => isClosed));
    }),
    { numRuns: 150 },
  );
});

test('whatever is lost, somebody who has finished speaking hears something within two seconds', () => {
  const words = fc.tuple(ms(400, 2_000), ms(3_000, 6_000));
  // Whether a turn is over is for the model to say; there it may take its time.
  const trouble = anyTrouble.map((all) =>
    all.filter(([moment, , { do: what }]) => what !== 'wait' || (moment !== 'began' && moment !== 'ended')),
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), trouble, (turns, wrong) => {
      const acts = turns.flatMap(([speaks, isSilent]): Act[] => [
        { do: 'speaks', ms: speaks },
        { do: 'isSilent', ms: isSilent },
      ]);
      const { scene } = perform({ acts, trouble: wrong, echoMs: 0 });
      const { frames, closedAt = Number.POSITIVE_INFINITY } = scene.carrier;
      let now = 1_000_000;
      for (const [speaks, isSilent] of turns) {
        const from = now + speaks;
        const isHeard = frames.some(({ at, isCleared }) => !isCleared && at + 20 > from && at <= from + 2_000);
        assert.ok(isHeard || closedAt <= from + 2_000, `silence from ${from} on`);
        now = from + isSilent;
      }
    }),
    { numRuns: 200 },
  );
});

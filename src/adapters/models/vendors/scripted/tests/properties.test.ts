import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Json, ToolResult, TurnInput, TurnReply } from '../../../model.ts';
import receptionist from '../index.ts';
import { briefing, callerNumber, friday } from './desk.ts';
import { dialogues } from './all.ts';
import { inputOf } from './dialogue.ts';

const sentences = dialogues.flatMap(({ talk }) => talk.map(([caller]) => inputOf(caller)));
const tools = [
  'find-slot',
  'book',
  'find-mine',
  'move',
  'cancel',
  'take-message',
  'stop-calling',
  'transfer',
  'end-call',
  'unheard-of',
];
const whys = [
  'taken',
  'outside-hours',
  'past',
  'none-free',
  'not-found',
  'number-withheld',
  'busy',
  'no-answer',
  'not-offered',
  'failed',
  'unavailable',
  'input-invalid',
];

const slots = fc
  .uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 20 })
  .map((halfHours) => halfHours.toSorted((a, b) => a - b).map((at) => isoOf(friday + 1_800_000 * (at + 1))));
const appointments = fc.array(
  fc.record({
    appointmentId: fc.uuid(),
    startsAt: fc.integer({ min: 1, max: 400 }).map((at) => isoOf(friday + 1_800_000 * at)),
  }),
  { maxLength: 6 },
);
const value = fc.oneof(
  slots.map((list) => ({ slots: list })),
  appointments.map((list) => ({ appointments: list })),
  fc.uuid().map((appointmentId) => ({ appointmentId, startsAt: isoOf(friday + 86_400_000) })),
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
) as fc.Arbitrary<{ readonly [key: string]: Json }>;
const result: fc.Arbitrary<ToolResult> = fc.oneof(
  value.map((given) => ({ ok: true as const, value: given })),
  fc.constantFrom(...whys).map((why) => ({ ok: false as const, why })),
);
const heard = fc.record({
  type: fc.constant('heard' as const),
  text: fc.string({ maxLength: 300, unit: 'binary' }),
  interrupted: fc.boolean(),
});
const input: fc.Arbitrary<TurnInput> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...sentences) },
  { weight: 1, arbitrary: heard },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('digits' as const), digits: fc.string({ maxLength: 40 }) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'silence' as const, count: 1 }) },
  { weight: 1, arbitrary: fc.constant({ type: 'resumed' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('result' as const), tool: fc.constantFrom(...tools), result }),
  },
);
/** What came of the tool that was asked for, if one was; else the input. Most calls should make sense. */
const step = fc.record({ input, answer: result, answered: fc.integer({ min: 0, max: 9 }).map((roll) => roll > 0) });

type Happened = { readonly input: TurnInput; readonly reply: TurnReply; readonly text: string };

/** Plays a call, feeding each tool's result back unless it gets lost on the way. */
async function call(
  steps: readonly { input: TurnInput; answer: ToolResult; answered: boolean }[],
): Promise<Happened[]> {
  const happened: Happened[] = [];
  let next: TurnInput = { type: 'start', callerNumber };
  for (const one of steps) {
    const reply = await turn(happened.at(-1)?.reply.state ?? null, next);
    happened.push({ input: next, reply, text: reply.say.join(' ') });
    const { use } = reply;
    next =
      use && use.tool !== 'end-call' && one.answered
        ? { type: 'result', tool: use.tool, result: one.answer }
        : one.input;
  }
  return happened;
}

function turn(state: Json, next: TurnInput): Promise<TurnReply> {
  return receptionist.turn({ state: JSON.parse(JSON.stringify(state)) as Json, input: next, briefing, now: friday });
}

function isoOf(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'second' });
}

const calls = fc.array(step, { minLength: 1, maxLength: 25 });

test('whatever happens, it never breaks, never falls dumb, and never says the same three times running', async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (steps) => {
      const texts = (await call(steps)).map(({ text, reply }) => {
        assert.ok(text !== '' || reply.use !== undefined, 'neither words nor a tool');
        assert.doesNotMatch(text, /[{}[\]]|undefined|NaN/, text);
        return text;
      });
      for (const [at, text] of texts.entries()) {
        assert.ok(text === '' || text !== texts[at - 1] || text !== texts[at - 2], `three times: ${text}`);
      }
    }),
    { seed: 20_261_120, numRuns: 150 },
  );
});

test('the state stays JSON, and small', async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (steps) => {
      for (const { reply } of await call(steps)) {
        assert.deepEqual(JSON.parse(JSON.stringify(reply.state)), reply.state);
        assert.ok(Buffer.byteLength(JSON.stringify(reply.state)) <= 8_192);
      }
    }),
    { seed: 20_261_120, numRuns: 100 },
  );
});

/** Words that claim something was done, by the tool whose result alone allows them. */
const claims: readonly (readonly [tool: string, words: RegExp])[] = [
  ['book', /You're booked|appointment is booked|queda reservada|está reservada/],
  ['move', /is moved to|It's moved|queda cambiada|Cambiada:/],
  ['cancel', /is cancelled|queda anulada|está anulada/],
  ['take-message', /message is saved|mensaje queda guardado|mensaje está guardado/],
  ['stop-calling', /do-not-call list|will not be called any more|lista de no llamar|No se llamará más/],
];

test('nothing is called done before its tool said so', async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (steps) => {
      const confirmed = new Set<string>();
      for (const { input: came, text } of await call(steps)) {
        if (came.type === 'result' && came.result.ok) confirmed.add(came.tool);
        for (const [tool, words] of claims) {
          assert.ok(confirmed.has(tool) || !words.test(text), `"${text}" without an ok from ${tool}`);
        }
      }
    }),
    { seed: 20_261_120, numRuns: 100 },
  );
});

test('a silent line is hung up on within a few silences, from any point of any call', async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (steps) => {
      let state = (await call(steps)).at(-1)?.reply.state ?? null;
      for (let silences = 0; silences < 13; silences++) {
        const reply = await turn(state, { type: 'silence', count: silences + 1 });
        if (reply.use?.tool === 'end-call') return;
        state = reply.state;
      }
      assert.fail('still talking to nobody');
    }),
    { seed: 20_261_120, numRuns: 100 },
  );
});

const wishes = [
  'book tomorrow',
  'I need an appointment next week',
  'book the earliest',
  'book me for Monday afternoon',
  'book Wednesday at 3',
];
const answers = ['later', 'another day', 'something earlier', 'none of those', 'Tuesday', 'at 11', 'after 3', 'no'];

test('only times that find-slot gave are offered, kept and spoken', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...wishes),
      fc.array(fc.constantFrom(...answers), { maxLength: 6 }),
      fc.array(slots, { minLength: 8, maxLength: 8 }),
      async (wish, more, given) => {
        let state: Json = (await turn(null, { type: 'start', callerNumber })).state;
        const free = new Set<string>();
        for (const text of [wish, ...more]) {
          const reply = await looked(state, text, given, free);
          state = reply.state;
          checkOffers(reply, free);
        }
      },
    ),
    { seed: 20_261_120, numRuns: 100 },
  );
});

/** Answers every look at the calendar with one of the given lists; all that was free so far is put into `free`. */
async function looked(state: Json, text: string, given: readonly string[][], free: Set<string>): Promise<TurnReply> {
  let reply = await turn(state, { type: 'heard', text, interrupted: false });
  for (let looks = 0; reply.use?.tool === 'find-slot'; looks++) {
    const list = given[(looks + text.length) % given.length] ?? [];
    for (const slot of list) free.add(slot);
    const answer: ToolResult =
      list.length === 0 ? { ok: false, why: 'none-free' } : { ok: true, value: { slots: list } };
    reply = await turn(reply.state, { type: 'result', tool: 'find-slot', result: answer });
    assert.ok(looks < 4, 'looks and looks');
  }
  return reply;
}

function checkOffers({ state, say }: TurnReply, free: ReadonlySet<string>): void {
  const { hunt } = state as { hunt: { offered: number[]; chosen: number | null } | null };
  const chosen = hunt?.chosen ?? null;
  for (const at of [...(hunt?.offered ?? []), ...(chosen === null ? [] : [chosen])]) {
    assert.ok(free.has(isoOf(at * 60_000)), `${isoOf(at * 60_000)} was never free`);
  }
  const clocks = new Set(
    [...free].map((at) => clockOf(Temporal.Instant.from(at).toZonedDateTimeISO(briefing.timeZone))),
  );
  const offering = say.filter((sentence) => !/isn't free|is taken/.test(sentence)).join(' ');
  for (const [, clock] of offering.matchAll(/\bat (\d{1,2}(?::\d\d)?)/g)) {
    assert.ok(clocks.has(clock!), `${clock} was spoken: ${offering}`);
  }
}

function clockOf({ hour, minute }: Temporal.ZonedDateTime): string {
  return `${hour % 12 || 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}`;
}

test('asked whether it is a machine, it never denies, at any point of any call', async () => {
  const questions = [
    'Are you a robot?',
    'are you a real person',
    'is this an AI',
    '¿Es usted un robot?',
    'am I talking to a human?',
  ];
  await fc.assert(
    fc.asyncProperty(calls, fc.constantFrom(...questions), async (steps, question) => {
      const state = (await call(steps)).at(-1)?.reply.state ?? null;
      const reply = await turn(state, { type: 'heard', text: question, interrupted: false });
      assert.match(reply.say.join(' '), /\bAI\b|artificial/);
    }),
    { seed: 20_261_120, numRuns: 100 },
  );
});

test('a state it cannot read is a new call, not a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), input, async (state, next) => {
      const reply = await turn(state as Json, next);
      assert.ok(reply.say.length > 0 || reply.use !== undefined);
      assert.ok((await receptionist.debrief({ state: state as Json, briefing, now: friday })).summary !== '');
    }),
    { seed: 20_261_120, numRuns: 150 },
  );
});

test('a state with one member gone wrong is never trusted', async () => {
  const good =
    (await call([{ input: inputOf('book monday at 9'), answer: { ok: true, value: {} }, answered: true }])).at(-1)
      ?.reply.state ?? {};
  const keys = Object.keys(good as object);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...keys), fc.jsonValue(), input, async (key, wrong, next) => {
      const reply = await turn({ ...(good as object), [key]: wrong } as Json, next);
      assert.ok(reply.say.length > 0 || reply.use !== undefined);
    }),
    { seed: 20_261_120, numRuns: 150 },
  );
});

test('the same turn gives the same reply', async () => {
  await fc.assert(
    fc.asyncProperty(calls, input, async (steps, next) => {
      const state = (await call(steps)).at(-1)?.reply.state ?? null;
      assert.deepEqual(await turn(state, next), await turn(state, next));
    }),
    { seed: 20_261_120, numRuns: 100 },
  );
});

test('every debrief names an outcome and tells it in a sentence', async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (steps) => {
      const state = (await call(steps)).at(-1)?.reply.state ?? null;
      const debrief = await receptionist.debrief({ state, briefing, now: friday });
      assert.match(debrief.summary, /\p{L}.*[.!?]$/u);
      assert.doesNotMatch(debrief.summary, /[{}]|undefined|NaN/);
      assert.ok(debrief.outcome !== 'do-not-contact' || !debrief.isLead);
    }),
    { seed: 20_261_120, numRuns: 100 },
  );
});

import type { Deed, Fault, Moment } from '../stand-in-model/faults.ts';

/** One call of the drill: what goes wrong in it, and where. */
export type Case = {
  /** Both together are the name of the case. */
  readonly fault: string;
  readonly step: string;
  readonly faults: readonly Fault[];
  /** Whether the vendor tells what was said only after its answer; what is lost until then, nobody knows. */
  readonly wordsComeLate?: boolean;
  /** Whether the carrier's text relay breaks as well, as often as it is opened. */
  readonly losesRelay?: boolean;
  /** Whether the vendor does not know the key. */
  readonly hasWrongKey?: boolean;
};

/** Where in the conversation something can go wrong: at such a moment, after so many of them have passed. */
type Place = { readonly step: string; readonly at: Moment; readonly after: number };

type Mishap = {
  readonly fault: string;
  readonly deed: Deed;
  /** The moments at which it makes sense; default any but `due`. */
  readonly at?: readonly Moment[];
  /** What becomes of every handshake from then on. */
  readonly next?: Deed;
  readonly isLate?: boolean;
};

/**
 * The conversation of `receptionist.ts`: what the stand-in comes by, in order. Answers are counted from the greeting on,
 * turns from the caller's first question.
 */
const places: readonly Place[] = [
  ...answered('greeting', 0),
  ...turn('question', { turns: 0, answers: 1 }),
  ...turn('message', { turns: 1, answers: 2 }),
  { step: 'tool that is asked for', at: 'tool', after: 0 },
  { step: 'tool result', at: 'result', after: 0 },
  ...answered('tool result', 3),
  ...turn('second question', { turns: 2, answers: 4 }),
  ...turn('goodbye', { turns: 3, answers: 5 }),
  { step: 'tool that ends the call', at: 'tool', after: 1 },
];

function turn(step: string, { turns, answers }: { turns: number; answers: number }): readonly Place[] {
  return [
    { step: `${step}: caller begins`, at: 'caller-begins', after: turns },
    { step: `${step}: caller has ended`, at: 'turn', after: turns },
    ...answered(step, answers),
  ];
}

function answered(step: string, after: number): readonly Place[] {
  return [
    { step: `${step}: answer due`, at: 'due', after },
    { step: `${step}: before first audio`, at: 'answer', after },
    { step: `${step}: mid-sentence`, at: 'mid-answer', after },
    { step: `${step}: after the answer`, at: 'answered', after },
  ];
}

const drop: Deed = { do: 'drop' };
const hang: Deed = { do: 'hang' };
const outOfOrder: Deed = { do: 'refuse', status: 503 };
const noQuota: Deed = { do: 'refuse', status: 429, code: 'insufficient_quota' };
const slow: Deed = { do: 'wait', ms: 1_500 };
const someGarbage: Deed = { do: 'garbage', messages: ['not json', '[]', '{"type":"response.output_audio.delta"}'] };
const muchGarbage: Deed = { do: 'garbage', messages: Array<string>(25).fill('{"type":7}') };

/** What ends a session in the vendor's own words (`vendors/openai/speech/loss.ts` says where they were seen). */
const errors: readonly Mishap[] = [
  { fault: 'error: quota', deed: { do: 'error', code: 'insufficient_quota', type: 'insufficient_quota' } },
  { fault: 'error: wrong key', deed: { do: 'error', code: 'invalid_api_key' } },
  { fault: 'error: session expired', deed: { do: 'error', code: 'session_expired' } },
  { fault: 'error: server', deed: { do: 'error', code: 'server_error', type: 'server_error' } },
];

/** What can go wrong before a session is set up, once or for good. */
const early: readonly { readonly at: Moment; readonly fault: string; readonly deed: Deed; readonly stays?: true }[] = [
  ...onceOrForGood('handshake', 'refused with 503', outOfOrder),
  ...onceOrForGood('handshake', 'never answered', hang),
  ...onceOrForGood('handshake', 'dropped', drop),
  { at: 'handshake', fault: 'refused with 429', deed: noQuota },
  { at: 'handshake', fault: 'slow', deed: slow },
  ...onceOrForGood('setup', 'never set up', hang),
  ...onceOrForGood('setup', 'dropped', drop),
  { at: 'setup', fault: 'slow', deed: slow },
  { at: 'setup', fault: 'some garbage', deed: someGarbage },
  { at: 'setup', fault: 'nothing but garbage', deed: muchGarbage },
  ...errors.map(({ fault, deed }) => ({ at: 'setup' as const, fault, deed })),
];

function onceOrForGood(at: Moment, fault: string, deed: Deed): typeof early {
  return [
    { at, fault, deed },
    { at, fault: `${fault}, for good`, deed, stays: true },
  ];
}

/** What can go wrong with one that is. */
const later: readonly Mishap[] = [
  { fault: 'socket dropped', deed: drop },
  { fault: 'socket dropped, then 503', deed: drop, next: outOfOrder },
  { fault: 'socket dropped, then 429', deed: drop, next: noQuota },
  { fault: 'socket dropped, then no answer', deed: drop, next: hang },
  { fault: 'socket dropped, words to come', deed: drop, isLate: true },
  { fault: 'socket dropped, words to come, then 503', deed: drop, next: outOfOrder, isLate: true },
  { fault: 'stalled', deed: hang },
  { fault: 'stalled, then 503', deed: hang, next: outOfOrder },
  { fault: 'stalled, words to come', deed: hang, isLate: true },
  { fault: 'some garbage', deed: someGarbage },
  { fault: 'nothing but garbage', deed: muchGarbage },
  ...errors,
  { fault: 'response failed', deed: { do: 'fail', code: 'server_error' }, at: ['answer', 'mid-answer', 'tool'] },
  { fault: 'slow first audio', deed: { do: 'wait', ms: 3_000 }, at: ['turn', 'answer'] },
  { fault: 'answer never begun', deed: { do: 'ignore' }, at: ['due'] },
];

const always = 1_000;

/** Every fault at every step where it makes sense; the first is none at all. */
export function allCases(): readonly Case[] {
  return [
    { fault: 'none', step: '', faults: [] },
    { fault: 'refused with 401', step: 'handshake', faults: [], hasWrongKey: true },
    ...early.map(({ at, fault, deed, stays }) => ({
      fault,
      step: at,
      faults: [{ at, deed, ...(stays && { times: always }) }],
    })),
    ...places.flatMap(casesAt),
  ];
}

function casesAt({ step, at, after }: Place): readonly Case[] {
  const fitting = later.filter((mishap) => (mishap.at ? mishap.at.includes(at) : at !== 'due'));
  const cases = fitting.map(({ fault, deed, next, isLate = false }) => ({
    fault,
    step,
    faults: [{ at, after, deed }, ...(next ? [fromThenOn(next)] : [])],
    wordsComeLate: isLate,
  }));
  // Neither the model nor the text relay can be had: the rest goes by webhook.
  const faults = [{ at, after, deed: drop }, fromThenOn(outOfOrder)];
  const byWebhook = at === 'turn' ? [{ fault: 'model and relay gone', step, faults, losesRelay: true }] : [];
  return [...cases, ...byWebhook];
}

function fromThenOn(deed: Deed): Fault {
  return { at: 'handshake', deed, after: 1, times: always };
}

/** What every step is tried with, also when there is not time for all. */
const main = ['socket dropped', 'socket dropped, then 503', 'stalled', 'model and relay gone'];

/** Every step and every fault, but not every fault at every step: before a session is set up all, later some in turn. */
export function someCases(): readonly Case[] {
  const steps = Map.groupBy(allCases(), ({ step }) => step);
  const isAll = (step: string) => !places.some((place) => place.step === step);
  return [...steps].flatMap(([step, cases], nth) =>
    cases.filter(({ fault }, at) => isAll(step) || main.includes(fault) || at === (nth * 5) % cases.length),
  );
}

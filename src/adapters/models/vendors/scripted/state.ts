import { Type, type Static } from 'typebox';
import { Check } from 'typebox/value';
import type { Json } from '../../model.ts';
import { phraseWords, type PhraseKey } from './phrases.ts';

const ask = Type.Enum([
  'help',
  'more',
  'offer',
  'name',
  'own-number',
  'number',
  'confirm-number',
  'body',
  'urgent',
  'when',
  'pick',
  'reason',
  'which',
  'move-or-cancel',
  'confirm-cancel',
  'confirm-move',
]);

const offer = Type.Enum(['message', 'person', 'person-or-message', 'booking-or-message', 'stop-calling', 'retry']);

const text = (maxLength: number) => Type.String({ maxLength });
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const minute = Type.Integer({ minimum: 0, maximum: 1_439 });
const date = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
/** Minutes since the epoch: half the digits of an ISO instant, and appointments begin on a whole minute. */
const epochMinute = Type.Integer({ minimum: 0, maximum: 1e9 });
const appointment = Type.Object({ id: text(100), at: epochMinute });

const wish = Type.Object({
  from: Type.Optional(date),
  to: Type.Optional(date),
  part: Type.Optional(Type.Enum(['morning', 'afternoon', 'evening'])),
  time: Type.Optional(
    Type.Object({
      minute,
      sure: Type.Boolean(),
      bound: Type.Optional(Type.Enum(['after', 'before'])),
      until: Type.Optional(minute),
    }),
  ),
});

/** The search for a time that suits. */
const hunt = Type.Object({
  wish,
  /** What the last look was for. */
  seek: Type.Enum(['wish', 'near', 'earliest', 'later', 'earlier', 'other-day']),
  /** How often the search was widened. */
  widened: count,
  free: Type.Array(epochMinute, { maxItems: 20 }),
  offered: Type.Array(epochMinute, { maxItems: 3 }),
  chosen: Type.Union([epochMinute, Type.Null()]),
});

const change = Type.Object({
  kind: Type.Enum(['move', 'cancel', 'either', 'lookup']),
  found: Type.Union([Type.Array(appointment, { maxItems: 5 }), Type.Null()]),
  id: Type.Union([text(100), Type.Null()]),
});

const done = Type.Object({
  what: Type.Enum(['message', 'booked', 'moved', 'cancelled', 'answered', 'transferred', 'stopped']),
  at: Type.Optional(epochMinute),
  /** What it was about, in the caller's words. */
  about: Type.Optional(text(300)),
});

const state = Type.Object(
  {
    v: Type.Literal(1),
    language: text(20),
    caller: Type.Union([text(40), Type.Null()]),
    name: Type.Union([text(60), Type.Null()]),
    callback: Type.Union([text(40), Type.Null()]),
    /** The caller confirmed the number, or agreed to the one they ring from. */
    callbackSure: Type.Boolean(),
    /** Digits of a number that is not complete yet. */
    digits: text(40),
    declined: Type.Array(Type.Enum(['name', 'number', 'own-number', 'reason']), { maxItems: 8 }),
    /** The open task: the id of its skill. */
    task: Type.Union([text(40), Type.Null()]),
    ask: Type.Union([ask, Type.Null()]),
    /** How often the open question has been put without an answer. */
    tries: count,
    offer: Type.Union([offer, Type.Null()]),
    body: text(1_500),
    urgent: Type.Union([Type.Boolean(), Type.Null()]),
    reason: text(300),
    /** Of the last message or appointment, for the summary of the call. */
    lastUrgent: Type.Union([Type.Boolean(), Type.Null()]),
    hunt: Type.Union([hunt, Type.Null()]),
    change: Type.Union([change, Type.Null()]),
    /** Tools under way. */
    pending: Type.Array(text(40), { maxItems: 4 }),
    waits: count,
    /** The call ends as soon as the tool under way has answered. */
    ending: Type.Boolean(),
    recent: Type.Array(text(40), { maxItems: 24 }),
    /** The last reply as spoken, and what of it is worth repeating. */
    said: text(1_500),
    gist: text(1_500),
    misses: count,
    silences: count,
    patience: count,
    anger: count,
    swearing: count,
    spoke: Type.Boolean(),
    /** They asked not to be called: whatever else is noted, this is no lead. */
    leaveAlone: Type.Boolean(),
    booked: Type.Union([appointment, Type.Null()]),
    done: Type.Array(done, { maxItems: 12 }),
  },
  { additionalProperties: false },
);

/** Everything the receptionist remembers of a call. Small, plain JSON, sealed with the call between turns. */
export type State = Readonly<Static<typeof state>>;
export type Ask = Static<typeof ask>;
export type Offer = Static<typeof offer>;
export type Hunt = Readonly<Static<typeof hunt>>;
export type Change = Readonly<Static<typeof change>>;
export type Done = Static<typeof done>;
export type Appointment = Static<typeof appointment>;

/** A call about which nothing is known. */
export function freshState(language: string): State {
  const nothing = {
    name: null,
    callback: null,
    task: null,
    ask: null,
    offer: null,
    urgent: null,
    lastUrgent: null,
  } as const;
  const counters = { tries: 0, waits: 0, misses: 0, silences: 0, patience: 0, anger: 0, swearing: 0 };
  const flags = { callbackSure: false, ending: false, spoke: false, leaveAlone: false };
  const texts = { digits: '', body: '', reason: '', said: '', gist: '' };
  const lists = { declined: [], pending: [], recent: [], done: [] };
  const tasks = { hunt: null, change: null, booked: null };
  return { v: 1, language, caller: null, ...nothing, ...counters, ...flags, ...texts, ...lists, ...tasks };
}

/** The state as it was kept; undefined when there is none, or none this version can read. */
export function readState(kept: Json): State | undefined {
  return Check(state, kept) ? kept : undefined;
}

/** Cuts a text to what the state may hold, at a word where possible. */
export function clip(words: string, longest: number): string {
  if (words.length <= longest) return words;
  const cut = words.slice(0, longest);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), longest - 40)).trimEnd();
}

/** Adds the phrases just used; older ones are forgotten first. */
export function remember(recent: readonly string[], used: readonly PhraseKey[]): string[] {
  return [...recent, ...used].slice(-24);
}

/** How often a phrase was used lately. */
export function usesOf(recent: readonly string[], phrase: PhraseKey): number {
  return recent.filter((key) => key === phrase && key in phraseWords).length;
}

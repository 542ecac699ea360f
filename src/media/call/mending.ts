import type { SpeechLoss } from '#adapters/models';
import { limits } from './limits.ts';

/** What becomes of the model: connected, connected again when it is lost, given up when that does not help in time. Pure. */
export type Mending = {
  readonly phase: 'connecting' | 'live' | 'reconnecting' | 'given-up';
  /** Since when the caller goes without what is owed; undefined when nothing is amiss. */
  readonly since: number | undefined;
  /** When the next try to connect is due, or when the one that runs has taken too long. */
  readonly openAt: number | undefined;
  readonly lateAt: number | undefined;
  readonly tries: number;
  /** When sessions were lost that had been live. */
  readonly losses: readonly number[];
  readonly why: SpeechLoss;
};

export type MendingEvent =
  | { readonly type: 'ready'; readonly isOwed: boolean }
  /** `since`: from when on the caller goes without. */
  | { readonly type: 'lost'; readonly why: SpeechLoss; readonly since: number }
  /** The caller hears the model. */
  | { readonly type: 'sound' }
  /** Nothing is owed: the caller has taken the floor, or had said nothing. */
  | { readonly type: 'caller' }
  /** Time has passed. `owedSince`: since when the model has owed an answer of which nothing is heard. */
  | { readonly type: 'time'; readonly owedSince: number | undefined };

/** What to do: open a session (in place of any there is), or let the call go on without a model. */
export type Mend = 'open' | 'give-up' | undefined;

export function startMending(now: number): Mending {
  return {
    phase: 'connecting',
    since: now,
    openAt: now,
    lateAt: undefined,
    tries: 0,
    losses: [],
    why: 'unreachable',
  };
}

/** A refusal does not change by asking again. */
const hopeless: ReadonlySet<SpeechLoss> = new Set<SpeechLoss>(['key-refused', 'quota', 'refused']);

export function mend(state: Mending, event: MendingEvent, now: number): readonly [Mending, Mend] {
  if (state.phase === 'given-up') return [state, undefined];
  switch (event.type) {
    case 'ready':
      return [ready(state, event.isOwed), undefined];
    case 'sound':
    case 'caller':
      return state.phase === 'live' ? [well(state), undefined] : [state, undefined];
    case 'lost':
      return lost(state, event, now);
    case 'time':
      return passed(state, event.owedSince, now);
  }
}

function ready(state: Mending, isOwed: boolean): Mending {
  const since = isOwed ? state.since : undefined;
  return { ...state, phase: 'live', openAt: undefined, lateAt: undefined, tries: 0, since };
}

function well(state: Mending): Mending {
  return state.since === undefined ? state : { ...state, since: undefined };
}

function lost(state: Mending, event: MendingEvent & { type: 'lost' }, now: number): readonly [Mending, Mend] {
  const { why } = event;
  const wasLive = state.phase === 'live';
  const losses = [...state.losses.filter((at) => now - at < limits.lossesMs), ...(wasLive ? [now] : [])];
  const next = { ...state, why, losses, lateAt: undefined };
  if (hopeless.has(why) || losses.length > limits.losses) return giveUp(next);
  const since = state.since ?? event.since;
  const pause = limits.betweenTriesMs[Math.min(state.tries, limits.betweenTriesMs.length - 1)]!;
  return [{ ...next, phase: wasLive ? 'reconnecting' : state.phase, since, openAt: now + pause }, undefined];
}

function passed(state: Mending, owedSince: number | undefined, now: number): readonly [Mending, Mend] {
  const { openAt, lateAt } = state;
  const since = state.since ?? owedSince;
  if (since !== undefined && now - since >= limits.giveUpMs) return giveUp({ ...state, why: whyOf(state) });
  if (lateAt !== undefined && now >= lateAt) return [{ ...state, why: 'too-slow', ...opening(state, now) }, 'open'];
  if (openAt === undefined || now < openAt) return [state, undefined];
  return [{ ...state, ...opening(state, now) }, 'open'];
}

/** A model that is there and does not answer is too slow, whatever was wrong with it before. */
function whyOf({ phase, why }: Mending): SpeechLoss {
  return phase === 'live' ? 'too-slow' : why;
}

function opening(state: Mending, now: number): Pick<Mending, 'openAt' | 'lateAt' | 'tries'> {
  return { openAt: undefined, lateAt: now + limits.openingMs, tries: state.tries + 1 };
}

function giveUp(state: Mending): readonly [Mending, Mend] {
  return [{ ...state, phase: 'given-up', openAt: undefined, lateAt: undefined }, 'give-up'];
}

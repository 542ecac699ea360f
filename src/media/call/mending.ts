import type { SpeechLoss } from '#adapters/models';
import { limits } from './limits.ts';

/**
 * What becomes of the model: connected, connected again when it is lost, given up when that does not help in time. Pure;
 * `silentUntil` and the like are the caller's side of it and are given to it.
 */
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
  /** `heardUntil`: until then the caller hears what there still is. */
  | { readonly type: 'lost'; readonly why: SpeechLoss; readonly heardUntil: number }
  /** The caller hears the model. */
  | { readonly type: 'sound' }
  /** The caller took the floor: nothing is owed until the turn ends. */
  | { readonly type: 'caller' }
  /** Time has passed. `owedSince`: since when the model has owed an answer that nothing is heard of. */
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
      return [{ ...state, phase: 'live', lateAt: undefined, since: event.isOwed ? state.since : undefined }, undefined];
    case 'sound':
    case 'caller':
      return state.phase === 'live' ? [well(state), undefined] : [state, undefined];
    case 'lost':
      return lost(state, event, now);
    case 'time':
      return passed(state, event.owedSince, now);
  }
}

function well(state: Mending): Mending {
  return state.since === undefined && state.tries === 0 ? state : { ...state, since: undefined, tries: 0 };
}

function lost(
  state: Mending,
  { why, heardUntil }: MendingEvent & { type: 'lost' },
  now: number,
): readonly [Mending, Mend] {
  const wasLive = state.phase === 'live';
  const losses = [...state.losses.filter((at) => now - at < limits.lossesMs), ...(wasLive ? [now] : [])];
  const next = { ...state, why, losses, lateAt: undefined };
  if (hopeless.has(why) || losses.length > limits.losses) return giveUp(next);
  // What is still to be heard hides the loss, but nobody can speak over it: not for long.
  const since = state.since ?? Math.min(Math.max(now, heardUntil), now + limits.giveUpMs);
  const pause = limits.betweenTriesMs[Math.min(state.tries, limits.betweenTriesMs.length - 1)]!;
  return [{ ...next, phase: wasLive ? 'reconnecting' : state.phase, since, openAt: now + pause }, undefined];
}

function passed(state: Mending, owedSince: number | undefined, now: number): readonly [Mending, Mend] {
  const { since, openAt, lateAt } = state;
  if (since !== undefined && now - since >= limits.giveUpMs) return giveUp(state);
  if (state.phase === 'live' && since === undefined && owedSince !== undefined && now - owedSince >= limits.stallMs) {
    return stalled(state, owedSince, now);
  }
  if (lateAt !== undefined && now >= lateAt) {
    return [{ ...state, why: 'too-slow', ...opening(state, now) }, 'open'];
  }
  if (openAt === undefined || now < openAt) return [state, undefined];
  return [{ ...state, ...opening(state, now) }, 'open'];
}

/** A model that owes an answer and says nothing is as good as lost; another session of it has what is left of the time. */
function stalled(state: Mending, since: number, now: number): readonly [Mending, Mend] {
  const [next, todo] = lost({ ...state, since }, { type: 'lost', why: 'too-slow', heardUntil: now }, now);
  return todo ? [next, todo] : [{ ...next, ...opening(next, now) }, 'open'];
}

function opening(state: Mending, now: number): Pick<Mending, 'openAt' | 'lateAt' | 'tries'> {
  return { openAt: undefined, lateAt: now + limits.openingMs, tries: state.tries + 1 };
}

function giveUp(state: Mending): readonly [Mending, Mend] {
  return [{ ...state, phase: 'given-up', openAt: undefined, lateAt: undefined }, 'give-up'];
}

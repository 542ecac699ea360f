import { closedLines, withEntry, withSaid, withSaying, withTool, withTyped, withWords, type Lines } from './lines.ts';
import type { Phase, Told } from './protocol.ts';

/** A call as the page shows it, from the press of the button to its end. */
export type Conversation = {
  readonly stage: 'connecting' | 'ringing' | 'under-way' | 'over';
  /** The call's id in the books. */
  readonly id: string | undefined;
  readonly phase: Phase;
  readonly channel: 'live' | 'relay' | 'gather' | undefined;
  readonly tool: string | undefined;
  readonly isSpeaking: boolean;
  readonly lines: Lines;
  /** How long each answer was waited for, in milliseconds. */
  readonly answers: readonly number[];
  /** When the caller's words ended that are still to be answered. */
  readonly askedAt: number | undefined;
  readonly beganAt: number;
  readonly endedAt: number | undefined;
  /** Why it is over, or did not come about: a word of ours or the code of a problem. */
  readonly why: string | undefined;
};

export type Event =
  /** Somebody wants to call; the browser may ask for the microphone first. */
  | { readonly what: 'asked' }
  | { readonly what: 'called'; readonly at: number }
  | { readonly what: 'told'; readonly told: Told; readonly at: number }
  | { readonly what: 'typed'; readonly text: string; readonly at: number }
  | { readonly what: 'keyed'; readonly digits: string }
  /** The caller's own sound has ended, or the secretary's is heard again: when there is sound. */
  | { readonly what: 'spoke'; readonly at: number }
  | { readonly what: 'sounds'; readonly isPlaying: boolean; readonly at: number }
  | { readonly what: 'gone'; readonly why: string; readonly at: number };

export const nothing: Conversation = {
  stage: 'connecting',
  id: undefined,
  phase: 'opening',
  channel: undefined,
  tool: undefined,
  isSpeaking: false,
  lines: [],
  answers: [],
  askedAt: undefined,
  beganAt: 0,
  endedAt: undefined,
  why: undefined,
};

/** What happens to a call leads to what is shown. Pure. */
export function follow(call: Conversation, event: Event): Conversation {
  switch (event.what) {
    case 'asked':
      return nothing;
    case 'called':
      return { ...nothing, stage: 'ringing', beganAt: event.at };
    case 'told':
      return followTold(call, event.told, event.at);
    case 'typed':
      return { ...call, lines: withTyped(call.lines, event.text, false), askedAt: event.at };
    case 'keyed':
      return { ...call, lines: withTyped(call.lines, event.digits, true) };
    case 'spoke':
      return { ...call, askedAt: event.at };
    case 'sounds':
      return event.isPlaying ? answered({ ...call, isSpeaking: true }, event.at) : { ...call, isSpeaking: false };
    case 'gone':
      return over(call, event.why, event.at);
  }
}

function followTold(call: Conversation, told: Told, at: number): Conversation {
  switch (told.tell) {
    case 'call':
      return { ...call, id: told.id };
    case 'state': {
      const { phase, channel, tool } = told;
      if (call.stage === 'over') return call;
      return { ...call, stage: 'under-way', phase, channel, tool, lines: withTool(call.lines, tool) };
    }
    case 'saying':
      return answered({ ...call, isSpeaking: true, lines: withSaying(call.lines, told) }, at);
    case 'word':
      return { ...call, lines: withWords(call.lines, told) };
    case 'said':
      return { ...call, isSpeaking: false, lines: withSaid(call.lines, told) };
    case 'entries':
      return { ...call, lines: told.entries.reduce(withEntry, call.lines) };
    case 'refused':
      return over(call, told.code, at);
    case 'over':
      return over(call, told.how, at);
    default:
      return call;
  }
}

function answered(call: Conversation, at: number): Conversation {
  const { askedAt, answers } = call;
  if (askedAt === undefined) return call;
  return { ...call, askedAt: undefined, answers: [...answers, Math.max(0, Math.round(at - askedAt))] };
}

/** The first reason is the one that counts. */
function over(call: Conversation, why: string, at: number): Conversation {
  if (call.stage === 'over') return call;
  return {
    ...call,
    stage: 'over',
    why,
    endedAt: at,
    isSpeaking: false,
    tool: undefined,
    lines: closedLines(call.lines),
  };
}

/** The middle one of the answers; undefined when there is none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}

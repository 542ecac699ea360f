import type { Json, ToolResult, ToolUse, TurnInput, TurnReply } from '#adapters/models';
import type { Acknowledged, Utterance } from './hearing.ts';

/** How the carrier talks with us: text over a socket, or one webhook a turn. */
export type Channel = 'relay' | 'gather';

export type Phase = 'opening' | 'thinking' | 'running' | 'listening' | 'leaving' | 'transferring' | 'over';

export type EndReason = 'completed' | 'caller-hung-up' | 'caller-silent' | 'transferred' | 'carrier-silent' | 'failed';

/** All there is to know of a call under way. It is sealed and stored after every step, so any node can go on. */
export type Conversation = {
  readonly v: 1;
  readonly phase: Phase;
  readonly channel: Channel;
  /** Counts what was begun; an answer or timer that belongs to an earlier turn is ignored. */
  readonly turn: number;
  /** Number of the next transcript entry. */
  readonly seq: number;
  readonly language: string;
  readonly opening: string;
  readonly disclosed: boolean;
  /** Said, but the hearing is not acknowledged yet; in order. */
  readonly unheard: readonly Utterance[];
  readonly model: Json;
  /** What the model was last asked; asked again when its answer is lost. */
  readonly asked: TurnInput;
  readonly running: { readonly use: ToolUse; readonly key: string } | null;
  /** Words that came while a tool was running. */
  readonly meanwhile: string;
  readonly interrupted: boolean;
  readonly keyed: string;
  /** What the caller read out as digits alone, utterance by utterance, with the entries it stands in. */
  readonly chunks: readonly { readonly seq: number; readonly digits: string }[];
  readonly expect: 'speech' | 'digits';
  readonly silences: number;
  readonly failures: number;
  readonly losses: number;
  readonly patience: number;
  /** The turn in which a relay was last offered; its token and its end belong to that turn. */
  readonly connected: number;
  readonly canTransfer: boolean;
  /** What happens once the last words are spoken. */
  readonly after: 'nothing' | 'end' | 'transfer';
  readonly endReason: EndReason;
};

/** What happened. Words of the caller arrive with card numbers already masked. */
export type CallEvent =
  | { readonly type: 'answered' }
  | { readonly type: 'opened' }
  | { readonly type: 'heard'; readonly text: string }
  | { readonly type: 'keyed'; readonly digits: string }
  | { readonly type: 'quiet' }
  | { readonly type: 'interrupted'; readonly heard: string }
  | { readonly type: 'played'; readonly text: string }
  | { readonly type: 'replied'; readonly turn: number; readonly reply: TurnReply }
  | { readonly type: 'model-failed'; readonly turn: number }
  | { readonly type: 'ran'; readonly key: string; readonly result: ToolResult }
  | { readonly type: 'timeout'; readonly turn: number }
  | { readonly type: 'lost' }
  | { readonly type: 'left' }
  | { readonly type: 'transferred'; readonly how: 'answered' | 'busy' | 'no-answer' | 'failed' }
  | { readonly type: 'hung-up' }
  /** Nothing was heard from the carrier for longer than any state allows. */
  | { readonly type: 'abandoned' };

/** What to do about it, in order. */
export type ToDo =
  | {
      readonly do: 'say';
      readonly seq: number;
      readonly text: string;
      readonly kind: 'disclosure' | 'speech';
      readonly language: string;
    }
  | { readonly do: 'note'; readonly seq: number; readonly text: string; readonly kind: 'speech' | 'digits' | 'silence' }
  /** An entry turned out to be part of a card number. */
  | { readonly do: 'mask'; readonly seq: number }
  | ({ readonly do: 'acknowledge' } & Acknowledged)
  | { readonly do: 'disclosed' }
  | { readonly do: 'think'; readonly turn: number; readonly input: TurnInput }
  | { readonly do: 'run'; readonly key: string; readonly use: ToolUse }
  | { readonly do: 'wait'; readonly turn: number; readonly ms: number }
  | { readonly do: 'leave' }
  | { readonly do: 'hang-up' }
  | { readonly do: 'ended'; readonly reason: EndReason };

export type Step = readonly [Conversation, readonly ToDo[]];

/** A call that rings: nothing said yet. */
export function ringing(options: {
  readonly channel: Channel;
  readonly language: string;
  readonly opening: string;
  readonly callerNumber: string | undefined;
  readonly canTransfer: boolean;
}): Conversation {
  return {
    v: 1,
    phase: 'opening',
    channel: options.channel,
    connected: 0,
    canTransfer: options.canTransfer,
    turn: 0,
    seq: 0,
    language: options.language,
    opening: options.opening,
    disclosed: false,
    unheard: [],
    model: null,
    asked: { type: 'start', callerNumber: options.callerNumber },
    running: null,
    meanwhile: '',
    interrupted: false,
    keyed: '',
    chunks: [],
    expect: 'speech',
    silences: 0,
    failures: 0,
    losses: 0,
    patience: 0,
    after: 'nothing',
    endReason: 'completed',
  };
}

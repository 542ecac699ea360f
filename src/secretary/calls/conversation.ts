import type { Json, ToolResult, ToolUse, TurnInput, TurnReply } from '#adapters/models';
import type { TurnTimes, Waiting } from '#media';
import type { Acknowledged, Utterance } from './hearing.ts';

/** How the call is held: audio between caller and speech model, text over a socket, or one webhook a turn. */
export type Channel = 'live' | 'relay' | 'gather';

export type Phase = 'opening' | 'talking' | 'thinking' | 'running' | 'listening' | 'leaving' | 'transferring' | 'over';

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
  /**
   * By webhook, while the carrier plays what it was given to fill the wait: the number of the first entry that it was not
   * given. 0 when it is not doing so.
   */
  readonly held: number;
  readonly losses: number;
  /** The agent's own model is lost: the scripted receptionist has taken over. */
  readonly standIn: boolean;
  /** Number of the last happening that the line told; an earlier one is not taken twice. */
  readonly taken: number;
  /** What the caller said last to the agent's own model: over the line, or in a turn that it answered. */
  readonly lastWords: string;
  /** What came of the tool that was run last over the line; told by whoever takes over. */
  readonly lastResult: (TurnInput & { readonly type: 'result' }) | null;
  readonly patience: number;
  /** The turn in which a relay was last offered; its token and its end belong to that turn. */
  readonly connected: number;
  readonly canTransfer: boolean;
  readonly canPress: boolean;
  /** Figures of the keys that were pressed last, run by run. */
  readonly pressed: readonly string[];
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
  /** The caller is saying something that has not ended. */
  | { readonly type: 'speaking' }
  | { readonly type: 'interrupted'; readonly heard: string }
  | { readonly type: 'played'; readonly text: string }
  | { readonly type: 'replied'; readonly turn: number; readonly reply: TurnReply }
  | { readonly type: 'model-failed'; readonly turn: number }
  | { readonly type: 'ran'; readonly key: string; readonly result: ToolResult }
  | { readonly type: 'timeout'; readonly turn: number }
  /** Something happened on the line, which numbers what it tells. */
  | { readonly type: 'happened'; readonly n: number; readonly event: LineEvent }
  /** The carrier has played what filled the wait. */
  | { readonly type: 'back' }
  | { readonly type: 'lost' }
  | { readonly type: 'left' }
  | { readonly type: 'transferred'; readonly how: 'answered' | 'busy' | 'no-answer' | 'failed' }
  | { readonly type: 'hung-up' }
  /** Nothing was heard from the carrier for longer than any state allows. */
  | { readonly type: 'abandoned' };

/** What happens in a live call. What the model says is `spoke`, then `played` or `interrupted`. */
export type LineEvent =
  | Extract<CallEvent, { type: 'opened' | 'heard' | 'keyed' | 'quiet' | 'interrupted' | 'played' }>
  | { readonly type: 'spoke'; readonly text: string }
  | { readonly type: 'asks'; readonly key: string; readonly use: ToolUse }
  | { readonly type: 'model-lost'; readonly waiting: Waiting }
  | { readonly type: 'told'; readonly fact: LineFact };

/** What is kept of a live call besides words; it changes nothing in its conduct. */
export type LineFact =
  | { readonly what: 'turn'; readonly times: TurnTimes }
  | {
      readonly what: 'usage';
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly audioSeconds: number;
    }
  | { readonly what: 'recorded'; readonly segments: number; readonly ms: number; readonly announced: boolean };

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
  /** Sounds keys towards the other side. */
  | { readonly do: 'press'; readonly seq: number; readonly digits: string }
  /** An entry turned out to be part of a card number. */
  | { readonly do: 'mask'; readonly seq: number }
  /** The model has said it; nobody has to. */
  | { readonly do: 'spoke'; readonly seq: number; readonly text: string }
  | ({ readonly do: 'acknowledge' } & Acknowledged)
  | { readonly do: 'disclosed' }
  /** The agent's own model is lost for good. */
  | { readonly do: 'model-lost' }
  | { readonly do: 'think'; readonly turn: number; readonly input: TurnInput }
  /** Asks the speech model for an answer to this. */
  | { readonly do: 'prompt'; readonly input: TurnInput }
  | { readonly do: 'run'; readonly key: string; readonly use: ToolUse }
  /** Tells the speech model what came of the tool it asked for. */
  | { readonly do: 'result'; readonly key: string; readonly result: ToolResult }
  | { readonly do: 'keep'; readonly stream: number; readonly n: number; readonly fact: LineFact }
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
  readonly canPress: boolean;
  readonly standIn: boolean;
}): Conversation {
  return {
    v: 1,
    phase: 'opening',
    channel: options.channel,
    connected: 0,
    canTransfer: options.canTransfer,
    canPress: options.canPress,
    pressed: [],
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
    held: 0,
    losses: 0,
    standIn: options.standIn,
    taken: 0,
    lastWords: '',
    lastResult: null,
    patience: 0,
    after: 'nothing',
    endReason: 'completed',
  };
}

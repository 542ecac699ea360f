import type { Config, Ctx, Processor, VendorCheck, VendorProcessor } from '#base';
import type { ModelAccess, SpeechModel, SpeechReach, ToolListing } from './speech.ts';

/** JSON that a model may keep between turns. It is sealed with the call, so a crash loses nothing. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Opening hours of one weekday, local wall time, e.g. `[{ from: '09:00', to: '17:30' }]`; empty = closed. */
export type Hours = {
  readonly [day in 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun']: readonly {
    readonly from: string;
    readonly to: string;
  }[];
};

/** What the secretary knows of the business it speaks for. All of it is the business's own, nothing is a caller's. */
export type Briefing = {
  readonly business: string;
  readonly agent: string;
  readonly greeting: string;
  readonly timeZone: string;
  readonly hours: Hours;
  readonly facts: readonly { readonly about: string; readonly answer: string }[];
  readonly visitMinutes: number;
  /** Whether a person can be reached. */
  readonly canTransfer: boolean;
  /** Whether appointments can be made, moved and cancelled in a call; absent: they can. */
  readonly canBook?: boolean;
  /** Language the agent opens with: a BCP 47 tag such as `en-US`. */
  readonly language: string;
};

/** What happened since the model last spoke. */
export type TurnInput =
  | { readonly type: 'start'; readonly callerNumber: string | undefined }
  | { readonly type: 'heard'; readonly text: string; readonly interrupted: boolean }
  | { readonly type: 'digits'; readonly digits: string }
  | { readonly type: 'silence'; readonly count: number }
  | { readonly type: 'result'; readonly tool: string; readonly result: ToolResult }
  /** The line was lost and is back; whatever was last said may not have been heard. */
  | { readonly type: 'resumed' };

/** A tool the model wants run, with its input. The names are the files of secretary/agent/tools. */
export type ToolUse = { readonly tool: string; readonly input: { readonly [key: string]: Json } };

/** What came of it. `ok: false` carries a fixed word the model can put into a sentence. */
export type ToolResult =
  | { readonly ok: true; readonly value: { readonly [key: string]: Json } }
  | { readonly ok: false; readonly why: string };

export type Turn = {
  readonly state: Json;
  readonly input: TurnInput;
  readonly briefing: Briefing;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What it may use; a model that knows the tools by itself ignores it. */
  readonly tools?: readonly ToolListing[];
};

export type TurnReply = {
  readonly state: Json;
  /** What to say, sentence by sentence; may be empty when a tool is wanted. */
  readonly say: readonly string[];
  readonly language: string;
  /** What is likely to come: keypad digits end with # or after a pause. */
  readonly expect: 'speech' | 'digits';
  readonly use?: ToolUse;
};

/** What is known of a call when it is over. */
export type Debrief = {
  readonly outcome:
    | 'message-taken'
    | 'appointment-booked'
    | 'appointment-moved'
    | 'appointment-cancelled'
    | 'question-answered'
    | 'transferred'
    | 'do-not-contact'
    | 'abandoned'
    | 'nothing-needed';
  /** Two or three sentences in the call's language. */
  readonly summary: string;
  /** Slots that were filled; a key that was not filled is absent. */
  readonly extraction: {
    readonly name?: string;
    readonly callback?: string;
    readonly reason?: string;
    readonly appointmentAt?: string;
    readonly urgent?: boolean;
    readonly language: string;
  };
  /** True when the caller wants something from the business: it becomes a lead. */
  readonly isLead: boolean;
};

/** A call that is over, for the debrief. */
export type EndedCall = Pick<Turn, 'state' | 'briefing' | 'now'> & {
  /** What was said, as far as it was heard, oldest first. */
  readonly transcript: readonly { readonly speaker: 'caller' | 'agent'; readonly text: string }[];
  /** Tools that succeeded, in order. */
  readonly done: readonly string[];
};

/** What a model may reach. `access` is the organisation's own; undefined = it has none, and nothing is sent for it. */
export type ModelReach = SpeechReach & { readonly access: ModelAccess | undefined };

/** A model that converses in text, turn by turn. The whole state is in `Turn.state`, so any node can go on. */
export type TextModel = {
  readonly processor: VendorProcessor;
  /** The processor as this installation dials it: a base URL set in the configuration adds its host. */
  processorFor?(config: Config): Processor;
  /** Present when the model can also listen and speak. */
  readonly speech?: SpeechModel;
  /** Asks the vendor, with one request that changes nothing, what the key is worth. Throws nothing of the vendor's. */
  check?(ctx: Pick<Ctx, 'http' | 'config'>, access: ModelAccess): Promise<VendorCheck>;
  /** Throws `Outside` when the vendor does not answer as it should. */
  turn(turn: Turn, reach: ModelReach): Promise<TurnReply>;
  /** Throws as `turn` does. */
  debrief(ended: EndedCall, reach: ModelReach): Promise<Debrief>;
};

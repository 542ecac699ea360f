import type { Clock, Config, Http, Log, Personal, Random } from '#base';
import type { Json, ToolResult } from './model.ts';

/** How a vendor is reached for one organisation: its key, and another origin than the vendor's own if it has one. */
export type ModelAccess = { readonly key: Personal; readonly baseUrl: string | undefined };

/** A tool as a model is told of it. `input` is JSON Schema. */
export type ToolListing = { readonly name: string; readonly describe: string; readonly input: object };

/** One thing that was said or done in the call so far, oldest first. A caller hears nothing twice because of it. */
export type HistoryItem =
  | { readonly by: 'caller'; readonly text: string }
  /** As far as it was heard. */
  | { readonly by: 'agent'; readonly text: string }
  | {
      readonly by: 'tool';
      readonly callId: string;
      readonly tool: string;
      readonly input: string;
      readonly result: string;
    };

/** All that a session needs to know before the first frame. */
export type SpeechPlan = {
  readonly instructions: string;
  readonly tools: readonly ToolListing[];
  /** BCP 47 tag of the language the call is held in so far. */
  readonly language: string;
  /** The vendor's name of the voice; undefined = the vendor file's default. */
  readonly voice: string | undefined;
  /** Names and terms of the business, to be recognised. */
  readonly terms: readonly string[];
  readonly history: readonly HistoryItem[];
};

/** Why a session cannot go on. */
export type SpeechLoss =
  | 'unreachable'
  | 'refused'
  | 'key-refused'
  | 'quota'
  | 'dropped'
  | 'garbage'
  | 'too-slow'
  | 'expired'
  | 'failed';

/** What a session tells. Called one after the other; may not throw. */
export type SpeechListener = {
  /** The session is set up as planned: history replayed, audio may flow. */
  ready(): void;
  /** The caller has begun to speak; whatever is being played must stop. `atMs` of audio given to `hear` so far. */
  callerBegan(atMs: number): void;
  /** The caller has stopped; `atMs` of the audio given to `hear`, at which the last word ended. */
  callerEnded(atMs: number): void;
  /** What the caller said, in order of the conversation, possibly after the answer to it. Empty when nothing was understood. */
  heard(text: string): void;
  /** An answer begins. Everything up to the next `answering` belongs to it. */
  answering(answer: string): void;
  /** Audio of an answer: base64 µ-law, any length. Audio of an answer that was cut is never given out. */
  audio(answer: string, payload: string): void;
  /**
   * All audio of the answer has been given out; `text` is what it says. Told once for each `answering`, also when the
   * answer was cut or broke off or the session is lost: it is not whole then, and `text` is what had been made of it.
   */
  answered(answer: string, text: string, isWhole: boolean): void;
  /**
   * All that the model had to say or ask for now has been told: it waits for the caller, or for a tool. Until then more
   * may come behind an answer. Never told of what broke off.
   */
  rests(): void;
  /** The model wants a tool run; it waits for `result`. */
  asks(use: { readonly callId: string; readonly tool: string; readonly input: { readonly [key: string]: Json } }): void;
  /** What the vendor will bill, whenever it says so; sums are the listener's business. */
  used(usage: { readonly inputTokens: number; readonly outputTokens: number; readonly audioSeconds: number }): void;
  /** The vendor has answered a `probe`. */
  alive(): void;
  /** The session has ended and nothing more comes of it; called once, never after `close`. */
  lost(why: SpeechLoss): void;
};

/** A conversation in speech with a model, over one connection. */
export type SpeechSession = {
  /** Audio of the caller: base64 µ-law, as it came. Dropped before `ready`. */
  hear(payload: string): void;
  /** The caller spoke over an answer after `playedMs` of it: the model forgets what was not heard. */
  cut(answer: string, playedMs: number): void;
  result(callId: string, result: ToolResult): void;
  /** Asks for an answer now, on top of what was said: the sense of what to say, not its words. */
  prompt(instruction: string): void;
  /** Words the caller keyed. */
  keyed(digits: string): void;
  /** Asks the vendor for a sign of life, which changes nothing: one that has gone silent looks like one that listens. */
  probe(): void;
  /** Bytes the vendor has not taken yet. */
  backlog(): number;
  close(): void;
};

/** What a speech model may reach. It opens its socket through `http.connect`, nowhere else. */
export type SpeechReach = {
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Config;
  readonly http: Http;
  readonly log: Log;
};

/** A model that listens and speaks. Adding a vendor is adding a file; nothing else knows the vendor's protocol. */
export type SpeechModel = {
  /** The vendor's sessions end by themselves after so long; the caller does not notice, because another is opened before. */
  readonly sessionMs: number;
  /** The vendor's names of its voices, the usual one first. What is not named may exist all the same: a voice of one's own. */
  readonly voices?: readonly string[];
  /** Begins to connect. Never throws: what goes wrong is `lost`. */
  open(reach: SpeechReach, access: ModelAccess, plan: SpeechPlan, listener: SpeechListener): SpeechSession;
};

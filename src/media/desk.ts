import type { EgressCount, Id, SocketLedger } from '#base';
import type { SpeechLoss, SpeechPlan, ToolResult } from '#adapters/models';

/**
 * What the audio process (the *line*) and the process with the database (the *desk*) say to each other. The line carries
 * frames and knows no rows; the desk conducts calls and sees no frame. Messages are JSON, ids and words of a call, over a
 * local socket that only this user can open.
 */
export type CallName = {
  readonly organisation: Id;
  readonly id: Id;
  /** Which of the call's streams: a call that lost one may be given another. */
  readonly turn: number;
};

/** A media socket that a carrier opened and whose signature the desk has verified. */
export type Arrival = {
  readonly carrier: string;
  readonly organisation: Id;
  readonly account: Id;
  /** `Sec-WebSocket-Key` of the handshake that is still to be answered. */
  readonly key: string;
};

/** What a stream presents in its first message. */
export type Joining = Omit<Arrival, 'key'> & { readonly callId: string; readonly token: string | undefined };

/** What the desk lets a stream do: whose call it is and how it is conducted. */
export type LinePlan = {
  readonly call: CallName;
  readonly speech: SpeechPlan;
  readonly model: {
    readonly vendor: string;
    readonly key: string;
    readonly baseUrl: string | null;
    /** Whose key it is: with that of the installation the vendor gets nothing before its day. */
    readonly by: 'organisation' | 'installation';
  };
  /** Number of the last happening that the desk has taken over; the line goes on with the next. */
  readonly taken: number;
  /** Where the recording goes; null when the agent does not record. */
  readonly recording: RecordingPlan | null;
};

/**
 * How a call is recorded. `key` is 32 bytes in base64 that only this recording is sealed under; `announce` is the
 * sentence that must have been played, inside the recording, before anything of the caller is kept.
 */
export type RecordingPlan = { readonly key: string; readonly prefix: string; readonly announce: string };

/** What happened in a live call, in the order it happened. */
export type Happening =
  /** The stream has started and is this call's: what came before it has been heard. Always the first of a stream. */
  | { readonly type: 'opened' }
  | { readonly type: 'heard'; readonly text: string }
  | { readonly type: 'spoke'; readonly text: string }
  /** Letters of what was spoken that are known to have been played. */
  | { readonly type: 'played'; readonly text: string }
  /** The caller spoke over us; `heard` is the part of everything outstanding that had been played. */
  | { readonly type: 'interrupted'; readonly heard: string }
  | { readonly type: 'keyed'; readonly digits: string }
  | { readonly type: 'asks'; readonly callId: string; readonly tool: string; readonly input: string }
  /** Nobody has said anything for long. */
  | { readonly type: 'quiet' }
  /** Everything that was to be said before leaving has been played. */
  | { readonly type: 'drained' }
  /** The model cannot be brought back. Precedes the closing. */
  | { readonly type: 'model-lost'; readonly why: SpeechLoss; readonly waiting: Waiting }
  | { readonly type: 'turn'; readonly times: TurnTimes }
  | {
      readonly type: 'used';
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly audioSeconds: number;
    }
  | { readonly type: 'recorded'; readonly segments: number; readonly ms: number; readonly announced: boolean }
  /** The carrier's socket is gone. Nothing follows. */
  | { readonly type: 'closed'; readonly how: 'stopped' | 'dropped' | 'asked' };

/**
 * What the caller still waits for: an answer to the words that were heard last, what came of the tool that was run last, or
 * nothing that anybody knows of.
 */
export type Waiting = 'words' | 'result' | 'nothing';

/**
 * One turn, in milliseconds from the end of the caller's speech (when the carrier delivered it): when the model said
 * that the caller had stopped, when its first audio came, when we had sent it on, and when the carrier acknowledged that
 * the first frame had been played: the headline.
 */
export type TurnTimes = {
  readonly endpointMs: number;
  readonly modelMs: number;
  readonly sentMs: number;
  readonly heardMs: number;
};

/** A happening with its number. */
export type Told = { readonly n: number; readonly happening: Happening };

/** From the line. `n` counts the happenings of one call from 1; a number seen before is not taken twice. */
export type ToDesk =
  | { readonly ask: number; readonly join: Joining }
  | { readonly call: CallName; readonly n: number; readonly at: number; readonly happened: Happening }
  | { readonly load: LineLoad };

/** How the line is doing, every few seconds. Delays of its event loop in milliseconds. */
export type LineLoad = {
  readonly calls: number;
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
  readonly rssBytes: number;
  readonly draining: boolean;
  /** Connections that its process opened since it started. */
  readonly sockets: SocketLedger;
  /** What left, and what was refused, since it was told last. */
  readonly egress: readonly EgressCount[];
};

/**
 * Processors of the installation by their names in the ledger: which may be spoken to at all, and which get something new.
 * One that was taken back is still spoken to where it has to delete.
 */
export type Allowed = { readonly reach: readonly string[]; readonly use: readonly string[] };

/** From the desk. */
export type ToLine =
  | { readonly answer: number; readonly plan: LinePlan }
  | { readonly answer: number; readonly refused: string }
  /** Everything up to `n` is written down. */
  | { readonly call: CallName; readonly taken: number }
  | { readonly call: CallName; readonly order: Order }
  /** Comes first, again before each plan, and every few seconds. Until then nobody is allowed anything. */
  | { readonly allowed: Allowed }
  /** Take no new calls; end when the last one has ended. */
  | { readonly drain: true }
  /** Close every call and end. */
  | { readonly end: true };

/** What a live call is told to do. */
export type Order =
  | { readonly do: 'result'; readonly callId: string; readonly result: ToolResult }
  | { readonly do: 'prompt'; readonly instruction: string }
  /** Sounds keys towards the caller, after what is being said: `0-9 * # A-D`, `w` = half a second of silence. */
  | { readonly do: 'press'; readonly digits: string }
  /** Let what is being said be heard, then close the stream; the carrier asks what comes next. */
  | { readonly do: 'leave' }
  /** Close the stream now. */
  | { readonly do: 'close' };

/** What the process with the database does for its lines. */
export type Desk = {
  /** Lets a stream in. A thrown problem closes it. */
  join(joining: Joining): Promise<LinePlan>;
  /**
   * Resolves when all of it is written down, together or not at all. Called in order, one call at a time for each stream;
   * repeats are harmless.
   */
  happened(call: CallName, told: readonly Told[]): Promise<void>;
  /**
   * These streams are live on a line that this desk has not served until now, or lost for a moment: whatever they were
   * told last may not have arrived. Called before any of their happenings; what they still wait for is to be said again.
   */
  resumed(calls: readonly CallName[]): Promise<void>;
  /** What the register of processors says now. */
  allowed(): Allowed;
  /** Books what left a line and what was refused there. */
  left(counts: readonly EgressCount[]): void;
};

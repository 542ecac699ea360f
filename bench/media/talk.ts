import type { Answer, Clear, Ledger } from './ledger.ts';

/** What the benchmark and its processes say to each other, over Node's own channel between parent and child. */

/** Where one emulated call goes: all that a carrier knows when it opens a media stream. */
export type Leg = {
  /** From 0; the number in the stamps. */
  readonly number: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly accountSid: string;
  readonly callSid: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** To either end of the load. */
export type Order =
  | { readonly do: 'open'; readonly leg: Leg }
  /** Forget what was measured; measure from now on. */
  | { readonly do: 'measure' }
  /** Measure no more. */
  | { readonly do: 'rest' }
  /** Send no more audio; what is under way may still arrive. */
  | { readonly do: 'hush' }
  /** End all calls, tell what was seen and forget it. */
  | { readonly do: 'report' };

/** From either end. */
export type News<Report> =
  | { readonly ready: { readonly port: number } }
  | { readonly opened: number }
  | { readonly failed: number; readonly why: string }
  | { readonly done: Order['do'] }
  | { readonly report: Report };

/** What is wrong with frames, whoever notices. */
export type Wrongs = { readonly altered: number; readonly crossed: number };

export type CarrierCall = {
  readonly number: number;
  readonly sent: number;
  readonly got: Ledger;
  readonly clears: readonly Clear[];
  /** Closed before it was told to. */
  readonly isDropped: boolean;
};

export type CarrierReport = Wrongs & {
  readonly calls: readonly CarrierCall[];
  /** Milliseconds from model to carrier, each frame. */
  readonly downMs: Float64Array;
  /** How much later than due frames were sent: the load's own health. */
  readonly lateMs: Float64Array;
  readonly marks: number;
  /** The most audio that was queued for one call, in milliseconds. */
  readonly aheadMs: number;
};

export type ModelCall = {
  /** Undefined when no frame ever came. */
  readonly number: number | undefined;
  readonly got: Ledger;
  readonly answers: readonly Answer[];
};

export type ModelReport = Wrongs & {
  readonly sessions: readonly ModelCall[];
  /** Milliseconds from carrier to model, each frame. */
  readonly upMs: Float64Array;
  /** Frames of silence that the bridge put in. */
  readonly silence: number;
};

import type { Cancel, Random } from '#base';
import type { Audience } from './audience.ts';
import { changes, type Changes } from './changes.ts';
import type { Line } from './line.ts';
import { later, type Heard, type Pace } from './voice.ts';

/** How a call came to its end. `why` says more when it failed. */
export type Ended = {
  readonly how: 'caller-hung-up' | 'product-hung-up' | 'api-hung-up' | 'rejected' | 'failed';
  readonly why?: string;
};

/** Misbehaviour of the network and the carrier that a product has to live with. */
export type Faults = {
  /** Every webhook comes a second time: after its answer, or at the same moment. */
  readonly repeatWebhooks?: 'after' | 'at-once';
  /** Every webhook is late by so much emulated time. */
  readonly delayMs?: number;
  /** The status `completed` comes before `in-progress`. */
  readonly statusOutOfOrder?: boolean;
  /** Every socket frame to the product is late by so much emulated time. */
  readonly slowFramesMs?: number;
  /** Every socket frame to the product is late by up to so much more, differently each; none overtakes another. */
  readonly jitterMs?: number;
  /** Part of the caller's audio frames that the network loses, from 0 to 1. */
  readonly loseFrames?: number;
};

/** What becomes of a transfer: how it ends and after how long, in emulated milliseconds. */
export type TransferOutcome = {
  readonly how: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  readonly afterMs: number;
};

export type CallOptions = {
  /** The caller's number in E.164, or undefined for a withheld one. */
  readonly from: string | undefined;
  readonly to: string;
  readonly faults?: Faults;
  /** Decides over transfers; without it they are answered and talk for ten seconds. */
  readonly transfer?: (to: string) => TransferOutcome;
  /** Override where the number's webhooks point. */
  readonly voiceUrl?: string;
  readonly statusUrl?: string;
  /** Who hears it, when that is a person. */
  readonly audience?: Audience;
};

export type Spoken = { readonly speaker: 'secretary' | 'caller'; readonly text: string; readonly atMs: number };
/** One thing that happened on the wire; `atMs` is emulated time since the call began. */
export type LoggedStep = { readonly what: string; readonly detail?: string | number; readonly atMs: number };

/** Audio that came out of the caller's telephone without a gap; `atMs` is emulated time since the call began. */
export type HeardAudio = { readonly atMs: number; readonly audio: Buffer };

/** What a media stream brought to the caller. */
export type LegAudio = {
  readonly heard: HeardAudio[];
  /** How much was heard in all. */
  heardMs: number;
  /** The most that ever waited to be played. */
  mostWaitingMs: number;
};

/** Who hears the caller just now: an open relay, a media stream or a gather. */
export type Ear = {
  /** True when nothing is being said to the caller. */
  isQuiet(): boolean;
  /** Words the caller has heard of what is being said. */
  wordsHeard(): number;
  readonly takes: TakesWords | TakesAudio;
  key(digit: string): void;
  dropSocket?(): void;
  /** Stops or resumes reading from the socket. */
  stallSocket?(stalled: boolean): void;
  frame?(raw: string | Buffer): void;
};

type TakesWords = {
  readonly what: 'words';
  /** The caller begins to speak. Returns false when nobody will listen to it. */
  begins(): boolean;
  speech(text: string): void;
  /** The caller goes on speaking, which a relay tells. */
  goesOn?(): void;
};

type TakesAudio = {
  readonly what: 'audio';
  /** Sends it frame by frame after what is being sent; false when the stream ended before all of it was sent. */
  play(audio: Buffer): Promise<boolean>;
};

/** Takes the call away from what it is doing. */
export type Cut =
  | { readonly by: 'caller-hung-up' | 'api-hung-up' }
  | { readonly by: 'redirect'; readonly document: string };

/** What a verb leads to: another document, the end, or (undefined) the next verb. */
export type Next = { readonly document: string } | { readonly ended: Ended } | undefined;

/** The keypad spelling of ANONYMOUS, as the network gives a withheld number. */
const withheld = '+266696687';

/** One call as the carrier sees it. Everything that plays a part in it changes this and tells. */
export type Leg = Changes & {
  readonly callId: string;
  /** The caller's number as the product gets to see it. */
  readonly from: string;
  readonly options: CallOptions;
  readonly account: string;
  readonly pace: Pace;
  readonly random: Random;
  readonly line: Line;
  readonly transcript: Spoken[];
  readonly steps: LoggedStep[];
  readonly audio: LegAudio;
  /** Utterances that `said()` has not given out yet. */
  readonly unheard: string[];
  /** Keys that the product pressed, as they were heard. */
  keysHeard: string;
  /** How many things were said to a person. */
  sayings: number;
  status: string;
  ear: Ear | undefined;
  cut: Cut | undefined;
  over: Ended | undefined;
  /** Emulated milliseconds from the beginning of the call to that time, with their fraction. */
  since(at: number): number;
  log(what: string, detail?: string | number): void;
  spoke(speaker: Spoken['speaker'], text: string, startedAt?: number): void;
  heardFromProduct(heard: Heard): void;
  /** Keys of the product; waits among them are heard as nothing. Those in a row make one line of the transcript. */
  heardKeys(digits: string): void;
  /** Resolves after so much emulated time, or at once when the call is cut. */
  wait(emulatedMs: number): Promise<void>;
};

export type LegOptions = Pick<Leg, 'account' | 'pace' | 'random' | 'line' | 'options'>;

export function newLeg(given: LegOptions): Leg {
  const bell = changes();
  const startedAt = given.pace.clock.now();
  const since = (at: number) => (at - startedAt) * given.pace.speed;
  const now = () => Math.round(since(given.pace.clock.now()));
  let lineOfKeys: Spoken | undefined;
  const leg: Leg = {
    ...given,
    ...bell,
    from: given.options.from ?? withheld,
    callId: `CA${given.random.bytes(16).toString('hex')}`,
    transcript: [],
    steps: [],
    audio: { heard: [], heardMs: 0, mostWaitingMs: 0 },
    unheard: [],
    keysHeard: '',
    sayings: 0,
    status: 'ringing',
    ear: undefined,
    cut: undefined,
    over: undefined,
    since,
    log(what, detail) {
      leg.steps.push({ what, ...(detail === undefined ? {} : { detail }), atMs: now() });
    },
    spoke(speaker, text, at = given.pace.clock.now()) {
      leg.transcript.push({ speaker, text, atMs: Math.round(since(at)) });
    },
    heardFromProduct({ text, startedAt: at }) {
      if (text === '') return;
      leg.spoke('secretary', text, at);
      leg.unheard.push(text);
      leg.tell();
    },
    heardKeys(digits) {
      const keys = digits.replace(/[wW]/g, '');
      leg.log('keys-heard', keys);
      leg.keysHeard += keys;
      given.options.audience?.keys(keys);
      lineOfKeys = lengthen(leg, lineOfKeys, keys);
      leg.tell();
    },
    async wait(emulatedMs) {
      let passed: true | undefined;
      const cancel: Cancel = later(given.pace, emulatedMs, () => {
        passed = true;
        leg.tell();
      });
      await leg.until(() => passed ?? (leg.cut ? true : undefined));
      cancel();
    },
  };
  return leg;
}

/** Adds keys to the last line when that is theirs, else as a line of their own. Returns it. */
function lengthen({ transcript, spoke }: Leg, line: Spoken | undefined, keys: string): Spoken | undefined {
  if (line === undefined || transcript.at(-1) !== line) spoke('secretary', keys);
  else transcript.splice(-1, 1, { ...line, text: line.text + keys });
  return transcript.at(-1);
}

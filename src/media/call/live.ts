import type { Cancel } from '#base';
import type { SpeechListener, SpeechModel, SpeechReach, SpeechSession } from '#adapters/models';
import type { Happening, Waiting } from '../desk.ts';
import type { LiveStream } from '../host/live-call.ts';
import type { CardWatch } from './card-watch.ts';
import type { Ear } from './ear.ts';
import type { Inbound } from './inbound.ts';
import type { Keypad } from './keypad.ts';
import type { Mending } from './mending.ts';
import type { Playout } from './playout.ts';
import type { Said } from './said.ts';
import type { Script } from './script.ts';
import type { StreamTime } from './stream-time.ts';
import type { Tap } from './tap.ts';
import type { Ticker } from './ticker.ts';
import type { TurnWatch } from './turn-watch.ts';

/** What a live call is given besides its stream. */
export type LiveOptions = LiveStream & {
  readonly reach: SpeechReach;
  readonly model: SpeechModel;
  readonly ticker: Ticker;
  readonly tap?: Tap | undefined;
};

/** A connection to the model, from the first try. */
export type Link = {
  readonly session: SpeechSession;
  readonly openedAt: number;
  readyAt: number | undefined;
  /** Its answers by the model's name of them, the last few. */
  readonly answers: Map<string, Said>;
  /** The answer whose audio is coming. */
  receiving: Said | undefined;
  /** More may come behind its last answer, and what is therefore owed. */
  isBusy: boolean;
  missed: Owed | undefined;
  /** Tools it waits for. */
  readonly asked: Set<string>;
  /** What it must be told once it is ready, because it began without knowing. */
  later: ((session: SpeechSession) => void)[];
};

/** Who owes the next words: the model an answer, or the desk a tool's result. */
export type Owed = {
  readonly by: 'model' | 'desk';
  /** Since when the caller waits, and since when it is owed: a model needs some time to know that a turn is over. */
  readonly since: number;
  readonly from: number;
  /** Said to a model that takes over; undefined when what the caller said is to be answered. */
  readonly ask: string | undefined;
  /** What they answer: words of the caller, a tool's result, or neither. */
  readonly to: Waiting;
};

export type LiveStats = {
  framesIn: number;
  framesOut: number;
  /** Messages of the carrier that were none. */
  malformed: number;
  /** Times the caller spoke over an answer. */
  cuts: number;
  /** Answers that were longer than anyone would listen to. */
  overlong: number;
  /** Sessions opened after the first. */
  reconnects: number;
  tones: number;
};

/** Everything that is known of one live call. Changed by the functions beside this file, one happening at a time. */
export type Live = {
  readonly options: LiveOptions;
  /** Time that never runs backwards and knows no leaps. */
  readonly now: () => number;
  /** What a session tells goes there; `linkOf` gives its link once there is one. */
  readonly listenerOf: (linkOf: () => Link | undefined) => SpeechListener;
  readonly out: Playout;
  readonly into: Inbound;
  readonly script: Script;
  readonly ear: Ear;
  readonly pad: Keypad;
  readonly watch: TurnWatch;
  readonly cards: CardWatch;
  readonly time: StreamTime;
  readonly stats: LiveStats;
  /** `parting`: the model is given up, and what is left is being heard. `closing`: we have closed the stream. */
  phase: 'open' | 'leaving' | 'parting' | 'closing' | 'over';
  /** When leaving or parting is over at the latest. */
  phaseUntil: number;
  /** How the stream ends, or would if it ended now. */
  how: (Happening & { type: 'closed' })['how'];
  stopBeats: Cancel;
  mending: Mending;
  link: Link | undefined;
  /** Opened to take the link's place at a quiet moment, and when the next may be. */
  spare: Link | undefined;
  spareAt: number;
  callerSpeaks: boolean;
  owed: Owed | undefined;
  /** What the answer that is being given, or was given last, is to. */
  answerTo: Waiting;
  /** The frame with which the caller's last turn ended. */
  turnEnd: number;
  /** Tools that the desk runs, since when. */
  readonly tools: Map<string, number>;
  /** Until when the caller hears words of the model, or keys; tones of ours do not count. */
  speechUntil: number;
  /** When the caller was last known to be there. */
  callerAt: number;
  isQuietTold: boolean;
  /** The first frame of the caller that no model has put into words yet, and how many turns that are over these are. */
  unheardFrom: number | undefined;
  turnsUnheard: number;
  /** The first frame that a session which takes over must hear; undefined before the first was ready. */
  resumeFrom: number | undefined;
  /** When what is not a matter of frames is looked at next. */
  lookAt: number;
};

/** The rest of an answer that broke off. */
export function restOf({ answerTo }: Live): Pick<Owed, 'by' | 'ask' | 'to'> {
  return { by: 'model', ask: undefined, to: answerTo };
}

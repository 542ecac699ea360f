import { openLedger, type Answer } from './ledger.ts';
import { openVoice, type Voice } from './model-voice.ts';
import type { Samples } from './samples.ts';
import { frameBytes, modelsOwn, nowUs, readFrame, restamp, stampFrame, type Stamp } from './stamp.ts';
import type { ModelCall } from './talk.ts';
import type { Wire } from './wire.ts';

/** What all sessions of the stand-in count together. */
export type ModelTally = {
  readonly upMs: Samples;
  isMeasuring: boolean;
  altered: number;
  crossed: number;
  silence: number;
};

/** One session as the Realtime API holds it (GA events, audio/pcmu both ways), as far as a load needs it. */
export type Session = {
  text(message: Buffer): void;
  /** Begins answers, and lets the caller speak over them when it is time. */
  tick(nowMs: number): void;
  /** The caller speaks over nothing any more. */
  hush(): void;
  read(): ModelCall;
};

/** The caller speaks over an answer about so often; the first time anywhere within that, so that calls differ. */
const bargeEveryMs = 5_000;
/** The caller speaks for so long. */
const speakingMs = 300;
/** What the model says of its own accord when it is asked to, in frames. */
const ownFrames = 25;
/** After that, and after the first frame, the caller waits so long before the first turn. */
const settleMs = 500;

type State = {
  phase: 'new' | 'listening' | 'caller-speaks' | 'echo';
  /** When the phase ends, as `performance.now()` counts. */
  dueMs: number;
  call: number | undefined;
  turn: number;
  hasAnswered: boolean;
  heardMs: number;
  answer: { readonly id: number; first: number; last: number } | undefined;
  isHushed: boolean;
};

/** Runs one session: in an answer every frame of the caller comes back as a delta of its own. */
export function openSession(wire: Wire, tally: ModelTally): Session {
  const voice = openVoice(wire);
  const ledger = openLedger();
  const answers: Answer[] = [];
  const state: State = {
    phase: 'new',
    dueMs: Number.POSITIVE_INFINITY,
    call: undefined,
    turn: 0,
    hasAnswered: false,
    heardMs: 0,
    answer: undefined,
    isHushed: false,
  };
  voice.say('session.created', { session: { type: 'realtime', object: 'realtime.session', id: 'sess_bench' } });

  const hear = (payload: string) => {
    const audio = Buffer.from(payload, 'base64');
    state.heardMs += audio.length / 8;
    if (state.phase === 'new') Object.assign(state, { phase: 'listening', dueMs: performance.now() + settleMs });
    const own = stampsIn(audio, tally).filter((stamp) => isOwn(stamp, state, tally));
    for (const { seq, sentUs } of own) {
      ledger.add(seq);
      if (tally.isMeasuring) tally.upMs.add((nowUs() - sentUs) / 1e3);
    }
    if (state.answer && own.length > 0) echo(voice, state.answer, audio, own);
  };
  return {
    text(message) {
      const payload = appended(message);
      if (payload === undefined) attend(message, { voice, state, hear });
      else hear(payload);
    },
    tick(nowMs) {
      if (nowMs < state.dueMs || state.isHushed) return;
      if (state.phase === 'caller-speaks') return answerTurn(voice, state, nowMs);
      if (state.answer) answers.push(...closed(state.answer, nowUs()));
      interrupt(voice, state, nowMs);
    },
    hush() {
      state.isHushed = true;
    },
    read: () => ({
      number: state.call,
      got: ledger.read(),
      answers: [...answers, ...(state.answer ? closed(state.answer, undefined) : [])],
    }),
  };
}

/** The caller begins to speak; what is being answered ends there. */
function interrupt(voice: Voice, state: State, nowMs: number): void {
  voice.began(state.turn, state.heardMs);
  if (state.answer) voice.finish(state.answer.id, 'cancelled');
  Object.assign(state, { phase: 'caller-speaks', dueMs: nowMs + speakingMs, answer: undefined });
}

function answerTurn(voice: Voice, state: State, nowMs: number): void {
  voice.ended(state.turn, state.heardMs);
  const isFirst = !state.hasAnswered;
  state.turn += 1;
  voice.begin(state.turn);
  state.answer = { id: state.turn, first: Number.POSITIVE_INFINITY, last: 0 };
  const answerMs = bargeEveryMs - speakingMs;
  // Spread by the golden ratio: however many calls there are, their times lie evenly.
  const share = ((state.call ?? 0) * 0.618_034 + state.turn * 0.31) % 1;
  const lastsMs = isFirst ? answerMs * (0.1 + 0.9 * share) : answerMs * (0.9 + 0.2 * share);
  Object.assign(state, { phase: 'echo', dueMs: nowMs + lastsMs, hasAnswered: true });
}

/** What the model says because it was asked to, without a caller's turn: frames of its own, all at once. */
function volunteer(voice: Voice, state: State, instructions = ''): void {
  state.turn += 1;
  // A call that is to be recorded is, once the words that say so have been spoken.
  voice.begin(state.turn, /word for word: "(.*)"$/s.exec(instructions)?.[1]);
  const frame = Buffer.alloc(frameBytes);
  for (let seq = 1; seq <= ownFrames; seq += 1) {
    stampFrame(frame, { call: modelsOwn, seq, sentUs: 0 });
    voice.speak(state.turn, frame.toString('base64'));
  }
  voice.finish(state.turn, 'completed');
  if (state.phase === 'listening') state.dueMs = performance.now() + ownFrames * 20 + settleMs;
}

/** Sends the audio back under the time of now. */
function echo(voice: Voice, answer: NonNullable<State['answer']>, audio: Buffer, own: readonly Stamp[]): void {
  answer.first = Math.min(answer.first, own[0]!.seq);
  answer.last = own.at(-1)!.seq;
  for (let at = 0; at + frameBytes <= audio.length; at += frameBytes) {
    const frame = audio.subarray(at, at + frameBytes);
    if (typeof readFrame(frame) === 'object') restamp(frame, nowUs());
  }
  voice.speak(answer.id, audio.toString('base64'));
}

function closed({ first, last }: { first: number; last: number }, cutUs: number | undefined): readonly Answer[] {
  return last >= first ? [{ first, last, cutUs }] : [];
}

/** Checks each frame of the audio. */
function stampsIn(audio: Buffer, tally: ModelTally): readonly Stamp[] {
  if (audio.length % frameBytes !== 0) tally.altered += 1;
  const found: Stamp[] = [];
  for (let at = 0; at + frameBytes <= audio.length; at += frameBytes) {
    const stamp = readFrame(audio.subarray(at, at + frameBytes));
    if (stamp === 'silence') tally.silence += tally.isMeasuring ? 1 : 0;
    else if (stamp === 'altered') tally.altered += 1;
    else found.push(stamp);
  }
  return found;
}

/** The first frame says whose session this is; any other call's is in the wrong place. */
function isOwn(stamp: Stamp, state: State, tally: ModelTally): boolean {
  state.call ??= stamp.call;
  if (stamp.call !== state.call) tally.crossed += 1;
  return stamp.call === state.call;
}

type Said = {
  readonly type: string;
  readonly audio: string;
  readonly session: object;
  readonly item: object;
  readonly item_id: string;
  readonly audio_end_ms: number;
  readonly response?: { readonly instructions?: string };
};

type Room = { readonly voice: Voice; readonly state: State; readonly hear: (payload: string) => void };

/** Everything a client says besides audio of the usual shape. */
function attend(message: Buffer, { voice, state, hear }: Room): void {
  const said = JSON.parse(message.toString()) as Said;
  if (said.type === 'input_audio_buffer.append') hear(said.audio);
  if (said.type === 'session.update') voice.say('session.updated', { session: said.session });
  if (said.type === 'response.create' && !state.answer) volunteer(voice, state, said.response?.instructions);
  if (said.type === 'conversation.item.create') {
    voice.say('conversation.item.added', { previous_item_id: null, item: said.item });
  }
  if (said.type === 'conversation.item.truncate') {
    const { item_id, audio_end_ms } = said;
    voice.say('conversation.item.truncated', { item_id, content_index: 0, audio_end_ms });
  }
}

const appendType = Buffer.from('"input_audio_buffer.append"');
const audioKey = Buffer.from('"audio":"');

/** The audio of an append of the usual shape, cut out by position; undefined for anything else. */
function appended(message: Buffer): string | undefined {
  if (message.indexOf(appendType) < 0) return undefined;
  const start = message.indexOf(audioKey) + audioKey.length;
  const end = message.indexOf(0x22, start);
  return start < audioKey.length || end < 0 ? undefined : message.toString('latin1', start, end);
}

import type { SpeechListener } from '../../../speech.ts';
import { bytesOf, type AudioDelta } from './audio-delta.ts';

/** 8 kHz, one byte a sample (ITU-T G.711). */
const bytesPerMs = 8;
/** Answers that may still be cut: all but the last have long been played. */
const mostAnswers = 16;

/** Where an answer belongs: it is one spoken item of a response. */
export type Place = { readonly response: string; readonly item: string };

type Answer = {
  readonly response: string;
  /** Audio that was given out. */
  bytes: number;
  text: string;
  /** `silent`: no audio yet. `open`: being given out. `told`: complete, or nothing more comes. */
  phase: 'silent' | 'open' | 'told';
  isCut: boolean;
};

/**
 * The books of what the model answers. What belongs to a response that was never announced, is over or was cut short
 * is dropped, so late audio is never given out. Each answer that was begun is told as `answered` once.
 */
export type Replies = {
  readonly tell: Pick<SpeechListener, 'answering' | 'audio' | 'answered'>;
  readonly answers: Map<string, Answer>;
  /** The response that is being made; hushed = what still comes of it is not given out. */
  running: { readonly id: string; isHushed: boolean } | undefined;
};

/** What must be told to the vendor about an answer that was cut. */
export type Cut = {
  /** Milliseconds that the caller heard; never more than there were. */
  readonly endMs: number;
  /** Its response, when that is still being made and nobody has stopped it yet. */
  readonly stop: string | undefined;
};

export function newReplies(tell: Replies['tell']): Replies {
  return { tell, answers: new Map(), running: undefined };
}

export function responseBegan(replies: Replies, response: string): void {
  closeAnswers(replies);
  replies.running = { id: response, isHushed: false };
}

export function giveOut(replies: Replies, delta: AudioDelta): void {
  const answer = answerOf(replies, delta);
  if (!answer || replies.running?.isHushed || answer.phase === 'told') return;
  if (answer.phase === 'silent') {
    closeAnswers(replies);
    answer.phase = 'open';
    replies.tell.answering(delta.item);
  }
  // Whoever was told may have cut it at once.
  if (answer.isCut) return;
  answer.bytes += bytesOf(delta.payload);
  replies.tell.audio(delta.item, delta.payload);
}

/** The next words of an answer; with `whole`, all of them. */
export function noteWords(replies: Replies, place: Place, { text, whole }: { text: string; whole: boolean }): void {
  const answer = answerOf(replies, place);
  if (answer) answer.text = whole ? text : answer.text + text;
}

/** `isWhole`: the vendor says that it has made all of it. */
export function itemOver(replies: Replies, { response, item }: Place, isWhole: boolean): void {
  const answer = replies.answers.get(item);
  if (answer?.response === response) close(replies, item, { answer, isWhole });
}

export function responseOver(replies: Replies): void {
  closeAnswers(replies);
  replies.running = undefined;
}

/** Nothing more of the response in progress is given out. */
export function hush(replies: Replies): void {
  if (replies.running) replies.running.isHushed = true;
}

/** Undefined when there is nothing the caller did not hear, or the answer was cut before. */
export function cutAnswer(replies: Replies, item: string, playedMs: number): Cut | undefined {
  const answer = replies.answers.get(item);
  if (!answer || answer.phase === 'silent' || answer.isCut) return undefined;
  const givenMs = Math.floor(answer.bytes / bytesPerMs);
  if (answer.phase === 'told' && playedMs >= givenMs) return undefined;
  answer.isCut = true;
  const { running } = replies;
  const isRunning = answer.response === running?.id;
  const stop = isRunning && !running.isHushed ? running.id : undefined;
  if (isRunning) hush(replies);
  return { endMs: Math.max(0, Math.min(Math.floor(playedMs), givenMs)), stop };
}

/** Undefined when the response is not the one that is being made. */
function answerOf({ answers, running }: Replies, { response, item }: Place): Answer | undefined {
  if (response !== running?.id) return undefined;
  const known = answers.get(item);
  if (known) return known;
  const fresh: Answer = { response, bytes: 0, text: '', phase: 'silent', isCut: false };
  answers.set(item, fresh);
  for (const oldest of answers.keys()) if (answers.size > mostAnswers) answers.delete(oldest);
  return fresh;
}

function closeAnswers(replies: Replies): void {
  for (const [item, answer] of replies.answers) close(replies, item, { answer, isWhole: false });
}

function close({ tell }: Replies, item: string, { answer, isWhole }: { answer: Answer; isWhole: boolean }): void {
  if (answer.phase !== 'open') return;
  answer.phase = 'told';
  tell.answered(item, answer.text, isWhole && !answer.isCut);
}

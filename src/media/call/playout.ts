import { bytesIn, bytesPerMs, frameBytes, frameMs } from './audio.ts';
import { nextFrame, push } from './cutter.ts';
import { limits } from './limits.ts';
import { newSaid, playedMs, receivedMs, type Said } from './said.ts';

/** The carrier's end: what is said to it, and the bytes it has not taken yet. */
export type Wire = {
  /** Audio and marks wait for `flush`, so that what goes out at once goes out in one piece. */
  audio(payload: string): void;
  mark(name: string): void;
  flush(): void;
  clear(): void;
  backlog(): number;
};

/** What is told of an answer, in the order it happens. It may not throw, and changes no playout from within. */
export type PlayoutListener = {
  /** Its first frame has been sent on. */
  sent(said: Said, now: number): void;
  /** Its first frame has been played. */
  began(said: Said, now: number): void;
  /** All of it has been played, or as far as `playedMs` and nothing more will be known. */
  over(said: Said, playedMs: number, now: number): void;
};

/** Where audio is noted at the time it is played. */
export type Trace = { sent(payload: string, playsAt: number): void; clear(now: number): void };

/** How far an answer had been played when it was cut; `isWhole`: to its end. */
export type Cut = { readonly said: Said; readonly playedMs: number; readonly isWhole: boolean };

type Mark = { readonly name: string; readonly said: Said; readonly ms: number };

/**
 * Plays answers one after the other, in real time. It knows no clock: every function is told the time. What lies at the
 * carrier is counted by our own account: frames sent, less the time that has passed.
 */
export type Playout = {
  readonly wire: Wire;
  readonly listener: PlayoutListener;
  readonly trace: Trace | undefined;
  /** Not over yet, oldest first. */
  readonly answers: Said[];
  /** Sent and not come back, oldest first. */
  readonly marks: Mark[];
  generation: number;
  playsUntil: number;
  /** The carrier does not take what it is sent. */
  isHeldBack: boolean;
};

export function openPlayout(wire: Wire, listener: PlayoutListener, trace?: Trace): Playout {
  return { wire, listener, trace, answers: [], marks: [], generation: 0, playsUntil: 0, isHeldBack: false };
}

/** An answer begins; the one before it has ended. */
export function beginAnswer(out: Playout, name: string, now: number): Said {
  const before = out.answers.findLast(({ isLasting }) => !isLasting);
  if (before) endAnswer(out, before, now);
  out.generation += 1;
  const said = newSaid(out.generation, name);
  out.answers.push(said);
  lookAtBacklog(out);
  return said;
}

/** Plays frames of our own as soon as what was sent has been played, also in the middle of an answer that has stopped. */
export function interject(out: Playout, frames: readonly string[], now: number): void {
  const at = out.answers.findIndex((one) => !one.isSent && !one.isLasting);
  out.answers.splice(at < 0 ? out.answers.length : at, 0, ready(out, frames, false));
  pump(out, now);
}

/** Plays frames of our own after everything that is there, to their end, whatever is cut meanwhile. */
export function playThrough(out: Playout, frames: readonly string[], now: number): void {
  out.answers.push(ready(out, frames, true));
  pump(out, now);
}

function ready(out: Playout, frames: readonly string[], isLasting: boolean): Said {
  out.generation += 1;
  const said = newSaid(out.generation, undefined, isLasting);
  for (const frame of frames) push(said.cutter, frame);
  said.cutter.hasEnded = true;
  said.receivedBytes = said.cutter.waitingBytes;
  return said;
}

/** False when the audio was not taken: the answer is over, or more is waiting than anyone would listen to. */
export function playAudio(out: Playout, said: Said, payload: string, now: number): boolean {
  if (said.isOver || said.cutter.hasEnded) return false;
  if (waitingBytes(out) > limits.queueMs * bytesPerMs) return false;
  push(said.cutter, payload);
  said.receivedBytes += bytesIn(payload);
  pump(out, now);
  return true;
}

/** Nothing follows of this answer. */
export function endAnswer(out: Playout, said: Said, now: number): void {
  if (said.isOver || said.cutter.hasEnded) return;
  said.cutter.hasEnded = true;
  pump(out, now);
}

/** The carrier echoes a mark. One that was sent before a cut means nothing. */
export function marked(out: Playout, name: string, now: number): void {
  const at = out.marks.findIndex((one) => one.name === name);
  // What was sent before it has been played too.
  for (const { said, ms } of out.marks.splice(0, at + 1)) acknowledge(out, said, ms, now);
}

/**
 * Silence, at once: the carrier drops what it has, and so do we. Returns what was outstanding, oldest first. The carrier
 * is told even when it should have nothing left: on its way to it, audio takes longer than by our account. Only what
 * lasts goes on; while it lies at the carrier nothing there can be dropped, and the rest of a word is heard beside it.
 */
export function cutAll(out: Playout, now: number): readonly Cut[] {
  const lasting = out.answers.filter(({ isLasting }) => isLasting);
  const cuts = out.answers.filter(({ isLasting }) => !isLasting).map((said) => cutOff(said, playedBy(out, said, now)));
  const kept = out.marks.filter(({ said }) => said.isLasting);
  if (lasting.every(({ sentMs }) => sentMs === 0)) drop(out, now);
  out.answers.splice(0, out.answers.length, ...lasting);
  out.marks.splice(0, out.marks.length, ...kept);
  return cuts;
}

function drop(out: Playout, now: number): void {
  if (out.answers.length > 0 || out.playsUntil > now) out.wire.clear();
  out.trace?.clear(now);
  out.playsUntil = Math.min(out.playsUntil, now);
}

/** Sends what is due; to be called every 40 ms. */
export function beatPlayout(out: Playout, now: number): void {
  if (out.answers.length === 0) return;
  if (out.isHeldBack) lookAtBacklog(out);
  pump(out, now);
  giveUpOverdue(out, now);
}

/** With every answer and every mark: what is sent from one to the next is little. */
function lookAtBacklog(out: Playout): void {
  out.isHeldBack = out.wire.backlog() > limits.carrierBacklogBytes;
}

/** When the last of what there is will have been played; a time that is past when all is silent. */
export function soundUntil(out: Playout): number {
  return out.playsUntil + Math.floor(waitingBytes(out) / frameBytes) * frameMs;
}

function pump(out: Playout, now: number): void {
  if (out.isHeldBack) return;
  const { answers } = out;
  for (let at = 0; at < answers.length;) {
    const said = answers[at]!;
    if (!said.isSent && !send(out, said, now)) break;
    if (answers[at] === said) at += 1;
  }
  out.wire.flush();
}

/** Sends what there is room for; true when that was the rest of the answer. */
function send(out: Playout, said: Said, now: number): boolean {
  for (;;) {
    const playsAt = Math.max(out.playsUntil, now);
    if (playsAt + frameMs - now > limits.aheadMs) return false;
    const frame = nextFrame(said.cutter);
    if (frame === undefined) return said.cutter.hasEnded && allSent(out, said, now);
    out.wire.audio(frame);
    out.trace?.sent(frame, playsAt);
    out.playsUntil = playsAt + frameMs;
    said.dueEnd = out.playsUntil;
    said.sentMs += frameMs;
    const isFirst = said.sentMs === frameMs;
    if (isFirst) out.listener.sent(said, now);
    if (isFirst || said.sentMs - said.markedMs >= limits.betweenMarksMs) mark(out, said);
  }
}

function allSent(out: Playout, said: Said, now: number): boolean {
  said.isSent = true;
  if (said.sentMs > said.markedMs) mark(out, said);
  settle(out, said, now);
  return true;
}

function mark(out: Playout, said: Said): void {
  said.markedMs = said.sentMs;
  const name = `${said.generation}.${said.sentMs}`;
  out.marks.push({ name, said, ms: said.sentMs });
  out.wire.mark(name);
  lookAtBacklog(out);
}

function acknowledge(out: Playout, said: Said, ms: number, now: number): void {
  said.playedMs = ms;
  said.playedAt = now;
  if (!said.hasBegun) {
    said.hasBegun = true;
    out.listener.began(said, now);
  }
  settle(out, said, now);
}

function settle(out: Playout, said: Said, now: number): void {
  if (said.isSent && said.playedMs >= said.sentMs) leave(out, said, receivedMs(said), now);
}

function leave(out: Playout, said: Said, ms: number, now: number): void {
  said.isOver = true;
  out.answers.splice(out.answers.indexOf(said), 1);
  out.listener.over(said, ms, now);
}

/** Its last mark does not come back: nobody waits for it any longer. */
function giveUpOverdue(out: Playout, now: number): void {
  const said = out.answers[0];
  if (!said?.isSent || now < said.dueEnd + limits.overdueMarkMs) return;
  const others = out.marks.filter((one) => one.said !== said);
  out.marks.splice(0, out.marks.length, ...others);
  leave(out, said, Math.min(said.playedMs, receivedMs(said)), now);
}

function playedBy(out: Playout, said: Said, now: number): number {
  return playedMs(said, out.marks.find((one) => one.said === said)?.ms, now);
}

function cutOff(said: Said, ms: number): Cut {
  said.isOver = true;
  return { said, playedMs: ms, isWhole: said.isSent && ms >= receivedMs(said) };
}

function waitingBytes({ answers }: Playout): number {
  let sum = 0;
  for (let at = 0; at < answers.length; at += 1) sum += answers[at]!.cutter.waitingBytes;
  return sum;
}

import { bytesIn, frameBytes, isFrame, silentByte } from './audio.ts';

/** Audio of any length in, frames of 20 ms out: every byte once and in order. Only the functions here change it. */
export type Cutter = {
  /** Not yet looked into, from `head` on. */
  readonly payloads: string[];
  head: number;
  /** The payload that is being cut, from `at` on. */
  open: Buffer | undefined;
  at: number;
  /** What earlier payloads left over: less than a frame. */
  rest: Buffer | undefined;
  restBytes: number;
  /** Taken in and not yet given out. */
  waitingBytes: number;
  hasEnded: boolean;
};

export function cutter(): Cutter {
  return {
    payloads: [],
    head: 0,
    open: undefined,
    at: 0,
    rest: undefined,
    restBytes: 0,
    waitingBytes: 0,
    hasEnded: false,
  };
}

/** Takes in base64 µ-law of any length. */
export function push(cut: Cutter, payload: string): void {
  cut.payloads.push(payload);
  cut.waitingBytes += bytesIn(payload);
}

/**
 * The next frame in base64, or undefined when there is none yet. A payload that is a frame, with nothing left over
 * before it, is given out as the string it came in. When nothing follows, the rest is filled up with silence.
 */
export function nextFrame(cut: Cutter): string | undefined {
  const next = cut.payloads[cut.head];
  const isReady = next !== undefined && cut.open === undefined && cut.restBytes === 0 && isFrame(next);
  const frame = isReady ? take(cut) : cutOut(cut);
  if (frame !== undefined) cut.waitingBytes = Math.max(0, cut.waitingBytes - frameBytes);
  return frame;
}

function cutOut(cut: Cutter): string | undefined {
  for (;;) {
    if (cut.open === undefined) {
      const payload = take(cut);
      if (payload === undefined) return last(cut);
      cut.open = Buffer.from(payload, 'base64');
      cut.at = 0;
    }
    const isStraight = cut.restBytes === 0 && cut.open.length - cut.at >= frameBytes;
    const frame = isStraight ? straight(cut, cut.open) : gathered(cut, cut.open);
    if (frame !== undefined) return frame;
  }
}

function take(cut: Cutter): string | undefined {
  const payload = cut.payloads[cut.head];
  if (payload === undefined) return undefined;
  cut.head += 1;
  if (cut.head === cut.payloads.length || cut.head === 256) {
    cut.payloads.splice(0, cut.head);
    cut.head = 0;
  }
  return payload;
}

function straight(cut: Cutter, open: Buffer): string {
  const frame = open.toString('base64', cut.at, cut.at + frameBytes);
  advance(cut, open, frameBytes);
  return frame;
}

/** Adds to the rest; undefined as long as that is no whole frame. */
function gathered(cut: Cutter, open: Buffer): string | undefined {
  cut.rest ??= Buffer.allocUnsafeSlow(frameBytes);
  const count = Math.min(frameBytes - cut.restBytes, open.length - cut.at);
  open.copy(cut.rest, cut.restBytes, cut.at, cut.at + count);
  cut.restBytes += count;
  advance(cut, open, count);
  if (cut.restBytes < frameBytes) return undefined;
  cut.restBytes = 0;
  return cut.rest.toString('base64');
}

function advance(cut: Cutter, open: Buffer, count: number): void {
  cut.at += count;
  if (cut.at >= open.length) cut.open = undefined;
}

function last(cut: Cutter): string | undefined {
  if (!cut.hasEnded || cut.rest === undefined || cut.restBytes === 0) return undefined;
  cut.rest.fill(silentByte, cut.restBytes);
  cut.restBytes = 0;
  return cut.rest.toString('base64');
}

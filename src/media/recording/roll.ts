import { frameBytes, frameMs, framesPerSegment } from './segment.ts';
import type { Shelf } from './shelf.ts';
import { openTape, segmentSamples, type Blank, type Channel, type Spares, type Tape } from './tape.ts';

/** How a roll ended: so many frames, or early, for a reason. `nothing`: the caller was never to be recorded. */
export type RollEnd = { readonly segments: number; readonly frames: number } | 'early' | 'nothing';

/** Why a recording stops while its call goes on. */
export type StopReason = 'not-announced' | 'store-behind' | 'time-jumped';

type Stopped = (why: StopReason) => void;

/** Two tracks of sound that run into a shelf, segment by segment. All places are samples from the start of the stream. */
export type Roll = {
  write(channel: Channel, payload: string, at: number): void;
  agentCut(from: number): void;
  announced(at: number): void;
  /** The caller is not recorded before that sample. */
  deafUntil(until: number): void;
  blank(blank: Blank): void;
  /** Puts what is left on the shelf, the last segment marked as such. */
  end(at: number): RollEnd;
};

const samplesPerMs = frameBytes / frameMs;
/** Without the announcement by then nothing is recorded. Until then the agent's side is kept in memory alone. */
const announceWithin = 30_000 * samplesPerMs;
/** Played audio is told up to so much ahead; it closes a segment only when the caller's frames stay away. */
const ahead = 1_000 * samplesPerMs;
/** Frames that are farther on than that belong to no stream that we know. */
const mostJump = 30_000 * samplesPerMs;
/** Frames may come so much early or late and still follow each other: carriers' times jitter. */
const jitter = { late: 15 * samplesPerMs, early: -40 * samplesPerMs };

/** Opens a roll. `stopped` is told once when it ends early. */
export function openRoll(shelf: Pick<Shelf, 'put' | 'blank'>, spares: Spares, stopped: Stopped): Roll {
  const tape = openTape(spares);
  const caller = { end: 0, isHeard: false, from: 0 };
  const agent = { end: 0 };
  let isOver = false;
  const latest = () => Math.max(caller.end, agent.end);
  const stop = (why: StopReason) => {
    isOver = true;
    tape.clear();
    stopped(why);
  };
  const next = (lastFrames?: number) => {
    if (!isOver && !shelveNext(tape, shelf, lastFrames)) stop('store-behind');
  };
  const shelve = (until: number) => {
    while (!isOver && tape.next() < until) next();
  };
  return {
    write(channel, payload, given) {
      if (isOver || !(given >= 0)) return;
      if (given > latest() + mostJump) return stop('time-jumped');
      if (!caller.isHeard && given > announceWithin) return stop('not-announced');
      const track = channel === 'caller' ? caller : agent;
      const place = placeFor(track.end, given);
      const isDeaf = track === caller && (!caller.isHeard || place < caller.from);
      track.end = place + (isDeaf ? Buffer.byteLength(payload, 'base64') : tape.write(channel, place, payload));
      if (caller.isHeard) shelve(passed(caller, agent));
    },
    agentCut(from) {
      if (isOver || from >= agent.end) return;
      tape.blank({ channels: ['agent'], span: { from, to: agent.end } });
      agent.end = onGrid(from);
    },
    announced(from) {
      if (isOver || caller.isHeard) return;
      caller.isHeard = true;
      caller.from = Math.max(caller.from, from);
      shelve(passed(caller, agent));
    },
    deafUntil(until) {
      caller.from = Math.max(caller.from, until);
    },
    blank({ channels, span: { from, to } }) {
      if (!caller.isHeard) return;
      const sealed = tape.blank({ channels, span: { from, to: Math.min(to, latest()) } });
      if (sealed && sealed.from < sealed.to) shelf.blank({ channels, span: sealed });
    },
    end(given) {
      if (!caller.isHeard) return 'nothing';
      const asked = Math.ceil(Math.min(given, latest() + mostJump) / frameBytes);
      const frames = Math.max(asked, tape.next() * framesPerSegment);
      const last = Math.max(Math.ceil(frames / framesPerSegment) - 1, tape.next());
      shelve(last);
      next(frames - last * framesPerSegment);
      if (isOver) return 'early';
      isOver = true;
      return { segments: last + 1, frames };
    },
  };
}

/** Seals and shelves the next segment: whole, or the last one with the frames it has. */
function shelveNext(tape: Tape, shelf: Pick<Shelf, 'put'>, lastFrames?: number): boolean {
  const { index, plain } = tape.take();
  const isLast = lastFrames !== undefined;
  const kept = isLast ? plain.subarray(0, lastFrames * 2 * frameBytes) : plain;
  const isTaken = shelf.put(index, { plain: kept, last: isLast });
  tape.giveBack(plain);
  return isTaken;
}

type Track = { readonly end: number };

/** How many segments are over: no audio can come for them any more. */
function passed(caller: Track, agent: Track): number {
  return Math.floor(Math.max(caller.end, agent.end - ahead) / segmentSamples);
}

/** Where audio goes that is told for `given` when the audio before it ended at `due`: behind it, or past a gap. */
function placeFor(due: number, given: number): number {
  const off = given - due;
  return off < jitter.late && off > jitter.early ? due : onGrid(given);
}

/** The nearest beginning of a frame. */
function onGrid(sample: number): number {
  return Math.round(sample / frameBytes) * frameBytes;
}

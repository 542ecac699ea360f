import { frameBytes, framesPerSegment, segmentBytes, silence } from './segment.ts';

export type Channel = 'caller' | 'agent';

/** A stretch of the recording in samples (8,000 a second), the second not included. */
export type Span = { readonly from: number; readonly to: number };

/** Samples of one direction in a segment. */
export const segmentSamples = frameBytes * framesPerSegment;

/** The part of a recording that is not sealed yet, segment by segment, silent where nothing was written. */
export type Tape = {
  /** Puts audio (base64 µ-law) at that sample. Returns how many samples it was. */
  write(channel: Channel, at: number, payload: string): number;
  /** Makes a stretch silent. Returns the part of it that lies in segments already taken. */
  blank(blank: Blank): Span | undefined;
  /** The next segment, to be sealed; `giveBack` it afterwards. */
  take(): { readonly index: number; readonly plain: Buffer };
  giveBack(plain: Buffer): void;
  /** Index of the segment that `take` gives next. */
  next(): number;
  /** Lets go of everything that was not taken. */
  clear(): void;
};

const bothWays = 2 * frameBytes;
/** Length of 160 bytes in base64: what carriers send fifty times a second is decoded right into its place. */
const frameLetters = 216;

/** Memory of segments that were taken, silent again, for the next ones: all recordings of a process share it. */
export type Spares = Buffer[];

const mostSpares = 16;

export function openTape(spares: Spares): Tape {
  const open = new Map<number, Buffer>();
  let next = 0;
  /** The segment that was written to last, which mostly is the one that is written to next. */
  let last: { readonly index: number; readonly bytes: Buffer } | undefined;
  const segment = (index: number): Buffer => {
    if (last?.index === index) return last.bytes;
    const bytes = open.get(index) ?? spares.pop() ?? Buffer.alloc(segmentBytes, silence);
    open.set(index, bytes);
    last = { index, bytes };
    return bytes;
  };
  return {
    write(channel, at, payload) {
      if (payload.length === frameLetters && at % frameBytes === 0) {
        const { index, offset } = placeOf(channel, at);
        if (index >= next) segment(index).write(payload, offset, frameBytes, 'base64');
        return frameBytes;
      }
      const bytes = Buffer.from(payload, 'base64');
      for (const { from, to } of framesOf({ from: at, to: at + bytes.length })) {
        const { index, offset } = placeOf(channel, from);
        if (index >= next) bytes.copy(segment(index), offset, from - at, to - at);
      }
      return bytes.length;
    },
    blank({ channels, span: { from, to } }) {
      const sealed = next * segmentSamples;
      for (const part of framesOf({ from: Math.max(from, sealed), to })) {
        for (const channel of channels) {
          const { index, offset } = placeOf(channel, part.from);
          open.get(index)?.fill(silence, offset, offset + part.to - part.from);
        }
      }
      return from < sealed ? { from, to: Math.min(to, sealed) } : undefined;
    },
    take() {
      const index = next;
      const plain = segment(index);
      open.delete(index);
      last = undefined;
      next += 1;
      return { index, plain };
    },
    giveBack(plain) {
      if (spares.length < mostSpares) spares.push(plain.fill(silence));
    },
    next: () => next,
    clear() {
      open.clear();
      last = undefined;
    },
  };
}

/** What is to be silent: a stretch, one way or both. */
export type Blank = { readonly channels: readonly Channel[]; readonly span: Span };

/** Makes a stretch silent in a segment that was opened again. */
export function blankPlain(plain: Buffer, index: number, { channels, span }: Blank): void {
  const start = index * segmentSamples;
  const from = Math.max(span.from - start, 0);
  const to = Math.min(span.to - start, segmentSamples);
  for (const part of framesOf({ from, to })) {
    const frame = Math.floor(part.from / frameBytes) * bothWays;
    for (const channel of channels) {
      const at = frame + shiftOf(channel) + (part.from % frameBytes);
      plain.fill(silence, at, at + part.to - part.from);
    }
  }
}

function placeOf(channel: Channel, sample: number): { index: number; offset: number } {
  const frame = Math.floor(sample / frameBytes);
  const offset = (frame % framesPerSegment) * bothWays + shiftOf(channel) + (sample % frameBytes);
  return { index: Math.floor(frame / framesPerSegment), offset };
}

function shiftOf(channel: Channel): number {
  return channel === 'caller' ? 0 : frameBytes;
}

/** The stretch, cut where frames begin. */
function* framesOf({ from, to }: Span): Generator<Span> {
  for (let at = from; at < to;) {
    const end = Math.min((Math.floor(at / frameBytes) + 1) * frameBytes, to);
    yield { from: at, to: end };
    at = end;
  }
}

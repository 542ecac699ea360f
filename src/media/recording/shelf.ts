import type { Clock, Random } from '#base';
import type { ObjectStore } from '#adapters/objects';
import { objectOf, openSegment, sealSegment, type Segment } from './segment.ts';
import { blankPlain, segmentSamples, type Blank } from './tape.ts';

/** What the recorder may reach. It knows no database and no keystore. */
export type ShelfReach = { readonly objects: ObjectStore; readonly clock: Clock; readonly random: Random };

/** Where the segments of one recording go: sealed at once, stored one after the other. */
export type Shelf = {
  /** Seals a segment and stores it as soon as may be. False when too many wait: nothing more is taken then. */
  put(index: number, segment: Segment): boolean;
  /** Makes a stretch silent in segments that were put before. */
  blank(blank: Blank): void;
  /** Resolves when nothing waits any more, or after `withinMs`; then what waits is given up. */
  settled(withinMs: number): Promise<void>;
  /** Segments that are stored, counted from the first. */
  stored(): number;
  /** False once a stretch that was to be silent could not be made so. */
  isBlanked(): boolean;
};

/** Sealed segments that wait for the store: 40 s of the call, 640 kB. */
const mostWaiting = 8;
const firstPauseMs = 250;
const longestPauseMs = 4_000;

type Work = { readonly kind: 'put' | 'blank'; readonly run: () => Promise<void> };

/**
 * Opens the shelf of a recording. The store may fail and come back: everything is tried until it succeeds or is
 * given up. Blanks are never given up for want of room, only at the end.
 */
export function openShelf(reach: ShelfReach, recording: { readonly key: Buffer; readonly prefix: string }): Shelf {
  const { objects, random } = reach;
  const { key, prefix } = recording;
  const progress = { stored: 0, isFull: false, isBlanked: true };
  const put = async (index: number, sealed: Buffer) => {
    await objects.put(objectOf({ prefix, index }), sealed);
    progress.stored = Math.max(progress.stored, index + 1);
  };
  const line = workLine(reach.clock, ({ kind }) => {
    if (kind === 'blank') progress.isBlanked = false;
  });
  return {
    put(index, segment) {
      const sealed = sealSegment(key, { prefix, index }, segment, random);
      if (line.waiting('put') >= mostWaiting) {
        progress.isFull = true;
        line.drop('put');
      }
      if (progress.isFull) return false;
      line.add({ kind: 'put', run: () => put(index, sealed) });
      return true;
    },
    blank(blank) {
      const { span } = blank;
      const first = Math.floor(span.from / segmentSamples);
      const end = Math.ceil(span.to / segmentSamples);
      for (let index = first; index < end; index += 1) {
        line.add({ kind: 'blank', run: () => blankStored({ objects, random }, recording, { index, blank }) });
      }
    },
    settled: (withinMs) => line.settled(withinMs),
    stored: () => progress.stored,
    isBlanked: () => progress.isBlanked,
  };
}

/** Opens a stored segment, makes a stretch of it silent and stores it under a fresh nonce. What is not there is silent. */
async function blankStored(
  { objects, random }: Omit<ShelfReach, 'clock'>,
  { key, prefix }: { readonly key: Buffer; readonly prefix: string },
  { index, blank }: { readonly index: number; readonly blank: Blank },
): Promise<void> {
  const object = objectOf({ prefix, index });
  const sealed = await objects.get(object);
  const segment = sealed && openSegment(key, { prefix, index }, sealed);
  if (!segment) return;
  blankPlain(segment.plain, index, blank);
  await objects.put(object, sealSegment(key, { prefix, index }, segment, random));
}

type WorkLine = {
  add(work: Work): void;
  waiting(kind: Work['kind']): number;
  drop(kind: Work['kind']): void;
  settled(withinMs: number): Promise<void>;
};

/** Does one thing at a time, each until it succeeds. `lost` hears of everything that was given up. */
function workLine(clock: Clock, lost: (work: Work) => void): WorkLine {
  let waiting: Work[] = [];
  let isOver = false;
  let running: Promise<void> | undefined;
  let wake: () => void = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  const run = async () => {
    for (let pauseMs = firstPauseMs; waiting[0];) {
      const work = waiting[0];
      const isDone = await succeeds(work.run);
      if (isDone) waiting = waiting.filter((other) => other !== work);
      else if (!isOver) await pause(pauseMs);
      pauseMs = isDone ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      if (isOver) break;
    }
    running = undefined;
  };
  return {
    add(work) {
      if (isOver) return lost(work);
      waiting.push(work);
      running ??= run();
    },
    waiting: (kind) => waiting.filter((work) => work.kind === kind).length,
    drop(kind) {
      waiting = waiting.filter((work) => work.kind !== kind);
    },
    async settled(withinMs) {
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(withinMs, late.resolve);
      await Promise.race([running, late.promise]);
      cancel();
      isOver = true;
      wake();
      waiting.forEach(lost);
      waiting = [];
    },
  };
}

/** Whatever the store has against it, the call goes on and it is asked again. */
function succeeds(work: () => Promise<void>): Promise<boolean> {
  return work().then(
    () => true,
    () => false,
  );
}

import { pause, type Clock } from '#base';

/** Something that is to be done once, at its time or as soon after it as there is room. */
export type Due<T> = { readonly what: T; readonly at: number };

type Lane<T> = {
  add(due: Due<T>): void;
  /** Resolves when nothing of it is under way. */
  ended(): Promise<void>;
};

type LaneOptions<T> = {
  /** Part of the time in which it may be at work, above 0 and up to 1: it rests after each piece, the longer the more that took. */
  readonly share: number;
  /** Never rejects. */
  readonly work: (due: Due<T>) => Promise<void>;
  readonly stopped: AbortSignal;
};

/** The longest rest in milliseconds: a clock that was set, or one endless piece, stops nothing for long. */
const longestRestMs = 60_000;

/** Does what is due, one after the other, what has been due for longest first, and no more than its share of the time. */
export function openLane<T>(clock: Clock, { share, work, stopped }: LaneOptions<T>): Lane<T> {
  const queue: Due<T>[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (let due = first(queue); due && !stopped.aborted; due = first(queue)) {
      const began = clock.now();
      await work(due);
      const tookMs = Math.max(0, clock.now() - began);
      const restMs = Math.min(longestRestMs, tookMs * (1 / share - 1));
      if (restMs > 0) await pause(clock, restMs, stopped);
    }
    running = undefined;
  }

  return {
    add(due) {
      queue.push(due);
      running ??= run();
    },
    ended: () => running ?? Promise.resolve(),
  };
}

/** Takes out what has been due for longest. */
function first<T>(queue: Due<T>[]): Due<T> | undefined {
  const at = queue.reduce((earliest, due, place) => (due.at < queue[earliest]!.at ? place : earliest), 0);
  return queue.splice(at, 1)[0];
}

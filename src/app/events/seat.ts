import type { Clock } from '#base';

/** What one stream has still to look at: bounded, however long its reader takes. */
export type Seat = {
  put(objects: readonly string[] | 'everything'): void;
  /** All that waits; then nothing does. */
  take(): readonly string[] | 'everything';
  /** Settles when something waits, the seat was given up, `waitMs` are over, or the stream is. */
  until(waitMs: number, over: AbortSignal): Promise<void>;
  /** Takes the seat away, for somebody who came later. */
  giveUp(): void;
  isGivenUp(): boolean;
  /** Gives it back. */
  leave(): void;
};

/** More than that is everything. */
const mostObjects = 1_000;

/** A seat; `left` is called when it is given back. */
export function openSeat(clock: Clock, left: () => void): Seat {
  let waiting = new Set<string>();
  let isAll = false;
  let isGivenUp = false;
  let wake = () => {};
  const isIdle = () => waiting.size === 0 && !isAll && !isGivenUp;
  return {
    put(objects) {
      isAll ||= objects === 'everything' || waiting.size + objects.length > mostObjects;
      if (isAll) waiting.clear();
      else for (const object of objects) waiting.add(object);
      if (!isIdle()) wake();
    },
    take() {
      const taken = isAll ? 'everything' : [...waiting];
      waiting = new Set();
      isAll = false;
      return taken;
    },
    async until(waitMs, over) {
      if (!isIdle() || over.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const cancel = clock.after(waitMs, resolve);
      over.addEventListener('abort', wake);
      await promise;
      cancel();
      over.removeEventListener('abort', wake);
    },
    giveUp() {
      isGivenUp = true;
      wake();
    },
    isGivenUp: () => isGivenUp,
    leave: left,
  };
}

import { errorWords, type Log } from '#base';

/** One thing after the other, in the order it came, and a count of what is not done yet. */
export type InTurn = {
  /** Begins `work` when everything before it is done; a failure does not stop what comes after. */
  next<T>(work: () => Promise<T>): Promise<T>;
  /** Lets `work` go on by itself; a failure goes to the log. */
  aside(work: Promise<unknown>): void;
  /** Resolves when nothing is outstanding, what began meanwhile included. */
  settled(): Promise<void>;
};

/** `call` names in the log whose work it is. */
export function inTurn(log: Log, call: string): InTurn {
  const outstanding = new Set<Promise<unknown>>();
  const line: { tail: Promise<unknown> } = { tail: Promise.resolve() };
  const track = <T>(work: Promise<T>): Promise<T> => {
    const forget = () => void outstanding.delete(work);
    outstanding.add(work);
    work.then(forget, forget);
    return work;
  };
  return {
    next(work) {
      const result = line.tail.then(work);
      line.tail = result.catch(() => {});
      return track(result);
    },
    aside(work) {
      track(work).catch((error: unknown) => log('error.internal', { ...errorWords(error), call }));
    },
    async settled() {
      while (outstanding.size > 0) await Promise.allSettled(outstanding);
    },
  };
}

/** Messages on their way to one reader: in order, one at a time. */
export type Inbox = {
  /** How many wait, the one being read not counted. */
  waiting(): number;
  put(text: string): void;
  /** Forgets what waits. */
  clear(): void;
  /** Runs `work` once nothing is read and nothing waits any more; at once when that is now. */
  afterAll(work: () => void): void;
};

/** Hands each message to `read` when the one before it is done. A rejection goes to `failed`, the next one follows. */
export function inbox(read: (text: string) => Promise<void>, failed: (error: unknown) => void): Inbox {
  const texts: string[] = [];
  let isBusy = false;
  let whenEmpty: (() => void) | undefined;
  const work = async () => {
    isBusy = true;
    for (let next = texts.shift(); next !== undefined; next = texts.shift()) {
      try {
        await read(next);
      } catch (error) {
        failed(error);
      }
    }
    isBusy = false;
    whenEmpty?.();
  };
  return {
    waiting: () => texts.length,
    put(text) {
      texts.push(text);
      if (!isBusy) void work();
    },
    clear() {
      texts.length = 0;
    },
    afterAll(then) {
      if (isBusy) whenEmpty = then;
      else then();
    },
  };
}

import type { PeerListener } from '#base';

/** A listener for tests that keeps what it is told. */
export type Hearing = PeerListener & {
  readonly texts: readonly string[];
  /** Every code that `closed` was told: never more than one. */
  readonly codes: readonly number[];
  /** The next message, also one that came before this was asked. */
  next(): Promise<string>;
  /** The code of the end. */
  readonly end: Promise<number>;
};

export function hearing(over: Partial<PeerListener> = {}): Hearing {
  const texts: string[] = [];
  const codes: number[] = [];
  const end = Promise.withResolvers<number>();
  const waiting: ((text: string) => void)[] = [];
  let given = 0;
  return {
    texts,
    codes,
    end: end.promise,
    next() {
      const at = given++;
      const come = texts[at];
      return come === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(come);
    },
    text(message) {
      over.text?.(message);
      texts.push(message.toString());
      waiting.shift()?.(texts.at(-1)!);
    },
    closed(code) {
      codes.push(code);
      end.resolve(code);
      over.closed?.(code);
    },
  };
}

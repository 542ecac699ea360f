import type { Cancel } from '#base';
import type { Audience } from '#adapters/carriers';

/** How far the browser's own voice is, and who waits for it. */
export type Aloud = {
  readonly whenSpoken: NonNullable<Audience['whenSpoken']>;
  /** So many words of that saying have been spoken; of those before it, all. */
  spoken(n: number, words: number): void;
  /** Whether the browser speaks at all. Who waits when it falls silent waits no more. */
  speaks(on: boolean): void;
};

type Waiting = { readonly n: number; readonly words: number; readonly done: () => void };

export function openAloud(isOn: boolean): Aloud {
  const state = { isOn, n: 0, words: 0 };
  const waiting = new Set<Waiting>();
  const isPast = ({ n, words }: Waiting) => !state.isOn || n < state.n || (n === state.n && words <= state.words);
  const settle = () => {
    for (const one of waiting) {
      if (!isPast(one)) continue;
      waiting.delete(one);
      // Whoever is told may ask for the next word at once.
      queueMicrotask(one.done);
    }
  };
  return {
    whenSpoken(n, words, done): Cancel | undefined {
      if (!state.isOn) return undefined;
      const one = { n, words, done };
      waiting.add(one);
      settle();
      return () => void waiting.delete(one);
    },
    spoken(n, words) {
      if (n < state.n || (n === state.n && words <= state.words)) return;
      Object.assign(state, { n, words });
      settle();
    },
    speaks(on) {
      state.isOn = on;
      settle();
    },
  };
}

import type { MarkMaker } from './canary-visit-marks.ts';
import { automatonOf } from './byte-search-automaton.ts';
import { formsOf } from './byte-search-forms.ts';

/** Listens to what a process writes for what is said in visits. It keeps nothing of what it hears but a number. */
export type Ear = {
  hear(written: Uint8Array): void;
  /** How often something was heard so far. */
  heard(): number;
};

export function openEar({ common }: Pick<MarkMaker, 'common'>): Ear {
  const automaton = automatonOf(formsOf(common));
  let count = 0;
  return {
    hear(written) {
      count += automaton.feed(written).length;
    },
    heard: () => count,
  };
}

import { useEffect, useState } from 'react';
import { watchVoices } from './own-voice.ts';
import type { Wish } from './control.ts';

/** How this person likes to call, remembered in this browser alone. */
export type Habits = {
  readonly by: Wish['by'];
  readonly aloud: boolean;
  /** Whether the browser has a voice of its own. */
  readonly hasVoice: boolean;
  setBy(by: Wish['by']): void;
  setAloud(aloud: boolean): void;
};

export function useHabits(): Habits {
  const [by, setBy] = useState<Wish['by']>(() => (remembered('by') === 'typing' ? 'typing' : 'talking'));
  const [aloud, setAloud] = useState(() => remembered('aloud') === 'true');
  const [hasVoice, setVoice] = useState(false);
  useEffect(() => watchVoices(setVoice), []);
  return {
    by,
    aloud,
    hasVoice,
    setBy(next) {
      remember('by', next);
      setBy(next);
    },
    setAloud(next) {
      remember('aloud', String(next));
      setAloud(next);
    },
  };
}

/** A browser that keeps nothing forgets this too. */
function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`sotto-call-${name}`);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`sotto-call-${name}`, value);
  } catch {
    // Then it is asked again next time.
  }
}

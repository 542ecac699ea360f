import { useEffect, useState } from 'react';

/** Speaks sentences one after the other with the browser's own voice. `at` is the one that is being spoken. */
export type Aloud = {
  readonly isThere: boolean;
  readonly at: number | undefined;
  readonly speak: (sentences: readonly string[], language: string) => void;
  readonly stop: () => void;
};

/** Whoever leaves the page is not talked after. */
export function useAloud(): Aloud {
  const [at, setAt] = useState<number>();
  const isThere = 'speechSynthesis' in window;
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  return {
    isThere,
    at,
    speak(sentences, language) {
      window.speechSynthesis.cancel();
      for (const [index, text] of sentences.entries()) {
        const said = new SpeechSynthesisUtterance(text);
        said.lang = language;
        said.addEventListener('start', () => setAt(index));
        said.addEventListener('end', () => setAt((now) => (now === index ? undefined : now)));
        said.addEventListener('error', () => setAt(undefined));
        window.speechSynthesis.speak(said);
      }
    },
    stop() {
      window.speechSynthesis.cancel();
      setAt(undefined);
    },
  };
}

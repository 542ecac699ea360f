/** The browser's own voice, and how far it is with what it says. */
export type OwnVoice = {
  /** Says it after what is being said. */
  say(saying: { readonly n: number; readonly text: string; readonly language: string | null }): void;
  /** Falls silent and forgets what waits. */
  hush(): void;
};

const isThere = () => typeof speechSynthesis !== 'undefined';

/** Whether this browser has any voice. Some tell only a moment after the page was opened: `changed` is called then. */
export function watchVoices(changed: (isThere: boolean) => void): () => void {
  if (!isThere()) return () => {};
  const look = () => changed(speechSynthesis.getVoices().length > 0);
  speechSynthesis.addEventListener('voiceschanged', look);
  look();
  return () => speechSynthesis.removeEventListener('voiceschanged', look);
}

/** `spoken` is told the words that have been said of each, as far as the browser tells. */
export function openOwnVoice(spoken: (n: number, words: number) => void): OwnVoice {
  return {
    say({ n, text, language }) {
      const utterance = new SpeechSynthesisUtterance(text);
      const all = text.split(/\s+/).length;
      if (language !== null) utterance.lang = language;
      const voice = language === null ? undefined : bestVoice(language);
      if (voice) utterance.voice = voice;
      utterance.onboundary = ({ name, charIndex }) => {
        if (name === 'word') spoken(n, text.slice(0, charIndex).split(/\s+/).length - 1);
      };
      utterance.onend = () => spoken(n, all);
      utterance.onerror = () => spoken(n, all);
      speechSynthesis.speak(utterance);
    },
    hush() {
      if (isThere()) speechSynthesis.cancel();
    },
  };
}

/** One of the language and country, or of the language; on this machine rather than elsewhere. */
function bestVoice(language: string): SpeechSynthesisVoice | undefined {
  const wanted = language.toLowerCase();
  const [short = wanted] = wanted.split('-');
  const worth = ({ lang, localService }: SpeechSynthesisVoice) => {
    const tag = lang.toLowerCase().replace('_', '-');
    const fits = tag === wanted ? 4 : tag.split('-')[0] === short ? 2 : 0;
    return fits === 0 ? 0 : fits + (localService ? 1 : 0);
  };
  const [best] = speechSynthesis.getVoices().toSorted((a, b) => worth(b) - worth(a));
  return best && worth(best) > 0 ? best : undefined;
}

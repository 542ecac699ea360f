import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { en, type Words } from '../words/en/index.ts';
import { browserLanguages } from '../words/browser-languages.ts';
import { loadWords, localeOf, WordsContext } from '../words/use-words.ts';

/** Where the choice of language is remembered, in this browser alone. */
const remembered = 'sotto-language';

type Choose = (tag: string) => void;

const ChooseContext = createContext<Choose>(() => {});

/** Changes the language of the pages, and remembers it in this browser. */
export function useChooseLanguage(): Choose {
  return useContext(ChooseContext);
}

/** Gives the pages their words: the language that was chosen here, else what the browser asks for. */
export function Speaking({ children }: { readonly children: ReactNode }) {
  const [chosen, setChosen] = useState(() => localStorage.getItem(remembered) ?? undefined);
  const { locale, tag } = localeOf([chosen, ...browserLanguages()]);
  const [words, setWords] = useState<Words | undefined>(locale === 'en' ? en : undefined);
  useEffect(() => {
    let isOver = false;
    void loadWords(locale).then((loaded) => {
      if (!isOver) setWords(loaded);
    });
    document.documentElement.lang = tag;
    return () => {
      isOver = true;
    };
  }, [locale, tag]);
  const choose: Choose = (next) => {
    localStorage.setItem(remembered, next);
    setChosen(next);
  };
  if (!words) return null;
  return (
    <ChooseContext value={choose}>
      <WordsContext value={{ locale: tag, words }}>{children}</WordsContext>
    </ChooseContext>
  );
}

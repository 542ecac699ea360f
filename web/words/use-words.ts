import { createContext, useContext } from 'react';
import { en, type Words } from './en/index.ts';

/** Languages whose words are here. Adding one is adding its folder and its line in `loadWords`. */
export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

/** Each language by its own name, so that whoever looks for theirs can read it. */
export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' };

type Speaking = { readonly locale: string; readonly words: Words };

export const WordsContext = createContext<Speaking>({ locale: 'en', words: en });

/** The words of one page in the language of who reads. */
export function useWords<P extends keyof Words>(page: P): Words[P] {
  return useContext(WordsContext).words[page];
}

/** How dates and numbers are written: the language with its country, such as `en-GB`. */
export function useLocale(): string {
  return useContext(WordsContext).locale;
}

/** The first of these tags whose language is here. */
export function localeOf(tags: readonly (string | undefined)[]): { readonly locale: Locale; readonly tag: string } {
  for (const tag of tags) {
    const found = locales.find((one) => tag?.toLowerCase().split('-')[0] === one);
    if (found && tag) return { locale: found, tag };
  }
  return { locale: 'en', tag: 'en-US' };
}

export async function loadWords(locale: Locale): Promise<Words> {
  return locale === 'es' ? (await import('./es/index.ts')).es : en;
}

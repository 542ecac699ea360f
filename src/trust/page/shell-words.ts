import type { Language } from '../claim.ts';

type Words = {
  /** The language's own name for itself. */
  readonly own: string;
  readonly skip: string;
  readonly pages: string;
  readonly languages: string;
  readonly machine: string;
  readonly printed: string;
};

/** The words around every page. */
export const shellWords: { readonly [L in Language]: Words } = {
  en: {
    own: 'English',
    skip: 'Skip to the content',
    pages: 'Trust Center',
    languages: 'Language',
    machine: 'This page as data',
    printed: 'This page at',
  },
  es: {
    own: 'Español',
    skip: 'Ir al contenido',
    pages: 'Centro de confianza',
    languages: 'Idioma',
    machine: 'Esta página, como datos',
    printed: 'Esta página en',
  },
  pt: {
    own: 'Português',
    skip: 'Ir para o conteúdo',
    pages: 'Central de confiança',
    languages: 'Idioma',
    machine: 'Esta página como dados',
    printed: 'Esta página em',
  },
  hi: {
    own: 'हिन्दी',
    skip: 'मुख्य सामग्री पर जाएँ',
    pages: 'विश्वास केंद्र',
    languages: 'भाषा',
    machine: 'यही पृष्ठ डेटा के रूप में',
    printed: 'यह पृष्ठ',
  },
};

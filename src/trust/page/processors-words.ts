import type { Language } from '../claim.ts';
import { processorsEn } from './words/processors-en.ts';
import { processorsEs } from './words/processors-es.ts';
import { processorsHi } from './words/processors-hi.ts';
import { processorsPt } from './words/processors-pt.ts';
import type { ProcessorsWords } from './words/processors.ts';

/** The words of the register of processors. */
export const processorsWords: { readonly [L in Language]: ProcessorsWords } = {
  en: processorsEn,
  es: processorsEs,
  pt: processorsPt,
  hi: processorsHi,
};

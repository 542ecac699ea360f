import type { Language } from '../claim.ts';
import { en } from './words/data-en.ts';
import { es } from './words/data-es.ts';
import { hi } from './words/data-hi.ts';
import { pt } from './words/data-pt.ts';
import type { DataWords } from './words/data.ts';

export const dataWords: { readonly [L in Language]: DataWords } = { en, es, pt, hi };

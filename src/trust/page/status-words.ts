import type { Language } from '../claim.ts';
import { en } from './words/status-en.ts';
import { es } from './words/status-es.ts';
import { hi } from './words/status-hi.ts';
import { pt } from './words/status-pt.ts';
import type { StatusWords } from './words/status.ts';

export const statusWords: { readonly [L in Language]: StatusWords } = { en, es, pt, hi };

import type { Language } from '../claim.ts';
import { en } from './words/overview-en.ts';
import { es } from './words/overview-es.ts';
import { hi } from './words/overview-hi.ts';
import { pt } from './words/overview-pt.ts';
import type { OverviewWords } from './words/overview.ts';

export const words: { readonly [L in Language]: OverviewWords } = { en, es, pt, hi };

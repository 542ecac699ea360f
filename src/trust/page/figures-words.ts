import type { Language } from '../claim.ts';
import { en } from './words/figures-en.ts';
import { es } from './words/figures-es.ts';
import { hi } from './words/figures-hi.ts';
import { pt } from './words/figures-pt.ts';
import type { FiguresWords } from './words/figures.ts';

export const figuresWords: { readonly [L in Language]: FiguresWords } = { en, es, pt, hi };

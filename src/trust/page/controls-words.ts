import type { Language } from '../claim.ts';
import { en } from './words/controls-en.ts';
import { es } from './words/controls-es.ts';
import { hi } from './words/controls-hi.ts';
import { pt } from './words/controls-pt.ts';
import type { ControlWords } from './words/controls.ts';

export const controlWords: { readonly [L in Language]: ControlWords } = { en, es, pt, hi };

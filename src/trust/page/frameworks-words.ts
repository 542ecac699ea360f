import type { Language } from '../claim.ts';
import { en } from './words/frameworks-en.ts';
import { es } from './words/frameworks-es.ts';
import { hi } from './words/frameworks-hi.ts';
import { pt } from './words/frameworks-pt.ts';
import type { FrameworkWords } from './words/frameworks.ts';

export const frameworkWords: { readonly [L in Language]: FrameworkWords } = { en, es, pt, hi };

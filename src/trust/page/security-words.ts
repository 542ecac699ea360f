import type { Language } from '../claim.ts';
import { en } from './words/security-en.ts';
import { es } from './words/security-es.ts';
import { hi } from './words/security-hi.ts';
import { pt } from './words/security-pt.ts';
import type { SecurityWords } from './words/security.ts';

export const securityWords: { readonly [L in Language]: SecurityWords } = { en, es, pt, hi };

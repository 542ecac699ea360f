import type { Language } from '../claim.ts';
import { en } from './words/claim-en.ts';
import { es } from './words/claim-es.ts';
import { hi } from './words/claim-hi.ts';
import { pt } from './words/claim-pt.ts';
import type { ClaimWords } from './words/claim.ts';

export const claimWords: { readonly [L in Language]: ClaimWords } = { en, es, pt, hi };

import type { Language } from '../claim.ts';
import { en } from './words/permissions-en.ts';
import { es } from './words/permissions-es.ts';
import { hi } from './words/permissions-hi.ts';
import { pt } from './words/permissions-pt.ts';
import type { PermissionPageWords } from './words/permissions.ts';

export const permissionWords: { readonly [L in Language]: PermissionPageWords } = { en, es, pt, hi };

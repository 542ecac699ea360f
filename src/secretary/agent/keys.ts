import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { cardInChunks, maskCards } from '#base';
import type { ToolUse } from '#adapters/models';
import { strict } from './inputs.ts';

/** What `press-keys` takes. */
export const keysInput = Type.Object(
  {
    digits: Type.String({
      pattern: '^[0-9*#A-Dw]{1,32}$',
      description: 'up to 32 of 0-9, *, #, A-D, and w to wait half a second, e.g. 1 or 1ww42#',
    }),
  },
  strict,
);

/**
 * The keys that a model wants pressed, or the fixed word why they are not: `input-invalid`, or `card-number` for digits
 * that are one, or complete one with those pressed `before`. A recording may hear whatever is pressed.
 */
export function keysIn(
  input: ToolUse['input'],
  before: readonly string[],
): { readonly digits: string } | { readonly why: 'input-invalid' | 'card-number' } {
  if (!Check(keysInput, input)) return { why: 'input-invalid' };
  const numbers = numbersIn(input.digits);
  const isCard = maskCards(numbers) !== numbers || cardInChunks([...before, numbers]) > 0;
  return isCard ? { why: 'card-number' } : { digits: input.digits };
}

/** The figures among keys. */
export function numbersIn(digits: string): string {
  return digits.replace(/\D/g, '');
}

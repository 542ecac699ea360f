import type { Mistake } from '../api/problem.ts';

/** True when a mistake lies at that JSON pointer or inside what it points to. */
export function isWrong(mistakes: readonly Mistake[], pointer: string): boolean {
  return mistakes.some(({ at }) => at === pointer || at.startsWith(`${pointer}/`));
}

/** The mistakes of one part of a form, as a field shows them: its own words when something there is wrong, else nothing. */
export function errorAt(mistakes: readonly Mistake[], pointer: string, words: string): string | undefined {
  return isWrong(mistakes, pointer) ? words : undefined;
}

import type { Mistake } from '#base';

/** What is wrong with a name. It stands in mails and on pages: one line of what can be seen, so that it can change neither. */
export function nameMistakes(name: string, at: string): Mistake[] {
  const isSeen = name.trim() !== '' && name.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);
  if (isSeen && name.length <= 100) return [];
  return [{ at, fix: 'must be a name in one line, of up to 100 characters that can be seen' }];
}

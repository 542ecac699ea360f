import type { Item } from '#base';
import type { Language } from '../language.ts';
import { plain, wordsOf } from './plain.ts';

/**
 * The language to go on in: one that was asked for by name, else one whose everyday words clearly outnumber those of
 * the language spoken so far. Names and numbers alone change nothing; where a `name`
 * is expected, "María de la Cruz" is one.
 */
export function whichLanguage(text: string, now: string, languages: readonly Item<Language>[], name = false): string {
  const bare = plain(text);
  const asked = languages.find(({ id, item }) => id !== now && item.askedFor.test(bare));
  if (asked) return asked.id;
  const vital = languages.find(({ item }) => isVital(bare, item));
  if (vital) return languages.some(({ id, item }) => id === now && isVital(bare, item)) ? now : vital.id;
  const words = wordsOf(bare);
  const score = ({ item }: Item<Language>) => words.filter((word) => item.telltale.has(word)).length;
  const current = languages.find(({ id }) => id === now);
  const best = languages.toSorted((a, b) => score(b) - score(a))[0];
  if (!best || !current || best.id === now) return now;
  const lead = score(best) - score(current);
  if (name) return lead >= 3 ? best.id : now;
  return lead >= 2 || (score(current) === 0 && lead >= 1 && words.length <= 6) ? best.id : now;
}

/** Words that must never be missed for being said in the other language. */
function isVital(bare: string, { hear }: Language): boolean {
  return hear.emergency.test(bare) || hear.stopCalling.test(bare) || hear.machine.test(bare);
}

/** The language a business opens with, by its tag; the first one when it is none of ours. */
export function openingLanguage(tag: string, languages: readonly Item<Language>[]): string {
  const base = tag.toLowerCase().split('-')[0];
  const found = languages.find(({ id }) => id === base) ?? languages.find(({ id }) => id === 'en') ?? languages[0];
  return found?.id ?? 'en';
}

/** The tag a carrier is given: the business's own where it is that language, else the nearest by region. */
export function spokenTag(language: Language, businessTag: string): string {
  const same = language.tags.some((tag) => tag.split('-')[0] === businessTag.split('-')[0]);
  if (same) return businessTag;
  const region = businessTag.split('-').at(-1);
  return language.tags.find((tag) => tag.endsWith(`-${region}`)) ?? language.tags[0];
}

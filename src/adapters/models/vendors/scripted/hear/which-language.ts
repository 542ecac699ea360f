import type { Item } from '#base';
import type { Language } from '../language.ts';
import { plain, wordsOf } from './plain.ts';

/**
 * The language to go on in: one that was asked for by name, else one whose everyday words clearly outnumber those of
 * the language spoken so far. Names and numbers alone change nothing; where a `name` is expected, "María de la Cruz"
 * is one.
 */
export function whichLanguage(text: string, now: string, languages: readonly Item<Language>[], name = false): string {
  const bare = plain(text);
  const others = languages.filter(({ id }) => id !== now);
  const current = languages.find(({ id }) => id === now);
  if (!current) return now;
  const asked = others.find(({ item }) => item.askedFor.test(bare));
  if (asked) return asked.id;
  const vital = others.find(({ item }) => isVital(bare, item));
  if (vital) return isVital(bare, current.item) ? now : vital.id;
  return byTelltales(wordsOf(bare), current, others, name);
}

function byTelltales(
  words: readonly string[],
  current: Item<Language>,
  others: readonly Item<Language>[],
  name: boolean,
) {
  const score = ({ item }: Item<Language>) => words.filter((word) => item.telltale.has(word)).length;
  const best = others.toSorted((a, b) => score(b) - score(a))[0];
  const lead = best ? score(best) - score(current) : 0;
  const few = score(current) === 0 && words.length <= 6;
  const enough = name ? 3 : few ? 1 : 2;
  return best && lead >= enough ? best.id : current.id;
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

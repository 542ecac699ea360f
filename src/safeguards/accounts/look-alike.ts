import type { Mistake } from '#base';
import { isAddress, normalAddress } from './address.ts';

/** What is wrong with an address that somebody typed for somebody else; undefined for one that can be shown and mailed to. */
export function addressMistake(email: string, at = '/email'): Mistake | undefined {
  if (!isAddress(email)) return { at, fix: 'must be an address such as ana@example.com' };
  return unseen.test(email) ? { at, fix: 'holds characters that cannot be seen; type it anew' } : undefined;
}

/** Fillers, joiners and variation selectors: they change an address and nothing that one sees. */
const unseen = /\u115F|\u1160|\u3164|\uFFA0|\p{Variation_Selector}|\u034F/u;

/**
 * What an address looks like: two with the same result can be taken for one another. Letters that resemble a Latin one
 * become that one (the common ones of Unicode Technical Standard #39, confusables), and so do `0`, `1`, `rn` and `vv`;
 * `i` and `l` are one letter, because a capital `I` is lower-cased before; accents are left out.
 */
export function lookOfAddress(email: string): string {
  const plain = normalAddress(email)
    .normalize('NFD')
    .replace(/\p{M}|\p{Cf}/gu, '');
  const latin = Array.from(plain, (letter) => alike.get(letter) ?? letter).join('');
  return latin.replaceAll('rn', 'm').replaceAll('vv', 'w');
}

const groups: readonly (readonly [string, string])[] = [
  ['a', 'аαɑ'],
  ['b', 'ЬьƄв'],
  ['c', 'сϲⅽᴄ'],
  ['d', 'ԁⅾɗ'],
  ['e', 'еєҽε'],
  ['g', 'ɡցԍ'],
  ['h', 'һհнħ'],
  ['j', 'јϳ'],
  ['k', 'кκ'],
  ['l', 'iӏⅼ1|łіιı'],
  ['m', 'мⅿ'],
  ['n', 'ոпη'],
  ['o', 'оοօ0σø'],
  ['p', 'рρ'],
  ['q', 'ԛզ'],
  ['r', 'гᴦ'],
  ['s', 'ѕꜱ'],
  ['t', 'тτ'],
  ['u', 'υսц'],
  ['v', 'ѵνᴠⅴ'],
  ['w', 'ѡԝɯш'],
  ['x', 'хχⅹ'],
  ['y', 'уүγ'],
  ['z', 'ᴢ'],
];

const alike: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([latin, others]) => Array.from(others, (other) => [other, latin] as const)),
);

import type { Language } from '../language.ts';
import { plain, wordsOf } from './plain.ts';

const longest = 60;

/** The name in `my name is ...`, `this is ...`; undefined when nobody was introduced. */
export function introduced(text: string, language: Language): string | undefined {
  const sure = language.introductions.sure.exec(text);
  const named = sure ? nameFrom(sure[1]!, language, false) : undefined;
  if (named !== undefined) return named;
  // "I'm Ana" and "I'm sick" differ by the capital alone, where the transcript has capitals at all.
  const capitals = /\p{Lu}/u.test(text);
  const likely = Array.from(text.matchAll(language.introductions.likely), ([, after, before]) => after ?? before ?? '');
  return likely.map((rest) => nameFrom(rest, language, capitals)).find((name) => name !== undefined);
}

/** The name in the answer to a question for it: `Maria Lopez`, `Uh, it's Bob`, `S M I T H`. */
export function answeredName(text: string, language: Language): string | undefined {
  const bare = text.replace(language.aroundNames, ' ').replace(/\s+/g, ' ').trim();
  const spelled = spelledOut(bare);
  if (spelled) return spelled;
  return wordsOf(plain(bare)).length > 5 ? undefined : nameFrom(bare, language, false);
}

/** Takes words while they can belong to a name, four at most. */
function nameFrom(text: string, language: Language, capitals: boolean): string | undefined {
  const words: string[] = [];
  for (const word of text.split(/[\s,;:!?]+/u).slice(0, 5)) {
    const bare = word.replace(/[.]+$/u, '');
    const ended = !/^[\p{L}][\p{L}\p{M}'’.-]*$/u.test(bare) || language.notNames.has(plain(bare));
    if (ended || (capitals && !/^\p{Lu}/u.test(bare))) break;
    words.push(bare);
    if (/[,;!?]/u.test(text.charAt(text.indexOf(word) + word.length)) || words.length === 4) break;
  }
  const spelled = spelledOut(text);
  const name = spelled ? correctedBy(words, spelled) : words.map(titled).join(' ');
  return name === '' ? undefined : name.slice(0, longest);
}

/** `Smyth, S M Y T H`: the spelling replaces the word it spells. */
function correctedBy(words: readonly string[], spelled: string): string {
  const whole = words.filter((word) => word.length > 1).map(titled);
  const at = whole.findLastIndex((word) => word[0] === spelled[0]);
  return at < 0 ? [...whole, spelled].join(' ') : whole.with(at, spelled).join(' ');
}

/** Three or more letters said one by one. */
function spelledOut(text: string): string | undefined {
  const run = /(?<![\p{L}'’])\p{L}(?:[\s.,-]+\p{L}(?![\p{L}'’])){2,}/u.exec(text);
  return run ? titled(run[0].replace(/[^\p{L}]/gu, '').toLowerCase()) : undefined;
}

function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

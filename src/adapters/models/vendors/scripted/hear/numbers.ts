import type { NumberWords } from '../language.ts';
import { withoutAccents } from './plain.ts';

/** `half past three on the twenty-fourth` -> `half past 3 on the 24th`: figures for number words, the rest untouched. */
export function figures(text: string, numbers: NumberWords): string {
  return pieces(text, numbers)
    .map(({ text: raw, value }) => value ?? raw)
    .join('');
}

/**
 * The longest run of digits that was dictated: `five five five, oh one double two` -> `5550122`.
 * Empty when no digit was said. A leading `+` or `plus` is kept.
 */
export function dictated(text: string, numbers: NumberWords): string {
  const runs = runsOf(text, numbers);
  return runs.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

/** Every run of digits, in order: `it's 5 not 9` -> `['5', '9']`. */
export function runsOf(text: string, numbers: NumberWords): readonly string[] {
  const words = pieces(text, numbers).filter(({ text: raw }) => /[\p{L}\p{N}+]/u.test(raw));
  const runs: string[] = [];
  let run = '';
  for (let at = 0; at < words.length; at++) {
    const digits = digitsAt(words, at, run, numbers);
    if (digits === undefined) {
      if (/\d/.test(run)) runs.push(run);
      run = '';
    } else {
      run += digits;
    }
  }
  return /\d/.test(run) ? [...runs, run] : runs;
}

type Piece = { readonly text: string; readonly plain: string; readonly value?: string };

/** What the word adds to the number being dictated; undefined when the number is over. */
function digitsAt(words: readonly Piece[], at: number, run: string, numbers: NumberWords): string | undefined {
  const { plain: word, value, text } = words[at]!;
  const digits = value ?? figureOf(words, at, run, numbers);
  if (digits !== undefined) return digits.length === 1 ? digits.repeat(timesSaid(words[at - 1], numbers)) : digits;
  if (isDigit(words[at + 1])) {
    if (run === '' && (text === '+' || word === numbers.plus)) return '+';
    if (word in numbers.repeat) return '';
  }
  return run !== '' && numbers.between.has(word) ? '' : undefined;
}

/** `double` before a digit says it twice. */
function timesSaid(before: Piece | undefined, numbers: NumberWords): number {
  return before === undefined ? 1 : (numbers.repeat[before.plain] ?? 1);
}

/** Figures as written, and a zero that is one only among other digits. */
function figureOf(words: readonly Piece[], at: number, run: string, numbers: NumberWords): string | undefined {
  if (/^\d+$/.test(words[at]!.plain)) return words[at]!.plain;
  const among = /\d$/.test(run) || isDigit(words[at + 1]);
  return numbers.zero.has(words[at]!.plain) && among ? '0' : undefined;
}

function isDigit(word: Piece | undefined): boolean {
  return word !== undefined && (word.value !== undefined || /^\d+$/.test(word.plain));
}

/** The text cut into words and what stands between them; number words that belong together are one piece. */
function pieces(text: string, numbers: NumberWords): readonly Piece[] {
  const raw = text.match(/[\p{L}\p{M}]+|\d+|[^\p{L}\p{M}\d]/gu) ?? [];
  const all = raw.map((part) => ({ text: part, plain: withoutAccents(part.toLowerCase()) }));
  const found: Piece[] = [];
  for (let at = 0; at < all.length;) {
    const number = numberAt(all, at, numbers);
    found.push(number ? { ...all[at]!, value: String(number.value) } : all[at]!);
    at = number ? number.next : at + 1;
  }
  return found;
}

type Found = { readonly value: number; readonly next: number };

/** The number that begins at a word: a unit, `twenty two`, `five hundred`, `seiscientos doce`. */
function numberAt(all: readonly Piece[], at: number, numbers: NumberWords): Found | undefined {
  const first = unitAt(all, at, numbers);
  if (first === undefined) return undefined;
  const next = at + 1;
  const multiplier = wordAfter(all, next);
  if (first < 10 && multiplier && all[multiplier]!.plain === numbers.hundred) {
    return rest(all, { value: first * 100, next: multiplier + 1 }, numbers);
  }
  return rest(all, { value: first, next }, numbers);
}

/** Adds tens and units to hundreds, and units to tens. */
function rest(all: readonly Piece[], so: Found, numbers: NumberWords): Found {
  const step = stepOf(so.value);
  const more = step === 1 ? undefined : addend(all, so.next, numbers);
  // A lone unit after hundreds is the next digit instead: `five hundred, five`.
  const lone = step === 100 && more !== undefined && more.value < 10 && !more.joined;
  if (more === undefined || more.value === 0 || more.value >= step || lone) return so;
  const sum = { value: so.value + more.value, next: more.next };
  return step === 100 ? rest(all, sum, numbers) : sum;
}

/** The number that follows, `joined` by an and. */
function addend(
  all: readonly Piece[],
  next: number,
  numbers: NumberWords,
): (Found & { readonly joined: boolean }) | undefined {
  const at = wordAfter(all, next);
  const joined = at !== undefined && numbers.and.has(all[at]!.plain);
  const there = joined ? wordAfter(all, at + 1) : at;
  const value = there === undefined ? undefined : unitAt(all, there, numbers);
  return there === undefined || value === undefined ? undefined : { value, next: there + 1, joined };
}

/** What may be added to a number by a further word must be less than this. */
function stepOf(value: number): number {
  if (value >= 100 && value % 100 === 0) return 100;
  return value >= 20 && value % 10 === 0 ? 10 : 1;
}

function unitAt(all: readonly Piece[], at: number, numbers: NumberWords): number | undefined {
  const word = all[at]!.plain;
  const value = Object.hasOwn(numbers.values, word) ? numbers.values[word] : undefined;
  const before = all.slice(0, at).findLast(({ plain }) => /[\p{L}\d]/u.test(plain))?.plain;
  return value !== undefined && numbers.isArticle(word, before) ? undefined : value;
}

/** Where the next word is when only a space or hyphen lies between. */
function wordAfter(all: readonly Piece[], at: number): number | undefined {
  if (all[at] === undefined || !/^[ -]$/.test(all[at].text)) return undefined;
  return all[at + 1] === undefined ? undefined : at + 1;
}

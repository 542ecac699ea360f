/** What stands where a card number was said. */
export const cardMark = '[card]';

const digitWords: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  cero: '0',
  uno: '1',
  una: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
};

const repeats: Record<string, number> = { double: 2, doble: 2, triple: 3 };

/** What people say between two groups of digits; it does not end the number. */
const hesitations = new Set(['um', 'uh', 'uhm', 'er', 'erm', 'hmm', 'eh', 'este', 'mmm', 'dash', 'guion', 'guión']);

/** A word, or one digit of any script: speech recognition writes Arabic with its own figures. */
const token = /\p{L}+|\p{Nd}/gu;

/**
 * Replaces payment card numbers, in figures or spoken digit by digit (English, Spanish), by `[card]`
 * before anything else sees the words. A run of digits is a card when its length and first digits are an
 * issuer's (ISO/IEC 7812) and its check digit is right (Luhn), so telephone numbers pass.
 */
export function maskCards(text: string): string {
  const digits = digitsIn(text);
  const cards: { from: number; to: number }[] = [];
  for (let start = 0; start < digits.length; start += 1) {
    const length = cardLengthAt(digits, start);
    if (length === 0) continue;
    cards.push({ from: digits[start]!.from, to: digits[start + length - 1]!.to });
    start += length - 1;
  }
  return cards.toReversed().reduce((masked, { from, to }) => masked.slice(0, from) + cardMark + masked.slice(to), text);
}

/** The digits of an utterance that is nothing but digits, in figures or words; else empty. */
export function onlyDigits(text: string): string {
  const words = text.toLowerCase().match(token) ?? [];
  const isDigits = words.every(
    (word) => digitOf(word) !== undefined || repeats[word] !== undefined || hesitations.has(word),
  );
  return isDigits
    ? digitsIn(text)
        .map(({ value }) => value)
        .join('')
    : '';
}

/**
 * How many of the last chunks, read out one after the other, make up a card number; 0 when they do not. Only whole
 * chunks count: a telephone number said twice is longer than a card and holds many by chance.
 */
export function cardInChunks(chunks: readonly string[]): number {
  for (let count = 2; count <= chunks.length; count += 1) {
    const number = chunks.slice(-count).join('');
    if (number.length > longestCard) return 0;
    if (number.length >= shortestCard && isIssued(number) && passesLuhn(number)) return count;
  }
  return 0;
}

const shortestCard = 14;
const longestCard = 19;

type Digit = { readonly value: string; readonly from: number; readonly to: number; readonly run: number };

/** Every digit said, with its place. Any other word ends a run; spaces, dots and dashes do not. */
function digitsIn(text: string): Digit[] {
  const found: Digit[] = [];
  let run = 0;
  let times = 1;
  let timesFrom = -1;
  for (const match of text.matchAll(token)) {
    const word = match[0].toLowerCase();
    const value = digitOf(word);
    if (value !== undefined) {
      const from = timesFrom >= 0 ? timesFrom : match.index;
      for (let at = 0; at < times; at += 1) found.push({ value, from, to: match.index + match[0].length, run });
    } else if (repeats[word] === undefined && !hesitations.has(word)) run += 1;
    times = repeats[word] ?? 1;
    timesFrom = repeats[word] === undefined ? -1 : match.index;
  }
  return found;
}

/** The digit that a figure of any script or a word stands for. */
function digitOf(word: string): string | undefined {
  if (!/^\p{Nd}$/u.test(word)) return Object.hasOwn(digitWords, word) ? digitWords[word] : undefined;
  // Unicode keeps the ten digits of a script together, in order, from zero (Unicode Standard, section 4.6).
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(word.codePointAt(0)! - before - 1))) before += 1;
  return String(before % 10);
}

function cardLengthAt(digits: readonly Digit[], start: number): number {
  const first = digits[start]!;
  for (const length of [19, 18, 17, 16, 15, 14]) {
    const last = digits[start + length - 1];
    if (last?.run !== first.run) continue;
    const number = digits
      .slice(start, start + length)
      .map(({ value }) => value)
      .join('');
    if (isIssued(number) && passesLuhn(number)) return length;
  }
  return 0;
}

/** Lengths and first digits in use: Visa, Mastercard, American Express, Diners, Discover, Maestro, UnionPay, JCB, RuPay. */
function isIssued(number: string): boolean {
  if (number.length === 14) return /^3[068]/.test(number);
  if (number.length === 15) return /^3[47]/.test(number);
  if (number.length === 16) return /^([456]|2[2-7]|35|8[12])/.test(number);
  return /^(4|5[0678]|6)/.test(number);
}

function passesLuhn(number: string): boolean {
  const sum = [...number].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

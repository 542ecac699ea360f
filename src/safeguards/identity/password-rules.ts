/** What is wrong with a password that somebody chose, as what to do about it; undefined when nothing is. */
export type PasswordRules = (password: string, context: readonly string[]) => string | undefined;

export const passwordLength = { least: 12, most: 256 };

/**
 * Which passwords are refused. There is no rule about kinds of characters: they make passwords predictable and nothing
 * else (NIST SP 800-63B-4 §3.1.1.2). Refused are what others have chosen as well (`isCommon`), what follows from a
 * pattern, and `context`: name, address, organisation and what this is called, by which whoever knows the person begins.
 */
export function passwordRules(isCommon: (word: string) => boolean): PasswordRules {
  const rules: readonly (readonly [(password: string, context: readonly string[]) => boolean, string])[] = [
    [(it) => lengthOf(it) < passwordLength.least, `must have at least ${passwordLength.least} characters`],
    [(it) => lengthOf(it) > passwordLength.most, `must have at most ${passwordLength.most} characters`],
    [(it) => new Set(it).size < 5, 'must have more than four different characters'],
    [
      (it, context) => holdsContext(it, context),
      'must not hold your name, your address or the name of the organisation',
    ],
    [
      (it) => isCommonAtCore(it, isCommon),
      'is among those that are tried first; choose another, such as four unrelated words',
    ],
    [(it) => isRepeated(it), 'repeats itself; choose one that does not'],
    [(it) => isRun(it), 'follows the keyboard or the alphabet; choose another, such as four unrelated words'],
    [(it) => isDates(it), 'is a date; choose another, such as four unrelated words'],
  ];
  return (password, context) => {
    const one = password.normalize('NFKC');
    return rules.find(([breaks]) => breaks(one, context))?.[1];
  };
}

/**
 * The words by which whoever knows somebody would begin to guess, from what is known of them: parts of at least four
 * letters. `sotto` is always one of them.
 */
export function contextWords(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  return [...new Set(['sotto', ...words.filter((word) => word.length >= 4 && !ordinary.has(word))])];
}

/** What stands in many addresses and names of firms and tells nobody apart. */
const ordinary: ReadonlySet<string> = new Set([
  'gmail',
  'mail',
  'info',
  'office',
  'gmbh',
  'limited',
  'company',
  'example',
  'test',
]);

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function holdsContext(password: string, context: readonly string[]): boolean {
  return spellings(password).some((spelling) => context.some((word) => spelling.includes(word)));
}

/** In small letters: as written, and with letters for what stands in for them. A one is an `l` to some, an `i` to others. */
function spellings(text: string): readonly string[] {
  const small = text.toLowerCase();
  const asL = Array.from(small, (character) => standIns.get(character) ?? character).join('');
  return [
    small,
    asL,
    Array.from(small.replaceAll('1', 'i'), (character) => standIns.get(character) ?? character).join(''),
  ];
}

const standIns: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'l'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['8', 'b'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
  ['€', 'e'],
]);

/** Common as a whole, or common with up to six digits and signs round it: `Dragon2026!!!`. */
function isCommonAtCore(password: string, isCommon: (word: string) => boolean): boolean {
  const small = password.toLowerCase();
  const inner = /^[^\p{L}]*(.*?)[^\p{L}]*$/u.exec(small)?.[1] ?? '';
  const isBarelyMore = inner.length >= 4 && small.length - inner.length <= 6;
  const bare = small.replace(/^\d{1,6}|\d{1,6}$/g, '');
  const candidates = [small, bare, ...(isBarelyMore ? [inner] : [])].flatMap(spellings);
  return candidates.some((one) => one.length >= 4 && isCommon(one));
}

/** Nothing but one part over and over: `tulip-tulip-tulip-`. */
function isRepeated(password: string): boolean {
  return /^(.+?)\1+$/su.test(password.toLowerCase());
}

const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** Once all runs of four and more are gone that go along a row, either way, fewer than six characters are left. */
function isRun(password: string): boolean {
  const small = password.toLowerCase();
  let left = 0;
  for (let at = 0; at < small.length;) {
    const run = runAt(small, at);
    if (run < 4) left += 1;
    at += run < 4 ? 1 : run;
  }
  return left < 6;
}

/** How many characters from `at` on follow one another in a row of the keyboard. */
function runAt(text: string, at: number): number {
  const runs = rows
    .flatMap((row) => [row, Array.from(row).toReversed().join('')])
    .map((row) => along(row, text.slice(at)));
  return Math.max(...runs);
}

function along(row: string, text: string): number {
  for (let length = Math.min(row.length, text.length); length > 1; length -= 1)
    if (row.includes(text.slice(0, length))) return length;
  return 1;
}

/** Nothing but one or two dates, however they are parted: `1990-12-31 2001-02-03`. */
function isDates(password: string): boolean {
  const digits = password.replace(/[\s./,_-]/g, '');
  if (!/^(\d{8}|\d{12}|\d{14}|\d{16})$/.test(digits)) return false;
  const parts = digits.match(/\d{8}|\d+$/g) ?? [];
  return parts.every((part) => part.length < 8 || isDay(part));
}

function isDay(digits: string): boolean {
  const ways: readonly (readonly [number, number, number])[] = [
    [0, 4, 6],
    [4, 2, 0],
    [4, 0, 2],
  ];
  return ways.some(([year, month, day]) => {
    const [y, m, d] = [digits.slice(year, year + 4), digits.slice(month, month + 2), digits.slice(day, day + 2)];
    return (
      Number(y) >= 1900 && Number(y) < 2100 && Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31
    );
  });
}

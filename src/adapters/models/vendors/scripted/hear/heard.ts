import type { Intent, Language } from '../language.ts';
import { answeredName, introduced } from './names.ts';
import { dictated, runsOf } from './numbers.ts';
import { heardText, plain, wordsOf } from './plain.ts';
import { whenOf, type When, type WhenOptions } from './when.ts';

/** What a caller's words hold, as far as the words alone show it. What they mean is for the skills to say. */
export type Heard = {
  readonly text: string;
  readonly plain: string;
  readonly wordCount: number;
  readonly intents: ReadonlySet<Intent>;
  readonly answer: 'yes' | 'no' | undefined;
  /** Said unasked: `my name is ...`. */
  readonly introduced: string | undefined;
  /** What the words would be as the answer to "your name?". */
  readonly asName: string | undefined;
  readonly digits: string;
  readonly runs: readonly string[];
  readonly when: When | undefined;
  /** Position among what was offered; -1 is the last. */
  readonly choice: number | undefined;
  readonly reason: string | undefined;
  readonly interrupted: boolean;
  readonly keyed: boolean;
  /** A card number was read out and masked. */
  readonly card: boolean;
};

export type Expectation = {
  readonly nowMs: number;
  readonly timeZone: string;
  /** A telephone number is being dictated: digits are digits, not times. */
  readonly number: boolean;
  /** Part of a number is there already: a lone 0 is its next digit. */
  readonly dictating: boolean;
  /** A time was asked for: a lone `3` is one. */
  readonly time: boolean;
};

/** Reads one utterance. Pure: the same words in the same situation always give the same. */
export function hear(said: string, language: Language, expected: Expectation): Heard {
  const text = heardText(said);
  const bare = plain(text);
  const runs = runsOf(text, language.numbers);
  const digits = dictated(text, language.numbers);
  const { nowMs, timeZone } = expected;
  const spoken = digits.length >= 7 ? text.replace(/\+?\d[\d ().-]{6,}/g, ' ') : text;
  const when =
    expected.number && digits !== ''
      ? undefined
      : whenOf(spoken, language, { nowMs, timeZone, bareTimes: expected.time });
  return {
    text,
    plain: bare,
    wordCount: wordsOf(bare).length,
    intents: intentsIn(bare, text, language),
    answer: answerIn(bare, language),
    introduced: introduced(text, language),
    asName: answeredName(text, language),
    digits,
    runs,
    when,
    choice: language.choices.find(([pattern]) => pattern.test(bare))?.[1],
    reason: reasonIn(text, language, { nowMs, timeZone, bareTimes: false }),
    interrupted: false,
    keyed: false,
    card: /\[card\]/i.test(said) || isCard(digits),
  };
}

/** Keys pressed on the telephone, in the same shape: 0 asks for a person, star to repeat, 1 and 2 for yes and no. */
export function keyed(keys: string, language: Language, expected: Expectation): Heard {
  const digits = keys.replace(/\D/g, '').slice(0, 32);
  const meant: readonly Intent[] = digits === '0' && !expected.dictating ? ['person'] : keys === '*' ? ['repeat'] : [];
  return {
    ...hear('', language, expected),
    digits,
    runs: digits === '' ? [] : [digits],
    intents: new Set(meant),
    answer: digits === '1' ? 'yes' : digits === '2' ? 'no' : undefined,
    choice: /^[1-3]$/.test(digits) ? Number(digits) - 1 : undefined,
    keyed: true,
    card: isCard(digits),
  };
}

function intentsIn(bare: string, text: string, language: Language): ReadonlySet<Intent> {
  const found = Object.entries(language.hear).filter(([, pattern]) => pattern.test(bare));
  const asked = /[?¿]/u.test(text) ? (['question'] as const) : [];
  return new Set([...found.map(([intent]) => intent as Intent), ...asked]);
}

/** "No, that's right" ends on what counts: a plain agreement after the no. */
function answerIn(bare: string, language: Language): 'yes' | 'no' | undefined {
  const no = language.no.exec(bare);
  const yes = language.yes.exec(bare);
  if (no && yes) return yes.index > no.index ? 'yes' : 'no';
  return no ? 'no' : yes ? 'yes' : undefined;
}

/** "For Tuesday" is a time and no reason. */
function reasonIn(text: string, language: Language, options: WhenOptions): string | undefined {
  const reason = language.reason
    .exec(text)?.[1]
    ?.replace(/[.,;!?\s]+$/u, '')
    .trim();
  const worthy = reason !== undefined && reason.length >= 3 && whenOf(reason, language, options) === undefined;
  return worthy ? reason.slice(0, 200) : undefined;
}

/** Card numbers are 13 to 19 digits with a Luhn check digit (ISO/IEC 7812-1). */
function isCard(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((so, digit, at) => so + luhn(Number(digit), at % 2 === 1), 0);
  return sum % 10 === 0;
}

function luhn(digit: number, doubled: boolean): number {
  const value = doubled ? digit * 2 : digit;
  return value > 9 ? value - 9 : value;
}

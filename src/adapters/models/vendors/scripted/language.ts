import type { ParsedResult, ParsingOption, ParsingReference } from 'chrono-node/en';
import type { PhraseKey } from './phrases.ts';

/** What a caller may be after, as far as words alone show it. A language lists the words of each. */
export type Intent =
  | 'emergency'
  | 'stopCalling'
  | 'machine'
  | 'person'
  | 'repeat'
  | 'hold'
  | 'goodbye'
  | 'nothingElse'
  | 'thanks'
  | 'wrongNumber'
  | 'anger'
  | 'profanity'
  | 'book'
  | 'move'
  | 'cancel'
  | 'cannotCome'
  | 'lookup'
  | 'message'
  | 'relay'
  /** On their way, but not in time: something to pass on. */
  | 'late'
  | 'urgent'
  | 'notUrgent'
  | 'hours'
  | 'help'
  | 'who'
  | 'greeting'
  | 'howAreYou'
  | 'ownNumber'
  | 'dontCare'
  | 'decline'
  | 'earliest'
  | 'later'
  | 'earlier'
  | 'anotherDay'
  | 'otherTimes'
  | 'neverMind'
  | 'instead'
  | 'question'
  | 'tailCorrection'
  | 'headCorrection'
  | 'backchannel'
  | 'openNow'
  | 'otherLanguage'
  | 'need';

/** A time of day as said. Without `half` it may mean morning or afternoon. */
export type Clock = { readonly hour: number; readonly minute: number; readonly half?: 'am' | 'pm' };

/** Turns one way of saying a time into a clock: the pattern sees lower-case text with figures for number words. */
export type ClockRule = { readonly pattern: RegExp; readonly clock: (groups: readonly string[]) => Clock | undefined };

export type DayPart = 'morning' | 'afternoon' | 'evening';

export type NumberWords = {
  /** `five: 5, twenty: 20, seiscientos: 600`. */
  readonly values: Readonly<Record<string, number>>;
  /** Multiplies the digit before it: `five hundred`. Undefined where hundreds are words of their own. */
  readonly hundred: string | undefined;
  /** Zero only among other digits: `five oh one`. */
  readonly zero: ReadonlySet<string>;
  /** `double two`, `triple five`. */
  readonly repeat: Readonly<Record<string, number>>;
  /** Joins tens and units: `treinta y cuatro`. */
  readonly and: ReadonlySet<string>;
  /** The word for `+`. */
  readonly plus: string;
  /** May stand inside a dictated number without ending it: `then`, `dash`, `area code`. */
  readonly between: ReadonlySet<string>;
  /** True when the word is no number after that word: `the first one`, `una cita`. */
  readonly isArticle: (word: string, previous: string | undefined) => boolean;
};

/** How a language talks of days and times. Patterns see lower-case text, accents kept, figures for number words. */
export type TimeWords = {
  /** Makes the text easier for chrono, in order: `day after tomorrow` -> `in 2 days`. */
  readonly rewrite: readonly (readonly [RegExp, string])[];
  readonly chrono: { parse(text: string, reference?: ParsingReference, option?: ParsingOption): ParsedResult[] };
  /** What chrono takes for a date though it mostly is an everyday word: `sat`, `may`. */
  readonly notDates: RegExp;
  /** A day of the month without the month; group 1 is the day. */
  readonly monthDay: RegExp;
  readonly nextWeek: RegExp;
  /** Said of an appointment, on plain text: a week after it. */
  readonly weekOn: RegExp;
  /** Said of an appointment, on plain text: at the hour it has. */
  readonly sameTime: RegExp;
  readonly thisWeek: RegExp;
  readonly weekend: RegExp;
  readonly parts: Readonly<Record<DayPart, RegExp>>;
  readonly clocks: readonly ClockRule[];
  /** Directly before a clock. */
  readonly after: RegExp;
  readonly before: RegExp;
  /** What comes after it may be the new time: `from Tuesday to Thursday`. Global. */
  readonly towards: RegExp;
  /** Matches the whole of `between A and B`; groups 1 and 2 are read by `clocks`. */
  readonly between: RegExp;
};

/** How a language says things aloud: everything must sound right when a voice reads it. */
export type SpokenForms = {
  /** A day seen from today: `tomorrow, Saturday the 21st`. `daysAhead` is 0 today; month only where it helps. */
  readonly day: (date: SpokenDate, daysAhead: number) => string;
  /** The same after a verb: `on Saturday the 21st`. */
  readonly onDay: (date: SpokenDate, daysAhead: number) => string;
  /** Minute of the day: `3:30 in the afternoon`. */
  readonly clock: (minute: number) => string;
  /** Minute of the day with its preposition: `at 3 in the afternoon`; `short` leaves the part of the day to come. */
  readonly at: (minute: number, short?: boolean) => string;
  /** Names the part of the day a minute belongs to; equal parts need to be said only once. */
  readonly part: (minute: number) => string;
  readonly weekday: (isoWeekday: number) => string;
  /** A run of weekdays: `Monday to Friday`, or a single one. */
  readonly weekdays: (first: string, last: string) => string;
  readonly hours: (from: string, to: string) => string;
  readonly and: string;
  readonly or: string;
  readonly plus: string;
  /** Last touch on a sentence: `de el` -> `del`. */
  readonly smooth: (text: string) => string;
};

export type SpokenDate = {
  readonly isoWeekday: number;
  readonly day: number;
  readonly month: number;
  readonly otherMonth: boolean;
};

/** One language of the receptionist. Adding one is adding a folder to `languages/`; its name is the id. */
export type Language = {
  /** BCP 47 tags a carrier can speak, the usual one first. */
  readonly tags: readonly [string, ...string[]];
  /** What this language is called, by language id. */
  readonly called: Readonly<Record<string, string>>;
  /** Plain words that give the language away. None of them may be a word of another language here. */
  readonly telltale: ReadonlySet<string>;
  /** Asks for this language, in whatever language it is said. Plain text. */
  readonly askedFor: RegExp;
  /** On plain text: lower case, no accents, no punctuation. */
  readonly hear: Readonly<Record<Intent, RegExp>>;
  readonly yes: RegExp;
  readonly no: RegExp;
  /** The word in `5 not 9`. */
  readonly not: string;
  /** Which of the offered: pattern and position from 0; -1 is the last. */
  readonly choices: readonly (readonly [RegExp, number])[];
  /** On the text as heard: group 1 is what follows `my name is`. `sure` forms need no capital letter; `likely` is global. */
  readonly introductions: { readonly sure: RegExp; readonly likely: RegExp };
  /** Plain words that are never part of a name. */
  readonly notNames: ReadonlySet<string>;
  /** Words around a name that do not belong to it: `yes it's`, `here`. Plain text with accents kept. */
  readonly aroundNames: RegExp;
  /** What it is for: group 1 of a match on the text as heard. */
  readonly reason: RegExp;
  readonly numbers: NumberWords;
  readonly time: TimeWords;
  /** Words too common to tell one question from another. Plain. */
  readonly stopWords: ReadonlySet<string>;
  /** Subjects that callers and businesses name differently, by word and by stem. All languages share the subjects. */
  readonly subjects: ReadonlyMap<string, string>;
  readonly stem: (word: string) => string;
  readonly speak: SpokenForms;
  readonly phrases: Readonly<Record<PhraseKey, readonly [string, ...string[]]>>;
};

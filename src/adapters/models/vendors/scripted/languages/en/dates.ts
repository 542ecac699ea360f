import * as chrono from 'chrono-node/en';
import type { Clock, NumberWords, TimeWords } from '../../language.ts';

/** The words English numbers are dictated with. */
export const numbersEnglish: NumberWords = {
  values: {
    zero: 0,
    nought: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    niner: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  },
  hundred: 'hundred',
  zero: new Set(['oh', 'o']),
  repeat: { double: 2, triple: 3, treble: 3 },
  and: new Set(),
  plus: 'plus',
  between: new Set(['and', 'then', 'dash', 'hyphen', 'um', 'uh', 'er', 'area', 'code', 'space', 'dot']),
  isArticle: (word, previous) =>
    word === 'one' &&
    /^(?:this|that|the|first|second|third|last|which|another|other|earlier|later|any|either|no|some|every)$/.test(
      previous ?? '',
    ),
};

const units = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const teens = [
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];

/** `20 fourth` -> `24th`, `eleventh` -> `11th`. Up to the ninth alone they choose among offers far more often. */
const ordinals: readonly (readonly [RegExp, string])[] = [
  ...[20, 30].flatMap((tens) =>
    units.map((word, at) => [new RegExp(`\\b${tens}[- ]${word}\\b`, 'g'), `${tens + at + 1}th`] as const),
  ),
  ...teens.map((word, at) => [new RegExp(`\\b${word}\\b`, 'g'), `${at + 10}th`] as const),
  [/\btwentieth\b/g, '20th'],
  [/\bthirtieth\b/g, '30th'],
];

const time = '(\\d{1,2}(?:[: ][0-5]\\d)?(?: ?[ap]\\.? ?m\\b\\.?)?|noon)';
const half = '(?: ?(a|p)\\.? ?m\\b\\.?)?';

/** How English speaks of days and times. */
export const timeEnglish: TimeWords = {
  rewrite: [
    [/\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)s\b/g, '$1'],
    [/\btonight\b/g, 'today evening'],
    [/\bin the day\b/g, ' '],
    [/\b(?:the )?day after tomorrow\b/g, 'in 2 days'],
    [
      /\b(?:since|last|this past|past|every)(?: (?:week|month|year|night|mon|tues|wednes|thurs|fri|satur|sun)\w*)/g,
      ' ',
    ],
    [/\ba couple of\b/g, '2'],
    ...ordinals,
  ],
  chrono,
  notDates:
    /^(?:sat|sun|mon|wed|fri|may|march|mar|now|a (?:second|minute|moment|quarter)|the (?:second|minute|moment|week|day|hour|month|year)|(?:a|an|this) (?:second|minute|hour|moment)|today now)$/i,
  monthDay: /\b(?:the|on|day,?) (?:the )?(\d{1,2})(?:st|nd|rd|th)\b/,
  nextWeek: /\b(?:next|the following|following) week\b|\bweek after(?: this)?\b/,
  weekOn: /\bweek (?:after|later)\b|\bfollowing week\b/,
  sameTime: /\bsame (?:time|hour)\b/,
  thisWeek: /\bthis week\b|\bend of (?:the|this) week\b|\blater (?:in )?(?:the|this) week\b/,
  weekend: /\b(?:(?:this|the|on the|next) )?weekends?\b/,
  parts: {
    morning: /(?<!good )\bmornings?\b|\bbefore (?:noon|lunch|work)\b|\bfirst thing\b/,
    afternoon: /(?<!good )\bafternoons?\b|\bafter (?:lunch|school)\b|\bmid ?day\b/,
    evening: /(?<!good )\bevenings?\b|\btonight\b|\bat night\b|\bafter work\b/,
  },
  clocks: [
    { pattern: new RegExp(`\\bhalf(?: past)? (\\d{1,2})\\b${half}`), clock: ([hour, m]) => clock(hour, '30', m) },
    {
      pattern: new RegExp(`\\b(?:a )?quarter (?:past|after) (\\d{1,2})\\b${half}`),
      clock: ([hour, m]) => clock(hour, '15', m),
    },
    {
      pattern: new RegExp(`\\b(?:a )?quarter (?:to|of|before|til) (\\d{1,2})\\b${half}`),
      clock: ([hour, m]) => earlier(hour, 15, m),
    },
    {
      pattern: new RegExp(`\\b(\\d{1,2})(?: minutes?)? past (\\d{1,2})\\b${half}`),
      clock: ([min, hour, m]) => clock(hour, min, m),
    },
    {
      pattern: new RegExp(`\\b(\\d{1,2})(?: minutes?)? (?:to|before|til) (\\d{1,2})\\b${half}(?! (?:days|weeks))`),
      clock: ([min, hour, m]) => earlier(hour, Number(min), m),
    },
    { pattern: /\b(?:12 )?(?:noon|midday)\b/, clock: () => ({ hour: 12, minute: 0, half: 'pm' }) },
    { pattern: /\blunch ?time\b/, clock: () => ({ hour: 12, minute: 0, half: 'pm' }) },
    { pattern: /\b(\d{1,2})[: .]?([0-5]\d)? ?(a|p)\.? ?m\b\.?/, clock: ([hour, min, m]) => clock(hour, min, m) },
    { pattern: /\b(\d{1,2})(?: ([0-5]\d))? o ?'?clock\b/, clock: ([hour, min]) => clock(hour, min, '') },
    { pattern: /\b(\d{1,2}):([0-5]\d)\b/, clock: ([hour, min]) => clock(hour, min, '') },
    {
      pattern:
        /\b(?:at|around|about|by|for|like|from|after|before|until|say|maybe|do|make it) (\d{1,2})(?: ([0-5]\d))?\b(?! ?(?:st|nd|rd|th|days?|weeks?|months?|years?|minutes?|hours?|people|persons?|of us|times?|\d|:|-))/,
      clock: ([hour, min]) => clock(hour, min, ''),
    },
    {
      pattern:
        /\b(\d{1,2})(?: ([0-5]\d))? (?=in the (?:morning|afternoon|evening)|(?:today|tomorrow|tonight|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)/,
      clock: ([hour, min]) => clock(hour, min, ''),
    },
    {
      pattern:
        /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today),? (\d{1,2})(?: ([0-5]\d))?(?! ?(?:st|nd|rd|th|\d|:|-))\b/,
      clock: ([hour, min]) => clock(hour, min, ''),
    },
  ],
  after: /(?<!quarter )\b(?:after|from|later than|not before|no earlier than)(?: about| around)? $/,
  before: /(?<!quarter )\b(?:before|by|until|till|earlier than|not after|no later than)(?: about| around)? $/,
  towards: /\b(?:to|for|until)\s+(?=\S)/g,
  between: new RegExp(`\\b(?:between|from) ${time} (?:and|to|until|till) ${time}`),
};

function clock(hour: string | undefined, minute: string | undefined, half: string | undefined): Clock | undefined {
  const value = { hour: Number(hour), minute: Number(minute || '0') };
  if (!half) return value;
  return value.hour > 12 ? value : { ...value, half: half === 'a' ? 'am' : 'pm' };
}

function earlier(hour: string | undefined, minutes: number, half: string | undefined): Clock | undefined {
  const last = Number(hour) === 1 ? 12 : Number(hour) - 1;
  return clock(String(last), String(60 - minutes), half);
}

import type { Item } from '#base';
import type { Window } from './preset.ts';
import type { Rule, Said } from './rule.ts';

type Language = keyof Said;

/** What a sentence about a length of time is made of, in the order of one language. */
type Phrases = {
  readonly year: Noun;
  readonly day: Noun;
  readonly hour: Noun;
  readonly minute: Noun;
  readonly second: Noun;
  /** As long as the account, within a sentence. */
  readonly account: string;
  readonly set: (from: string) => string;
  readonly since: (length: string, from: string) => string;
  readonly atLeast: (length: string) => string;
  readonly endsWith: (other: string) => string;
  readonly until: (instant: string) => string;
  readonly always: (why: string) => string;
};

type Noun = readonly [one: string, many: string];

const phrases: { readonly [L in Language]: Phrases } = {
  en: {
    year: ['year', 'years'],
    day: ['day', 'days'],
    hour: ['hour', 'hours'],
    minute: ['minute', 'minutes'],
    second: ['second', 'seconds'],
    account: 'as long as the account, and 30 days',
    set: (from) => `As long as the business has set, from ${from}.`,
    since: (length, from) => `${length} from ${from}.`,
    atLeast: (length) => `At least ${length}`,
    endsWith: (other) => `Ends with this: ${other}.`,
    until: (instant) => `Until ${instant}.`,
    always: (why) => `As long as the installation. ${why}`,
  },
  es: {
    year: ['año', 'años'],
    day: ['día', 'días'],
    hour: ['hora', 'horas'],
    minute: ['minuto', 'minutos'],
    second: ['segundo', 'segundos'],
    account: 'mientras dure la cuenta, y 30 días',
    set: (from) => `Lo que el negocio haya fijado, desde ${clause(from, 'cuando')}.`,
    since: (length, from) => `${length} desde ${clause(from, 'cuando')}.`,
    atLeast: (length) => `Al menos ${length}`,
    endsWith: (other) => `Termina con esto: ${other}.`,
    until: (instant) => `Hasta ${instant}.`,
    always: (why) => `Mientras exista la instalación. ${why}`,
  },
  pt: {
    year: ['ano', 'anos'],
    day: ['dia', 'dias'],
    hour: ['hora', 'horas'],
    minute: ['minuto', 'minutos'],
    second: ['segundo', 'segundos'],
    account: 'enquanto durar a conta, e 30 dias',
    set: (from) => `Pelo tempo que a empresa definiu, desde ${clause(from, 'quando')}.`,
    since: (length, from) => `${length} desde ${clause(from, 'quando')}.`,
    atLeast: (length) => `Pelo menos ${length}`,
    endsWith: (other) => `Termina com isto: ${other}.`,
    until: (instant) => `Até ${instant}.`,
    always: (why) => `Enquanto existir a instalação. ${why}`,
  },
  hi: {
    year: ['वर्ष', 'वर्ष'],
    day: ['दिन', 'दिन'],
    hour: ['घंटा', 'घंटे'],
    minute: ['मिनट', 'मिनट'],
    second: ['सेकंड', 'सेकंड'],
    account: 'खाते जितने समय, और 30 दिन',
    set: (from) => `${from} से, जितना व्यवसाय ने तय किया है।`,
    since: (length, from) => `${from} से ${length}।`,
    atLeast: (length) => `कम से कम ${length}`,
    endsWith: (other) => `इसके साथ समाप्त: ${other}।`,
    until: (instant) => `${instant} तक।`,
    always: (why) => `इंस्टॉलेशन जितने समय। ${why}`,
  },
};

/** 365.25 days: a year with its share of a leap day. */
const yearMs = 31_557_600_000;

const units = [
  { ms: 86_400_000, name: 'day' },
  { ms: 3_600_000, name: 'hour' },
  { ms: 60_000, name: 'minute' },
  { ms: 1_000, name: 'second' },
] as const;

/** A length of time in the largest unit of which it is a whole number: `90 days`; whole years as such, leap day or not. */
export function lengthInWords(ms: number): Said {
  const years = Math.round(ms / yearMs);
  if (years > 0 && Math.abs(ms / yearMs - years) < 0.02) return counted(years, 'year');
  const unit = units.find((one) => ms >= one.ms && ms % one.ms === 0) ?? units[3];
  return counted(Math.max(1, Math.round(ms / unit.ms)), unit.name);
}

function counted(count: number, unit: 'year' | (typeof units)[number]['name']): Said {
  return each((language) => `${count} ${phrases[language][unit][count === 1 ? 0 : 1]}`);
}

/** A window of a setting in words: `90 days`, or as long as the account. */
export function windowInWords(window: Window): Said {
  return window === 'account' ? each((language) => phrases[language].account) : lengthInWords(window.ms);
}

/**
 * How long a type of data is kept, as a sentence. `window` is what the business has set; without one, that it can be
 * set. Of what ends with something else, that is named from `rules`.
 */
export function howLong({ item: { keeps } }: Item<Rule>, rules: readonly Item<Rule>[], window?: Window): Said {
  switch (keeps.by) {
    case 'setting':
      if (window === undefined) return each((language) => phrases[language].set(keeps.from[language]));
      if (window === 'account') return each((language) => `${capital(phrases[language].account)}${stop(language)}`);
      return since(lengthInWords(window.ms), keeps.from);
    case 'law': {
      const length = lengthInWords(keeps.ms);
      return since(
        keeps.atLeast ? each((language) => phrases[language].atLeast(length[language])) : length,
        keeps.from,
      );
    }
    case 'belonging': {
      const other = rules.find(({ id }) => id === keeps.to)?.item.say;
      return each((language) => phrases[language].endsWith(other?.[language] ?? keeps.to));
    }
    case 'moment':
      return each((language) => phrases[language].until(keeps.until[language]));
    case 'installation':
      return each((language) => phrases[language].always(keeps.why[language]));
  }
}

/** `90 days from the end of the call.` */
function since(length: Said, from: Said): Said {
  return each((language) => phrases[language].since(length[language], from[language]));
}

/** What begins with a sentence of its own follows *que*. */
function clause(from: string, when: 'cuando' | 'quando'): string {
  return from.startsWith(`${when} `) ? `que ${from.slice(when.length + 1)}` : from;
}

function each(say: (language: Language) => string): Said {
  return { en: say('en'), es: say('es'), pt: say('pt'), hi: say('hi') };
}

function stop(language: Language): string {
  return language === 'hi' ? '।' : '.';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

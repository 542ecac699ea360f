import type { Item } from '#base';
import type { Window } from './preset.ts';
import type { Rule, Said } from './rule.ts';

/** 365.25 days: a year with its share of a leap day. */
const yearMs = 31_557_600_000;

const units = [
  { ms: 86_400_000, en: ['day', 'days'], es: ['día', 'días'] },
  { ms: 3_600_000, en: ['hour', 'hours'], es: ['hora', 'horas'] },
  { ms: 60_000, en: ['minute', 'minutes'], es: ['minuto', 'minutos'] },
  { ms: 1_000, en: ['second', 'seconds'], es: ['segundo', 'segundos'] },
] as const;

/** A length of time in the largest unit of which it is a whole number: `90 days`; whole years as such, leap day or not. */
export function lengthInWords(ms: number): Said {
  const years = Math.round(ms / yearMs);
  if (years > 0 && Math.abs(ms / yearMs - years) < 0.02) return counted(years, ['year', 'years'], ['año', 'años']);
  const unit = units.find((one) => ms >= one.ms && ms % one.ms === 0) ?? units[3];
  return counted(Math.max(1, Math.round(ms / unit.ms)), unit.en, unit.es);
}

type Noun = readonly [one: string, many: string];

function counted(count: number, en: Noun, es: Noun): Said {
  const at = count === 1 ? 0 : 1;
  return { en: `${count} ${en[at]}`, es: `${count} ${es[at]}` };
}

const accountLife: Said = { en: 'as long as the account, and 30 days', es: 'mientras dure la cuenta, y 30 días' };

/** A window of a setting in words: `90 days`, or as long as the account. */
export function windowInWords(window: Window): Said {
  return window === 'account' ? accountLife : lengthInWords(window.ms);
}

/**
 * How long a type of data is kept, as a sentence. `window` is what the business has set; without one, that it can be
 * set. Of what ends with something else, that is named from `rules`.
 */
export function howLong({ item: { keeps } }: Item<Rule>, rules: readonly Item<Rule>[], window?: Window): Said {
  switch (keeps.by) {
    case 'setting':
      return window === undefined ? sentence(asSet, keeps.from) : lasting(window, keeps.from);
    case 'law':
      return sentence(keeps.atLeast ? joined(atLeast, lengthInWords(keeps.ms)) : lengthInWords(keeps.ms), keeps.from);
    case 'belonging':
      return joined(
        belonging,
        rules.find(({ id }) => id === keeps.to)?.item.say ?? { en: keeps.to, es: keeps.to },
        '.',
      );
    case 'moment':
      return joined(until, keeps.until, '.');
    case 'installation':
      return joined(always, keeps.why);
  }
}

const asSet: Said = { en: 'As long as the business has set', es: 'Lo que el negocio haya fijado' };
const atLeast: Said = { en: 'At least', es: 'Al menos' };
const belonging: Said = { en: 'Ends with this:', es: 'Termina con esto:' };
const until: Said = { en: 'Until', es: 'Hasta' };
const always: Said = { en: 'As long as the installation.', es: 'Mientras exista la instalación.' };

function lasting(window: Window, from: Said): Said {
  if (window === 'account') return { en: `${capital(accountLife.en)}.`, es: `${capital(accountLife.es)}.` };
  return sentence(lengthInWords(window.ms), from);
}

/** `90 days from the end of the call.` What begins with a sentence of its own follows *que* in Spanish. */
function sentence(length: Said, from: Said): Said {
  const since = from.es.startsWith('cuando ') ? `que ${from.es.slice('cuando '.length)}` : from.es;
  const en = `${length.en}${length === asSet ? ',' : ''} from ${from.en}.`;
  return { en, es: `${length.es}${length === asSet ? ',' : ''} desde ${since}.` };
}

function joined(one: Said, other: Said, end = ''): Said {
  return { en: `${one.en} ${other.en}${end}`, es: `${one.es} ${other.es}${end}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

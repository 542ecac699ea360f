import {
  getCountries,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js';
import type { Language } from '../language.ts';

/** A number as dictated so far. `complete` when it could be dialled, `tooLong` when no more digit could make it so. */
export type Dictated = { readonly number: string; readonly complete: boolean; readonly tooLong: boolean };

/** Fits digits into the numbering plan of the country the caller seems to ring from. */
export function phoneNumber(digits: string, country: string | undefined): Dictated {
  const parsed = parse(digits, country);
  if (parsed?.isPossible()) return { number: parsed.number, complete: true, tooLong: false };
  const length = digits.replace(/\D/g, '').length;
  if (!isCountry(country) && !digits.startsWith('+')) {
    return { number: digits, complete: length >= 9 && length <= 15, tooLong: length > 15 };
  }
  const home = isCountry(country) ? country : undefined;
  const fault = validatePhoneNumberLength(digits, home === undefined ? undefined : { defaultCountry: home });
  return { number: digits, complete: false, tooLong: fault === 'TOO_LONG' || length > 15 };
}

/** Country of a number, else the region of the business's language tag; undefined when neither tells. */
export function countryOf(number: string | undefined, languageTag: string): string | undefined {
  const parsed = number === undefined ? undefined : parse(number, undefined);
  const region = languageTag.split('-').find((part) => /^[A-Z]{2}$/.test(part));
  return parsed?.country ?? region;
}

/** A number digit by digit, in the groups people of its country use: `5 0 0, 5 5 5, 0 0 0 6`. */
export function readOut(number: string, country: string | undefined, language: Language): string {
  const parsed = parse(number, country);
  const home = parsed?.country === country;
  const written = parsed?.isPossible() ? (home ? parsed.formatNational() : parsed.formatInternational()) : number;
  const groups = (written.match(/\+?\d+/g) ?? []).flatMap(handy).map((group) => group.split('').join(' '));
  return groups.join(', ').replace('+', language.speak.plus);
}

/** The last four digits, spaced. */
export function ending(number: string): string {
  return number.replace(/\D/g, '').slice(-4).split('').join(' ');
}

/** Nobody can follow eight digits in one breath. */
function handy(group: string): readonly string[] {
  return group.length <= 4 ? [group] : (group.match(/\+?\d{1,3}(?!\d$)|\d{1,4}/g) ?? [group]);
}

function parse(digits: string, country: string | undefined): PhoneNumber | undefined {
  const home = isCountry(country) ? country : undefined;
  return parsePhoneNumberFromString(digits, home === undefined ? undefined : { defaultCountry: home });
}

function isCountry(code: string | undefined): code is CountryCode {
  return code !== undefined && (getCountries() as readonly string[]).includes(code);
}

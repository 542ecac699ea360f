import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { Personal, type Ctx, type Id } from '#base';
import { blindIndex } from '#safeguards/vault';

/**
 * The number in E.164 (ITU-T E.164: `+`, country code, at most 15 digits), or undefined when `text` is not wholly one.
 * Numbers without a country code are read as of `defaultCountry`, an ISO 3166 country or subdivision (`US`, `US-CA`).
 * A number of possible length counts, assigned or not: number plans change faster than libraries.
 * An extension has no place in E.164, so a number with one is not turned into the number without it.
 */
export function e164(text: string | Personal, defaultCountry?: string): Personal | undefined {
  const given = typeof text === 'string' ? text : text.reveal();
  const country = defaultCountry?.slice(0, 2).toUpperCase() as CountryCode | undefined;
  const number = parsePhoneNumberFromString(given, { ...(country && { defaultCountry: country }), extract: false });
  return number?.isPossible() && !number.ext ? new Personal(number.number) : undefined;
}

/** The keyed hash under which a number is found again. One number has one index however it was written. */
export function phoneIndex(ctx: Pick<Ctx, 'keys'>, organisation: Id, phone: Personal): Promise<Buffer> {
  return blindIndex(ctx, organisation, 'phone', numberIn(phone) ?? phone);
}

/** The number that somebody left, with words around it or without: `after six, +34 600 111 222`. */
export function numberIn(text: Personal): Personal | undefined {
  const whole = e164(text);
  if (whole) return whole;
  const within = parsePhoneNumberFromString(text.reveal());
  return within?.isPossible() && !within.ext ? new Personal(within.number) : undefined;
}

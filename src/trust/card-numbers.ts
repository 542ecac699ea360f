/**
 * What a payment card number looks like in a text, for PostgreSQL: 14 to 19 digits in one piece, or in groups with spaces
 * or dashes between, and no letter, digit or dash beside it. Ids have letters among their digits, or groups of eight.
 */
export const cardPattern =
  '(?:^|[^0-9A-Za-z.+-])([0-9]{14,19}|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?|3[0-9]{3}[ -][0-9]{6}[ -][0-9]{4,5})(?![0-9A-Za-z-])';

/** Whether digits can be a card: length and beginning of an issuer (ISO/IEC 7812-1), and the check digit (annex B). */
export function isCard(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  return issued.some((form) => form.test(digits)) && checksumOf(digits) % 10 === 0;
}

const issued = [
  /^4\d{15}$|^4\d{18}$/,
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[68]\d)\d{11}$/,
  /^(?:6011|64[4-9]\d|65\d{2})\d{12}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
  /^62\d{14,17}$/,
];

/** Every second digit from the right counts double, as the sum of its digits. */
function checksumOf(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const counted = at % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum;
}

import type { Language } from '../language.ts';
import type { Heard } from './heard.ts';
import { figures } from './numbers.ts';
import { phoneNumber } from './phone.ts';
import { plain } from './plain.ts';

/**
 * The number after a correction to its read-back: `it's 5 not 9`, `it ends in 44`, the whole number again, or only
 * the last group. Undefined when the words leave open which digits are meant.
 */
export function corrected(
  number: string,
  heard: Heard,
  language: Language,
  country: string | undefined,
): string | undefined {
  const swap = swapped(number, heard, language);
  if (swap !== undefined) return swap === '' ? undefined : swap;
  const run = heard.digits;
  if (phoneNumber(run, country).complete || run.length > 5) return run;
  if (heard.intents.has('headCorrection') && run.length < number.length) return withHead(number, run, country);
  const longer = number + run;
  if (heard.answer !== 'no' && phoneNumber(longer, country).complete) return longer;
  return run.length < number.length ? number.slice(0, -run.length) + run : undefined;
}

/** `5 not 9`: the wrong digits are those after the not. Empty when they occur more than once or never. */
function swapped(number: string, heard: Heard, language: Language): string | undefined {
  if (heard.runs.length !== 2) return undefined;
  const text = plain(figures(heard.text, language.numbers)).replace(/(\d) (?=\d)/g, '$1');
  const negated = Array.from(
    text.matchAll(new RegExp(`\\b${language.not} (?:a |an |un |el |the )?(\\d+)`, 'g')),
    ([, run]) => run,
  );
  const wrong = negated.at(-1);
  const right = heard.runs.find((run) => run !== wrong);
  if (wrong === undefined || right === undefined) return undefined;
  const parts = number.split(wrong);
  return parts.length === 2 ? parts.join(right) : '';
}

/** Replaces the first digits as people say them, after the country code. */
function withHead(number: string, run: string, country: string | undefined): string {
  const code = number.startsWith('+') ? number.length - nationalLength(number, country) : 0;
  return number.slice(0, code) + run + number.slice(code + run.length);
}

function nationalLength(number: string, country: string | undefined): number {
  for (let length = number.length - 2; length > 4; length--) {
    const national = phoneNumber(number.slice(-length), country);
    if (national.complete && national.number === number) return length;
  }
  return number.length - 1;
}

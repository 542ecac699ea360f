import { Personal } from '#base';

/** Five figures or more, whatever stands between them but letters, the colon of a time and the plus of the next number. */
export const writtenNumber = /\+?[\p{Nd}(](?:[^\p{L}\p{Nd}:+]*\p{Nd}){4,}/gu;

/**
 * What is left of a telephone number after a hand-over: `***-***-1234`, and never more than half of a short one. Of a
 * text, such as `after six, +34 600 111 222`, the first number in it; undefined when there is none.
 */
export function maskedNumber(text: Personal): Personal | undefined {
  const [found] = text.reveal().match(writtenNumber) ?? [];
  if (found === undefined) return undefined;
  const figures = [...found.replace(/\P{Nd}/gu, '')];
  const shown = Math.min(4, Math.floor(figures.length / 2));
  return new Personal(`***-***-${figures.slice(-shown).join('')}`);
}

import type { Who } from '#edge';
import { writtenNumber } from '#safeguards/retention';

/**
 * What a reader is shown of an answer: people see the last four figures of a number in the fields so named, wherever
 * they stand, and the rest after `POST /api/v1/reveal`, which the audit log keeps. A program that was given a key sees
 * numbers in full.
 */
export function shownTo<T>({ actor }: Pick<Who, 'actor'>, json: T, fields: readonly string[]): T {
  return actor.startsWith('person:') ? (maskedIn(json, fields) as T) : json;
}

function maskedIn(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => maskedIn(one, fields));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one !== 'string' ? maskedIn(one, fields) : fields.includes(name) ? masked(one) : ownWords(name, one),
    ]),
  );
}

/** What the secretary wrote down in sentences. */
const prose = ['summary', 'body', 'interest', 'reason'];

/** A number as the secretary writes it down: E.164. Other figures in a sentence are dates, orders and prices. */
const written = /\+\p{Nd}{7,15}/gu;

function ownWords(name: string, text: string): string {
  return prose.includes(name) ? text.replace(written, masked) : text;
}

/** A number with all but its last four figures hidden; words around it stay: `after six, ***-***-1234`. */
export function masked(text: string): string {
  return text.replace(writtenNumber, (found) => `***-***-${[...found.replace(/\P{Nd}/gu, '')].slice(-4).join('')}`);
}

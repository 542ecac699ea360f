import { Temporal } from 'temporal-polyfill';
import { Type } from 'typebox';
import { Personal } from '#base';
import type { Organisation } from '#safeguards/accounts';
import { e164 } from '#secretary/contacts';
import { refuse } from './refusal.ts';

/** No other members than the named ones: what a tool does not know it does not take. */
export const strict = { additionalProperties: false } as const;

/** A point in time. That the day exists is seen by `instantMs`. */
export const instant = Type.String({
  description: 'ISO 8601 instant with offset, e.g. 2026-03-02T14:00:00Z',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?(Z|[+-]\\d\\d:\\d\\d)$',
});

/** The same on a whole minute: appointments begin on one. */
export const minute = Type.String({
  description: 'ISO 8601 instant with offset on a whole minute, e.g. 2026-03-02T14:00:00Z',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:00(\\.0{1,3})?)?(Z|[+-]\\d\\d:\\d\\d)$',
});

export const appointmentId = Type.String({
  description: 'id as find-mine or book gave it',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});

/** What the caller said, or null when they did not. */
export function said(description: string, maxLength: number) {
  return Type.Union([Type.String({ minLength: 1, maxLength }), Type.Null()], { description });
}

/** Milliseconds since the epoch. Refuses a day or time that does not exist. */
export function instantMs(text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw refuse('input-invalid');
  }
}

export function personal(text: string | null): Personal | undefined {
  return text === null ? undefined : new Personal(text);
}

/** A number as the caller said it: in E.164 when it is one in the business's country, else in the caller's words. */
export function spokenNumber(text: string | null, { region }: Pick<Organisation, 'region'>): Personal | undefined {
  return text === null ? undefined : (e164(text, region) ?? new Personal(text));
}

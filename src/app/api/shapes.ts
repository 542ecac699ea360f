import { Type, type TSchema } from 'typebox';
import { problem, type Period } from '#base';

/** What the shapes of the API are made of. */
export const id = Type.String({ format: 'uuid' });
export const instant = Type.String({ format: 'date-time' });
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const text = orNull(Type.String());
export const maybeId = orNull(id);
export const maybeInstant = orNull(instant);

/** A field that is absent, not null, for who lacks a permission. */
export const onlyWith = <T extends TSchema>(permission: string, schema: T) =>
  Type.Optional({ ...schema, description: `Absent without ${permission}.` });

/** How a page of a list is asked for, and what it looks like. */
export const pageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  before: Type.Optional(Type.String({ maxLength: 200 })),
});
export const pageShape = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item), next: text });

/** From when, and until before when, something is wanted. */
export const period = { since: Type.Optional(instant), until: Type.Optional(instant) };

/** The same in milliseconds since the epoch. Throws `input-invalid` for an instant that no clock shows. */
export function periodOf({ since, until }: { readonly since?: string; readonly until?: string }): Required<Period> {
  return { since: msOf('since', since), until: msOf('until', until) };
}

function msOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isFinite(ms)) return ms;
  const mistakes = [{ at: `/${name}`, fix: 'must be an instant that a clock shows, such as 2026-01-31T09:00:00Z' }];
  throw problem('input-invalid', 'There is no such time.', { mistakes });
}

/** Yes or no in a query. */
export const flag = Type.Optional(Type.Enum(['true', 'false']));
export const flagOf = (text: 'true' | 'false' | undefined) => (text === undefined ? undefined : text === 'true');

/** A name that people read: one line, at least one visible letter, nothing that hides or turns what is around it. */
export const name = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'a name in one line, of characters that can be seen',
  pattern: String.raw`^(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+$`,
});

/** 204: it is done, and there is nothing to tell. */
export const nothing = Type.Null();
export const done = { status: 204, json: null } as const;

import { Type, type TSchema } from 'typebox';

/** What the shapes of the API are made of. */
export const id = Type.String({ format: 'uuid' });
export const instant = Type.String({ format: 'date-time' });
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const text = orNull(Type.String());
export const maybeId = orNull(id);
export const maybeInstant = orNull(instant);

/** A field that is absent, not null, for who lacks a permission. */
export const onlyWith = <T extends TSchema>(permission: string, schema: T) =>
  Type.Optional({ ...schema, description: `Absent without ${permission}.` } as T);

/** How a page of a list is asked for, and what it looks like. */
export const pageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  before: Type.Optional(Type.String({ maxLength: 200 })),
});
export const pageShape = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item), next: text });

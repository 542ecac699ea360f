/** What a JSON object holds, looked at member by member. */
export type Fields = { readonly [name: string]: unknown };

/** Thrown by the readers below: a member is missing or of another type. Says nothing of the content. */
export class Misshapen extends Error {}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw new Misshapen(name);
  return value;
}

/** A text that may be missing or null. */
export function maybeText(from: Fields, name: string): string | undefined {
  return from[name] === undefined || from[name] === null ? undefined : text(from, name);
}

/** A finite number that is not negative. */
export function amount(from: Fields, name: string): number {
  const value = from[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Misshapen(name);
  return value;
}

/** The same, 0 when it is missing or null. */
export function maybeAmount(from: Fields, name: string): number {
  return from[name] === undefined || from[name] === null ? 0 : amount(from, name);
}

export function fields(from: Fields, name: string): Fields {
  const value = from[name];
  if (!isFields(value)) throw new Misshapen(name);
  return value;
}

/** An object that may be missing or null. */
export function maybeFields(from: Fields, name: string): Fields | undefined {
  return from[name] === undefined || from[name] === null ? undefined : fields(from, name);
}

import { iso, Personal } from '#base';

/** What a view looks like once it leaves the process: personal values as text, instants as ISO 8601. */
export type Plain<T> =
  T extends Personal<infer V>
    ? V
    : T extends readonly (infer One)[]
      ? Plain<One>[]
      : T extends object
        ? { [K in keyof T]: K extends `${string}At` | 'at' | `${string}Until` ? InstantText<T[K]> : Plain<T[K]> }
        : T;

type InstantText<T> = T extends number ? string : T;

/**
 * The one place where personal values become text for a reader. By our naming, a number under `at`, `…At` or `…Until` is an
 * instant in milliseconds. The route's output schema is the allow-list: what it does not name never leaves.
 */
export function plain<T>(view: T): Plain<T> {
  return plainValue(view, '') as Plain<T>;
}

function plainValue(value: unknown, name: string): unknown {
  if (value instanceof Personal) return value.reveal();
  if (typeof value === 'number' && /(^a|A)t$|Until$/.test(name)) return iso(value);
  if (Array.isArray(value)) return value.map((one) => plainValue(one, ''));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainValue(one, key)]));
}

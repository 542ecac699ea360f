import { inspect } from 'node:util';

const shown = '[personal]';

/**
 * A value about a person: a number, a name, words.
 * Everything that prints or serialises it shows `[personal]`; only `reveal()` gives the value,
 * and the tidy test lists the modules that may call it.
 */
export class Personal<T = string> {
  readonly #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  reveal(): T {
    return this.#value;
  }
  /** The same protection round a derived value. */
  map<U>(change: (value: T) => U): Personal<U> {
    return new Personal(change(this.#value));
  }
  toString(): string {
    return shown;
  }
  toJSON(): string {
    return shown;
  }
  [Symbol.toPrimitive](): string {
    return shown;
  }
  [inspect.custom](): string {
    return shown;
  }
}

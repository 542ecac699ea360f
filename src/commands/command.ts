import type { Config, Log } from '#base';

/** What a command may touch of the process it runs in. */
export type Io = {
  /** Values of the command's options by name; a flag is `true`. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** The words after the command's name, by what `words` calls them. */
  readonly words: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The configuration; `config-invalid` when it has mistakes. */
  config(): Config;
  /** What happens while the product runs. A command that ends prints what it found instead: see `silent`. */
  readonly log: Log;
  /** With --json prints `document` as the one JSON document, else `human`. */
  print(document: unknown, human: string): void;
  /** Progress for people, on standard error. */
  tell(line: string): void;
  /** Aborted when the process is asked to stop. */
  readonly stopped: AbortSignal;
  /** Aborted by the next signal from now on, for whoever takes time to stop; without asking for it, that one ends the process. */
  hurried(): AbortSignal;
};

/** For commands whose result says all there is to say. */
export const silent: Log = () => {};

export type Option = { readonly type: 'boolean' | 'string'; readonly say: string };

/** A word after the command's name: `./sotto verify certificate FILE`. */
export type Word = {
  readonly name: string;
  readonly say: string;
  /** What it may be; anything when left out. */
  readonly oneOf?: readonly string[];
  /** It need not be there, and then no later one is either. */
  readonly isOptional?: true;
};

/**
 * One command of the CLI: `./sotto <file name>`. Resolves to the exit code:
 * 0 good, 1 found something; being used wrongly (2) is thrown as `usage`.
 */
export type Command = {
  readonly say: string;
  /** What stands after its name, in order. None when left out. */
  readonly words?: readonly Word[];
  readonly options: Readonly<Record<string, Option>>;
  run(io: Io): Promise<0 | 1>;
};

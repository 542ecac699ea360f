import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A TypeScript file as the rules see it. Paths are relative to the repository, with slashes. */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  /** Without comments and with the contents of quoted strings blanked; templates stay, SQL lives in them. */
  readonly code: string;
  /** Every specifier, whether of a value, a type, a re-export or a dynamic import. */
  readonly imports: readonly string[];
  readonly isTest: boolean;
  /** Its place on the ladder; undefined for the entry file and for everything outside src. */
  readonly module: string | undefined;
};

export type Repository = {
  readonly files: readonly SourceFile[];
  readonly ladder: readonly string[];
  /** Table to owning module, as the migrations say. */
  readonly owners: ReadonlyMap<string, string>;
};

/** A rule of the repository together with code that breaks it: a rule that cannot fail is no rule. */
export type Rule = {
  /** What holds, as the name of its test. */
  readonly say: string;
  /** One sentence per violation: where, what, and what to do instead. */
  readonly look: (repository: Repository) => readonly string[];
  /** Files that break the rule, each on its own, as path and text. */
  readonly breaks: readonly (readonly [path: string, text: string])[];
  /** Files that come near and keep it. */
  readonly keeps?: readonly (readonly [path: string, text: string])[];
};

export function readRepository(): Repository {
  const ladder = readLadder(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));
  const paths = globSync(['{src,test,tools,bench}/**/*.ts', 'web/{*,{api,pages,parts,shell,words}/**/*}.{ts,tsx}'], {
    cwd: root,
  }).map((path) => path.split(sep).join('/'));
  const files = paths.toSorted().map((path) => parse(path, readFileSync(join(root, path), 'utf8'), ladder));
  const migrations = globSync('migrations/*.sql', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
  return { files, ladder, owners: readOwners(migrations.join('\n')) };
}

/** The modules in the ```ladder block, top to bottom. */
export function readLadder(architecture: string): readonly string[] {
  const block = /^```ladder\n([\s\S]*?)^```/m.exec(architecture)?.[1];
  if (block === undefined) throw new Error('ARCHITECTURE.md has no ```ladder block');
  return block.split('\n').filter(Boolean);
}

/** From `comment on table app.calls is 'owner: secretary/calls'`. */
export function readOwners(migrations: string): ReadonlyMap<string, string> {
  const found = migrations.matchAll(/comment on table (?:app|sec)\.(\w+) is 'owner: ([\w/-]+)'/g);
  return new Map(Array.from(found, ([, table, owner]) => [table!, owner!]));
}

export function parse(path: string, text: string, ladder: readonly string[]): SourceFile {
  const withoutComments = text.replace(lexeme, (found) => (/^\/[*/]/.test(found) ? ' ' : found));
  return {
    path,
    text,
    code: withoutComments.replace(lexeme, (found) => (/^['"]/.test(found) ? "''" : found)),
    imports: Array.from(
      withoutComments.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g),
      (match) => match[1]!,
    ),
    isTest: path.endsWith('.test.ts'),
    module: moduleOf(path, ladder),
  };
}

/** The longest module whose folder holds the path. */
export function moduleOf(path: string, ladder: readonly string[]): string | undefined {
  const holding = ladder.filter((module) => path.startsWith(`src/${module}/`));
  return holding.toSorted((a, b) => b.length - a.length)[0];
}

/** The repository path that a relative import means. */
export function target(from: string, specifier: string): string {
  return posix.normalize(posix.join(dirname(from), specifier));
}

// Comment, regular expression, quoted string or template, whichever begins first.
const lexeme = new RegExp(
  [
    String.raw`\/\*[\s\S]*?\*\/`,
    String.raw`\/\/[^\n]*`,
    String.raw`(?<=[(=,:&|!?[{};]\s*|return\s)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    '`(?:\\\\[\\s\\S]|[^`\\\\])*`',
  ].join('|'),
  'g',
);

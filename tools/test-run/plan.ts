import { globSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { root } from '../program.ts';

/** Tests beside the code and of the repository itself: what `npm run check` runs. */
export const quickTests = [
  'src/**/*.test.ts',
  'tools/**/*.test.ts',
  'bench/**/*.test.ts',
  'test/*.test.ts',
  'test/!(journeys|pages|proof)/**/*.test.ts',
];

const wholeProduct = ['test/proof/**/*.test.ts', 'test/pages/**/*.test.ts'];
const journeys = ['test/journeys/**/*.test.ts'];

/** The whole-product tests come last: when something small is broken, it shows first. */
export const allTests = [...quickTests, ...wholeProduct, ...journeys];

/** Fewer processors than this are busy with one process of tests and what it starts. */
const enoughForMore = 4;

/**
 * Every test, in the groups that run at the same time. The journeys watch products of their own in real time, and the
 * pages wait for browsers: the others need not wait for them.
 */
export function sideBySide(processors: number): readonly (readonly string[])[] {
  if (processors < enoughForMore) return [findTests(allTests)];
  return [quickTests, wholeProduct, journeys].map(findTests);
}

/** The test files of the given patterns, each once, in the order of the patterns, relative to the repository. */
export function findTests(patterns: readonly string[]): readonly string[] {
  return [...new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: root }).map(slashed).toSorted()))];
}

/** What `npm test -- src/base test/tidy.test.ts` means. A path without tests is a mistake, not an empty run. */
export function testsAt(paths: readonly string[], workingDirectory: string): readonly string[] {
  const found = paths.map((path) => {
    const full = resolve(workingDirectory, path);
    const isFolder = statSync(full, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const name = slashed(relative(root, full));
    const tests = findTests([isFolder ? `${name || '.'}/**/*.test.ts` : name]);
    if (tests.length === 0) throw new Error(`no tests at ${path}`);
    return tests.filter((file) => !file.startsWith('node_modules/'));
  });
  return [...new Set(found.flat())];
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

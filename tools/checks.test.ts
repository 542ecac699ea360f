import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { root } from './program.ts';

/** A repository with our configuration and nothing but the given files. */
function planted(t: TestContext, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-checks-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['.oxlintrc.json', '.oxfmtrc.json', 'tsconfig.json', 'package.json']) {
    copyFileSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return (tool: string, args: readonly string[]) => {
    const bin = join(root, 'node_modules/.bin', tool);
    const { status, stdout } = spawnSync(bin, args, {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    return { status, stdout };
  };
}

const long = (lines: number) => Array.from({ length: lines }, (_, at) => `  console.log(${at});`).join('\n');

/** Rule of .oxlintrc.json, the file that breaks it, and its text. */
const violations = [
  ['max-lines', 'src/base/a.ts', `export const a = 1;\n${'\n// a\nexport {};'.repeat(160)}`],
  ['max-lines-per-function', 'src/base/b.ts', `export function b() {\n${long(61)}\n}`],
  ['max-params', 'src/base/c.ts', 'export const c = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];'],
  [
    'max-depth',
    'src/base/d.ts',
    'export function d(a: unknown) {\n  if (a) { if (a) { if (a) { if (a) throw a; } } }\n}',
  ],
  [
    'complexity',
    'src/base/e.ts',
    `export const e = (a: number) => ${Array.from({ length: 13 }, (_, at) => `a === ${at} ||`).join(' ')} a;`,
  ],
  ['no-cycle', 'src/base/f.ts', "import { g } from './g.ts';\nexport const f = () => g();"],
  ['no-cycle', 'src/base/g.ts', "import { f } from './f.ts';\nexport const g = (): unknown => f();"],
  ['no-default-export', 'src/base/h.ts', 'export default 1;'],
  ['extensions', 'src/base/i.ts', "import { c } from './c';\nexport const i = c;"],
  ['no-explicit-any', 'src/base/j.ts', 'export const j = (a: any) => a;'],
  ['no-floating-promises', 'src/base/k.ts', 'export function k() {\n  Promise.resolve(1);\n}'],
  ['consistent-type-imports', 'src/base/l.ts', "import { L } from './m.ts';\nexport const l: L = 1;"],
  [
    'switch-exhaustiveness-check',
    'src/base/n.ts',
    "export function n(a: 'x' | 'y') {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}",
  ],
  ['filename-case', 'src/base/camelCase.ts', 'export const o = 1;'],
] as const;

test('lint can fail: every rule we rely on is broken by the code planted for it', (t) => {
  const files = Object.fromEntries(violations.map(([, name, text]) => [name, `${text}\n`]));
  const run = planted(t, { ...files, 'src/base/m.ts': 'export type L = number;\n' });
  const { status, stdout } = run('oxlint', ['-f', 'unix']);
  assert.equal(status, 1);
  for (const [rule, name] of violations) {
    const caught = stdout.split('\n').some((line) => line.includes(name) && line.includes(`(${rule})`));
    assert.ok(caught, `${rule} did not catch ${name}\n${stdout}`);
  }
});

test("lint is not silly: a test needs no await, a catalogue's item is a default export", (t) => {
  const run = planted(t, {
    'src/base/a.test.ts':
      "import { test } from 'node:test';\n\ntest('a', async () => {\n  await Promise.resolve(1);\n});\n",
    'src/trust/claims/b.ts': 'export default { say: 1 };\n',
  });
  const { status, stdout } = run('oxlint', []);
  assert.equal(status, 0, stdout);
});

test('the formatter and the compiler can fail', (t) => {
  const run = planted(t, { 'src/base/a.ts': 'export const a: string = 1\n' });
  assert.match(run('oxfmt', ['--check']).stdout, /src\/base\/a\.ts/);
  assert.match(run('tsc', ['-p', '.']).stdout, /a\.ts\(1,14\): error TS2322/);
});

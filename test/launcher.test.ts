import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';

const skip = process.platform === 'win32' ? 'the launcher for Windows is sotto.cmd' : false;

/** A checkout with nothing but the launcher and a program that shows what it was given. */
function checkout(t: TestContext, pinnedNode: 'works' | 'cannot start') {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sotto launcher ')));
  t.after(() => rmSync(root, { recursive: true }));
  for (const folder of ['home/node_modules/.bin', 'home/src', 'path', 'elsewhere', 'links']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  copyFileSync(join(import.meta.dirname, '../sotto'), join(root, 'home/sotto'));
  writeFileSync(
    join(root, 'home/src/cli.ts'),
    'console.log(JSON.stringify({ given: process.argv.slice(2), data: process.env.SOTTO_DATA_DIR ?? null })); process.exitCode = 7;',
  );
  const pinned = join(root, 'home/node_modules/.bin/node');
  if (pinnedNode === 'works') symlinkSync(process.execPath, pinned);
  else script(pinned, 'exit 127');
  return {
    root,
    home: join(root, 'home'),
    put: (name: string, body: string) => script(join(root, 'path', name), body),
    run(file: string, args: readonly string[], cwd: string) {
      const path = [join(root, 'path'), '/usr/bin', '/bin'].join(delimiter);
      const { status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8', env: { PATH: path } });
      return { status, stdout, stderr };
    },
  };
}

function script(file: string, body: string): void {
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

test('the launcher hands arguments and exit code through unchanged', { skip }, (t) => {
  const { home, run } = checkout(t, 'works');
  const { status, stdout } = run('./sotto', ['setup', '--name', 'two words', ''], home);
  assert.deepEqual(JSON.parse(stdout), { given: ['setup', '--name', 'two words', ''], data: null });
  assert.equal(status, 7);
});

test('the launcher finds its installation through a chain of links and from any directory', { skip }, (t) => {
  const { root, home, run } = checkout(t, 'works');
  symlinkSync('../home/sotto', join(root, 'links/first'));
  symlinkSync(join(root, 'links/first'), join(root, 'links/second'));
  const { stdout } = run(join(root, 'links/second'), ['demo'], join(root, 'elsewhere'));
  assert.deepEqual(JSON.parse(stdout), { given: ['demo'], data: join(home, 'data') });
});

test('a pinned Node that cannot start gives way to a recent Node on the path', { skip }, (t) => {
  const { home, put, run } = checkout(t, 'cannot start');
  put('node', `exec "${process.execPath}" "$@"`);
  assert.deepEqual(JSON.parse(run('./sotto', ['demo'], home).stdout).given, ['demo']);
});

test('an old Node on the path is named with its version and the one that is needed', { skip }, (t) => {
  const { home, put, run } = checkout(t, 'cannot start');
  put('node', '[ "$1" = --version ] && echo v20.20.2 || exit 1');
  const { status, stderr } = run('./sotto', ['demo'], home);
  assert.match(stderr, /needs Node 24\.12 or newer, found v20\.20\.2/);
  assert.equal(status, 1);
});

test('a checkout without its packages says which command brings them', { skip }, (t) => {
  const { home, run } = checkout(t, 'works');
  rmSync(join(home, 'node_modules'), { recursive: true });
  assert.match(run('./sotto', ['demo'], home).stderr, /run 'npm ci' in .*home first/);
});

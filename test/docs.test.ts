import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { problems } from '#base';
import { loadClaims, promiseIds } from '#trust';
import { tables } from '../tools/reference/data-map.ts';
import { referencePages } from '../tools/reference/pages.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = globSync('{*.md,docs/**/*.md}', { cwd: root });

test('every problem has its paragraph: status and title as they are, what happened, what to do', () => {
  const sections = new Map(
    read('docs/reference/problems.md')
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );
  assert.deepEqual([...sections.keys()], Object.keys(problems).toSorted());
  for (const [code, { status, title }] of Object.entries(problems)) {
    const section = sections.get(code) ?? '';
    assert.ok(section.includes(`\n${status} · ${title}\n`), `${code} should say: ${status} · ${title}`);
    assert.match(section, /\*\*What happened\.\*\* .{20,}/, code);
    assert.match(section, /\*\*What to do\.\*\* .{20,}/, code);
  }
});

test('every problem is used somewhere', () => {
  const source = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('problems.ts'))
    .map(read)
    .join('\n');
  const unused = Object.keys(problems).filter((code) => !source.includes(`'${code}'`));
  assert.deepEqual(unused, [], 'codes that nothing throws: throw them or take them out');
});

test('the generated reference is what the code says now (node tools/reference.ts writes it)', async () => {
  for (const { file, text } of await referencePages()) {
    assert.ok(existsSync(join(root, file)), `${file} is missing`);
    assert.equal(read(file), text, `${file} is not fresh`);
  }
});

const columnLine = /^ {2}(?!(?:primary|unique|foreign|constraint|check|exclude)\b)(\w+) \w/gm;

test('every table and column in the migrations has an owner and a class', () => {
  const text = globSync('migrations/*.sql', { cwd: root }).map(read).join('\n');
  const made = Array.from(text.matchAll(/^create table (\w+\.\w+) \(\n([\s\S]*?)^\);/gm));
  const map = new Map(tables().map((table) => [table.name, table.columns.map(({ name }) => name)]));
  assert.ok(made.length > 10);
  for (const [, table, body] of made) {
    const changes = Array.from(
      text.matchAll(new RegExp(`^alter table ${table}\\b([^;]*);`, 'gm')),
      ([, change]) => change!,
    );
    const named = (how: string) =>
      changes.flatMap((change) =>
        Array.from(change.matchAll(new RegExp(`\\b${how} column (\\w+)`, 'g')), ([, name]) => name!),
      );
    const columns = new Set([...Array.from(body!.matchAll(columnLine), ([, name]) => name!), ...named('add')]);
    for (const name of named('drop')) columns.delete(name);
    assert.deepEqual(map.get(table!)?.toSorted(), [...columns].toSorted(), table!);
  }
});

test('the classes of columns are the ones the data map explains', () => {
  const explained = new Set(['id', 'operational', 'business', 'personal', 'secret', 'index']);
  const odd = tables().flatMap(({ name, columns }) =>
    columns.filter((column) => !explained.has(column.class ?? '')).map((column) => `${name}.${column.name}`),
  );
  assert.deepEqual(odd, []);
});

test('every link between our documents leads to a file, and every anchor to a heading', () => {
  for (const file of documents) {
    for (const [, link] of read(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path, anchor] = link!.split('#');
      const target = path ? join(root, dirname(file), path) : join(root, file);
      assert.ok(existsSync(target), `${file} links to ${link}, which is not there`);
      if (anchor && !statSync(target).isDirectory()) {
        assert.ok(anchorsOf(readFileSync(target, 'utf8')).has(anchor), `${file} links to ${link}: no such heading`);
      }
    }
  }
});

function anchorsOf(text: string): ReadonlySet<string> {
  const headings = Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading]) => heading!);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test('CI runs the test commands of the README, no more and no less', () => {
  const section = /^## Test\n[\s\S]*?```sh\n([\s\S]*?)```/m.exec(read('README.md'))?.[1];
  const ci = read('.ci/run')
    .split('\n')
    .filter((line) => line.startsWith('npm '));
  assert.equal(ci.join('\n'), section?.trim());
});

test('every npm command in the documents exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const builtIn = new Set(['ci', 'install']);
  for (const file of documents) {
    for (const [, run, name] of read(file).matchAll(/\bnpm (run )?([a-z]+)\b(?=[ `\n])/g)) {
      if (run || /^(?:ci|start|test|install)$/.test(name!)) {
        assert.ok(name! in scripts || builtIn.has(name!), `${file} says npm ${run ?? ''}${name}`);
      }
    }
  }
});

test('the changelog has a place for what comes next', () => {
  assert.match(read('CHANGELOG.md'), /^## Unreleased$/m);
});

test('ARCHITECTURE.md can be read in ten minutes and CONTRIBUTING.md in less', () => {
  assert.ok(read('ARCHITECTURE.md').split('\n').length <= 300);
  assert.ok(read('CONTRIBUTING.md').split('\n').length <= 200);
});

test('every claim fulfils promises of the catalogue, and the catalogue is the list the code knows', async () => {
  const catalogue = (parse(read('spec/claims.yaml')) as { id: string }[]).map(({ id }) => id);
  assert.deepEqual([...promiseIds].toSorted(), catalogue.toSorted());
  for (const { id, item } of await loadClaims()) {
    for (const promise of item.fulfils) assert.ok(catalogue.includes(promise), `${id} fulfils ${promise}, no promise`);
  }
});

test('every decision says context, decision and what was given up, and is numbered in order', () => {
  const files = globSync('docs/decisions/*.md', { cwd: root }).toSorted();
  files.forEach((file, at) => {
    assert.match(file, new RegExp(`${String(at + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    for (const part of ['Context', 'Decision', 'What we gave up'])
      assert.ok(read(file).includes(`**${part}.**`), `${file}: ${part}`);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeRules } from './tidy/code-rules.ts';
import { importRules } from './tidy/import-rules.ts';
import { parse, readLadder, readOwners, readRepository } from './tidy/repository.ts';
import { webRules } from './tidy/web-rules.ts';

const rules = [...importRules, ...codeRules, ...webRules];
const repository = readRepository();

for (const rule of rules) {
  test(`tidy: ${rule.say}`, () => {
    assert.deepEqual(rule.look(repository), []);
  });
}

/** A small repository that holds exactly one file. */
function planted(path: string, text: string) {
  const ladder = readLadder(
    '```ladder\nbase\nedge\nrules\nadapters/carriers\nsafeguards/vault\nsafeguards/audit\nsafeguards/accounts\n' +
      'secretary/calls\ntrust\napp\ncommands\n```\n',
  );
  const owners = readOwners(
    "comment on table app.api_keys is 'owner: safeguards/accounts';\ncomment on table app.calls is 'owner: secretary/calls';",
  );
  return { files: [parse(path, text, ladder)], ladder, owners };
}

test('tidy can fail: every rule is broken by the code planted for it', () => {
  for (const rule of rules) {
    for (const [path, text] of rule.breaks) {
      assert.notDeepEqual(rule.look(planted(path, text)), [], `not caught by "${rule.say}": ${path}: ${text}`);
    }
  }
});

test('tidy is not silly: code that comes near a rule and keeps it passes', () => {
  for (const rule of rules) {
    for (const [path, text] of rule.keeps ?? []) {
      assert.deepEqual(rule.look(planted(path, text)), [], `wrongly caught by "${rule.say}": ${path}`);
    }
  }
});

test('tidy can fail: a module on the ladder without files is named', () => {
  const files = ['src/base/a.ts', 'src/edge/a.ts'].map((path) => parse(path, '', ['base', 'edge']));
  const found = importRules[0]?.look({ files, ladder: ['base', 'edge', 'trust'], owners: new Map() });
  assert.deepEqual(found, ['trust is on the ladder and has no files; take it off until it has']);
});

test('tidy reads what is there: many files, a ladder and an owner for every table', () => {
  const { files, ladder, owners } = repository;
  assert.ok(files.length > 40 && ladder.length > 10 && owners.size > 10);
  for (const [table, owner] of owners) assert.ok(ladder.includes(owner), `${table} is owned by ${owner}, no module`);
});

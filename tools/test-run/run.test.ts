import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test, type TestContext } from 'node:test';
import { root } from '../program.ts';
import { allTests, findTests, quickTests, sideBySide, testsAt } from './plan.ts';
import { runTests } from './run.ts';

/** Runs the given sources as test files of a folder that is gone afterwards. */
async function outcomeOf(t: TestContext, sources: readonly string[], limitMs = 60_000) {
  const folder = mkdtempSync(join(root, 'node_modules/.sotto-test-run-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = sources.map((source, at) => {
    const file = join(folder, `planted-${at}.test.mjs`);
    writeFileSync(file, `import { test } from 'node:test';\n${source}\n`);
    return relative(root, file).replaceAll('\\', '/');
  });
  return runTests({ files, limitMs, restMs: 300, output: 'keep' });
}

const good = "test('good', () => {});";

test('a run in which every file ran its tests is good and shows the summary', async (t) => {
  const { ok, output } = await outcomeOf(t, [good, good]);
  assert.equal(ok, true, output);
  assert.match(output, /tests 2/);
  assert.match(output, /fail 0/);
});

test('a failing test fails the run, and is told on a line of its own', async (t) => {
  const { ok, output, failed } = await outcomeOf(t, [good, "test('bad', () => { throw new Error('as planted'); });"]);
  assert.equal(ok, false);
  assert.match(output, /as planted/);
  assert.equal(failed.length, 1);
  assert.match(failed[0]!, /planted-1\.test\.mjs: bad: as planted/);
});

test('what failed is told although the run does not come to its end', async (t) => {
  const bad = "test('bad', () => { throw new Error('as planted'); });";
  const { failed, mistakes } = await outcomeOf(t, [
    bad,
    "test('early', () => setTimeout(() => process.exit(0), 200));",
  ]);
  assert.match(failed.join(), /bad: as planted/);
  assert.match(mistakes.join(), /ended before its summary/);
});

test('a test that ends the process with code 0 does not pass for a good run', async (t) => {
  const { ok, mistakes } = await outcomeOf(t, ["test('early', () => process.exit(0));", good]);
  assert.equal(ok, false);
  assert.match(mistakes.join(), /ended before its summary/);
});

test('a file that breaks after declaring a test fails the run', async (t) => {
  const { ok, output } = await outcomeOf(t, [`${good} throw new Error('while loading');`]);
  assert.equal(ok, false);
  assert.match(output, /while loading/);
});

test('a planned file without a test fails the run by name', async (t) => {
  const { ok, mistakes } = await outcomeOf(t, [good, 'export {};']);
  assert.equal(ok, false);
  assert.match(mistakes.join(), /planted-1\.test\.mjs was planned and ran no test/);
});

test('a run that leaves something open is ended and says what', async (t) => {
  const { ok, output } = await outcomeOf(t, [
    "import { createServer } from 'node:net'; test('open', () => new Promise((done) => createServer().listen(0, done)));",
  ]);
  assert.equal(ok, false);
  assert.match(output, /left open: .*TCPServerWrap/);
});

test('a run that takes too long is stopped and says so', async (t) => {
  const { ok, mistakes } = await outcomeOf(
    t,
    ["test('slow', () => new Promise((done) => setTimeout(done, 60_000)));"],
    1_500,
  );
  assert.equal(ok, false);
  assert.match(mistakes.join(), /took longer than/);
});

test('every test of the repository is run, the quick ones without browsers and journeys', () => {
  const all = findTests(['{src,tools,bench,test}/**/*.test.ts']);
  assert.deepEqual(findTests(allTests).toSorted(), all.toSorted());
  const journeys = findTests(['test/{journeys,pages}/**/*.test.ts']);
  assert.deepEqual(
    findTests(quickTests).filter((file) => journeys.includes(file)),
    [],
  );
});

test('the groups that run side by side leave out no test and repeat none', () => {
  const all = findTests(allTests).toSorted();
  assert.deepEqual(sideBySide(2).flat().toSorted(), all);
  assert.deepEqual(sideBySide(4).flat().toSorted(), all);
  assert.equal(sideBySide(4).length, 3);
});

test('asking for tests where there are none is a mistake, not an empty run', () => {
  assert.throws(() => testsAt(['no/such/folder'], root), /no tests at no\/such\/folder/);
  assert.deepEqual(testsAt(['tools'], root), findTests(['tools/**/*.test.ts']));
});

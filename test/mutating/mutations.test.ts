import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Verdict } from '#trust';
import { sharedCluster } from '../cluster.ts';
import { mutationFiles, mutationsOf, provenClaims } from './load.ts';
import { judge, tryMutations } from './run.ts';
import { scratchCopy } from './scratch.ts';

const file = 'src/base/canonical.ts';

test('every proven claim has a mutation, and every file of mutations a proven claim', async () => {
  assert.deepEqual(await mutationFiles(), await provenClaims());
});

test('every mutation says what it breaks and what the evidence must say', async () => {
  for (const claim of await mutationFiles()) {
    const mutations = await mutationsOf(claim);
    for (const { breaks, found } of mutations) {
      assert.match(breaks, /^[\p{L}\d].*[^.]$/u, claim);
      assert.doesNotMatch('not noticed', found, `${claim}: anything would do`);
    }
  }
});

test('every change of source still fits the source', async () => {
  for (const claim of await mutationFiles()) {
    const mutations = await mutationsOf(claim);
    for (const edit of mutations.flatMap(({ edits }) => edits)) {
      const text = await readFile(join(import.meta.dirname, '../..', edit.file), 'utf8');
      assert.equal(text.split(edit.from).length, 2, `${claim}: ${edit.from} (${edit.file})`);
      assert.notEqual(edit.from, edit.to);
    }
  }
});

test('the quick mutations are caught', async () => {
  const run = { claims: await provenClaims(), jobs: 2, isQuickOnly: true };
  const tried = await tryMutations(run, await sharedCluster());
  assert.ok(tried.length >= 10, `${tried.length} were tried`);
  assert.deepEqual(
    tried.filter(({ isCaught }) => !isCaught),
    [],
  );
});

test('a scratch copy has the change, and the checkout does not', async () => {
  const from = 'export function canonical';
  const { folder, remove } = await scratchCopy([{ file, from, to: `// changed\n${from}` }]);
  assert.match(await readFile(join(folder, file), 'utf8'), /^\/\/ changed$/m);
  assert.doesNotMatch(await readFile(join(import.meta.dirname, '../..', file), 'utf8'), /^\/\/ changed$/m);
  await remove();
  await assert.rejects(access(folder));
});

test('a change that does not fit, fits twice, or is made to what judges is refused', async () => {
  const edit = (from: string, of: typeof file | `src/trust/claims/${string}.ts` = file) =>
    scratchCopy([{ file: of, from, to: '' }]);
  await assert.rejects(edit('this stands nowhere'), /out of date: .* stands 0 times/);
  await assert.rejects(edit('e'), /out of date: .* stands \d+ times/);
  await assert.rejects(edit('probe', 'src/trust/claims/calls-are-answered.ts'), /is what judges/);
});

const seen = (status: Verdict['status'], why: string): Verdict => ({
  claim: 'a-claim',
  status,
  checked: 1,
  why,
  canFail: true,
  at: 0,
  tookMs: 0,
});
const found = { found: /a row is missing \(app\.rows\)/ };
const whole = seen('proven', 'Nothing broken was found.');

test('caught is what fails with the mutation alone, and says what and where', () => {
  const judged = (before: Verdict, after?: Verdict) =>
    judge(found, [{ played: { whole: before, ...(after && { broken: after }) } }]).isCaught;
  const missing = seen('failing', 'a row is missing (app.rows)');
  assert.equal(judged(whole, missing), true);
  assert.equal(judged(seen('not-exercised', 'Nothing to check.'), missing), true);
  assert.equal(judged(missing, missing), false, 'it failed before');
  assert.equal(judged(seen('unknown', 'It could not look.'), missing), false);
  assert.equal(judged(whole, whole), false, 'nobody noticed');
  assert.equal(judged(whole, seen('unknown', 'a row is missing (app.rows)')), false);
  assert.equal(judged(whole, seen('failing', 'This check does not work.')), false, 'for another reason');
  assert.equal(judged(whole), false, 'looked at once');
  assert.equal(judge(found, [{ played: { whole } }, { played: { broken: missing } }]).isCaught, true);
  assert.equal(judge(found, [{ played: { whole } }, { error: 'its process ended' }]).isCaught, false);
});

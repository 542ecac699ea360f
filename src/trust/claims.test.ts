import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { groups, languages, loadClaims, promiseIds, type Claim } from '#trust';
import { prove } from './prove.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

const root = join(import.meta.dirname, '..', '..');
const claims = await loadClaims();

test('the promise ids are those of the catalogue, in its order', async () => {
  const rows = parse(await readFile(join(root, 'spec', 'claims.yaml'), 'utf8')) as { id: string }[];
  assert.deepEqual(
    promiseIds,
    rows.map(({ id }) => id),
  );
});

/** Words that only an outside document may back, and words that promise more than a probe can see. */
const boasts =
  /certifi|complian|guarante|100 ?%|unhackable|military|bank-grade|certificad|garantiza|conforme con|cumple con|inviolable/i;

for (const { id, item } of claims) {
  test(`${id}: the file is whole`, async () => {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
    assert.ok(groups.includes(item.group), 'its group has a place on the page');
    assert.ok(item.fulfils.length > 0 && item.fulfils.every((promise) => promiseIds.includes(promise)));
    if (item.kind === 'proven') {
      assert.ok(item.every >= 60_000 && item.every <= 86_400_000, 'looks between once a minute and once a day');
      for (const keeper of item.kept) if (typeof keeper === 'string') await access(join(root, keeper));
      for (const keeper of item.kept) if (typeof keeper === 'function') assert.notEqual(keeper.name, '');
    }
  });

  test(`${id}: its sentences are whole, in every language, and boast of nothing`, () => {
    for (const sentence of sentencesOf(item)) {
      for (const language of languages) {
        assert.match(sentence[language], /^\p{Lu}.*\.$/su, `${language}: ${sentence[language]}`);
        if (item.kind !== 'attested') assert.doesNotMatch(sentence[language], boasts);
      }
      assert.equal(new Set(languages.map((language) => sentence[language])).size, languages.length, 'not translated');
    }
  });
}

test('the lint of sentences can fail', () => {
  for (const boast of ['We are SOC 2 certified.', 'Fully GDPR compliant.', 'Guaranteed uptime.', '100 % safe.'])
    assert.match(boast, boasts);
});

function sentencesOf(claim: Claim) {
  if (claim.kind === 'proven') return [claim.say, claim.how, claim.yourself];
  if (claim.kind === 'process') return [claim.say, claim.how];
  return claim.kind === 'declined' ? [claim.say, claim.why] : [claim.say];
}

describe('on a real installation', () => {
  let ground: ProvingGround;
  before(async () => {
    ground = await openProvingGround();
  });
  after(() => ground.close());

  for (const claim of claims.filter(({ item }) => item.kind === 'proven')) {
    test(`${claim.id}: red on its counterexample, and nothing broken without it`, async () => {
      const verdict = await prove(claim, ground.means);
      assert.ok(['proven', 'not-exercised'].includes(verdict.status), `${verdict.status}: ${verdict.why}`);
      assert.equal(verdict.canFail, true);
      assert.equal(verdict.checked > 0, verdict.status === 'proven');
    });
  }
});

import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { rates, type Admit } from '#edge';
import { boasts, groups, languages, loadClaims, promiseIds } from '#trust';
import { sentencesOf } from './prove-all.ts';
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

test('every row of the catalogue has a file: what is built is claimed, and of the rest it is said that it is not', () => {
  const said = new Set<string>(claims.flatMap(({ item }) => item.fulfils));
  assert.deepEqual(
    promiseIds.filter((id) => !said.has(id)),
    [],
  );
});

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
      const given = languages.filter((language) => sentence[language] !== undefined);
      assert.deepEqual(given.slice(0, 2), ['en', 'es']);
      for (const language of given) {
        const text = sentence[language];
        assert.match(text, language === 'hi' ? /^.*[।.]$/su : /^\p{Lu}.*\.$/su, `${language}: ${text}`);
        assert.deepEqual(boasts(text), []);
      }
      assert.equal(new Set(given.map((language) => sentence[language])).size, given.length, 'not translated');
    }
  });
}

/** A product looks when it starts and on its cadence, and somebody who asks `./sotto prove` meanwhile makes three. */
const looksInAMinute = 3;

/** It asks until a limit refuses, each time as somebody new. */
const usesUpLimits = 'limits-are-exact';

describe('on a real installation', () => {
  let ground: ProvingGround;
  /** How often somebody asked for what is limited by the minute, during one look. */
  const asked = new Map<string, number>();
  before(async () => {
    const counting = (real: Admit): Admit => {
      return (rate, of) => {
        if (rates[rate].per === 'asker') asked.set(`${rate} of ${of}`, (asked.get(`${rate} of ${of}`) ?? 0) + 1);
        return real(rate, of);
      };
    };
    ground = await openProvingGround({ admit: counting });
  });
  after(() => ground.close());

  for (const claim of claims.filter(({ item }) => item.kind === 'proven')) {
    test(`${claim.id}: red on its counterexample, and nothing broken without it`, async () => {
      asked.clear();
      const verdict = await prove(claim, ground.means);
      assert.ok(['proven', 'not-exercised'].includes(verdict.status), `${verdict.status}: ${verdict.why}`);
      assert.equal(verdict.canFail, true);
      assert.equal(verdict.checked > 0, verdict.status === 'proven');
      const tooMany = [...asked].filter(([, count]) => count * looksInAMinute > rates.api.count);
      if (claim.id !== usesUpLimits) assert.deepEqual(tooMany, [], 'looks would use up the limit of whoever asks');
    });
  }
});

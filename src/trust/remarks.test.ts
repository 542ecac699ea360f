import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from './claim.ts';
import { reported } from './page/status-mark.ts';
import { remarkIn, remarks } from './remarks.ts';

test('what checks remark is said once in every language, and found again by what was reported', () => {
  const all = Object.values(remarks);
  assert.equal(new Set(all.map(({ en }) => en)).size, all.length);
  for (const remark of all) {
    assert.equal(new Set(languages.map((language) => remark[language])).size, languages.length, remark.en);
    for (const language of languages) {
      assert.match(remark[language], /^[\p{Lu}\p{Lo}].*[.।]$/u);
      assert.equal(remarkIn(remark.en, language), remark[language]);
    }
  }
});

test('what was found is shown as it was reported, and said to be English', () => {
  const found = 'a row without an owner (app.calls)';
  assert.equal(reported(found, 'hi').text, `<q lang="en">${found}</q>`);
  assert.equal(reported(remarks['no-hold'].en, 'pt').text, '<q>Nada está sob retenção legal.</q>');
});

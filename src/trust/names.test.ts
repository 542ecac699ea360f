import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boasts } from './boasts.ts';
import { languages } from './claim.ts';
import { claimNames } from './claim-names.ts';
import { controlTitles } from './control-titles.ts';
import { loadClaims } from './prove-all.ts';

for (const [what, names] of [
  ['control', controlTitles],
  ['claim that is checked', claimNames],
] as const)
  for (const language of languages) {
    test(`every ${what} has a name of its own that boasts of nothing: ${language}`, () => {
      const all = Object.values(names).map((name) => name[language]);
      assert.equal(new Set(all).size, all.length);
      for (const name of all) {
        assert.match(name, /^[\p{Lu}\p{Lo}][^.।]{4,59}$/u);
        assert.deepEqual(boasts(name), [], name);
        if (language === 'hi') assert.match(name, /\p{Script=Devanagari}/u);
      }
    });
  }

test('whatever is checked has a name, and nothing else', async () => {
  const checked = (await loadClaims()).filter(({ item }) => !['roadmap', 'declined'].includes(item.kind));
  assert.deepEqual(
    Object.keys(claimNames).toSorted(),
    checked.map(({ id }) => id),
  );
});

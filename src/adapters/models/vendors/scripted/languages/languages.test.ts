import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCatalogue } from '#base';
import type { Language } from '../language.ts';
import { phraseWords, type PhraseKey } from '../phrases.ts';

const languages = await loadCatalogue<Language>(import.meta.dirname);
/** Facts: opt-out words for voice, per language (regulation/opt-out-keywords.json, voiceOptOut). */
const optOuts: Readonly<Record<string, readonly string[]>> = {
  en: ['stop calling', 'do not call', 'take me off your list', 'remove my number', 'not call me again'],
  es: ['no me llame', 'no me llamen mas', 'quiteme de la lista', 'deje de llamar'],
};

test('the languages are those of the folder', () => {
  assert.deepEqual(
    languages.map(({ id }) => id),
    ['en', 'es'],
  );
});

for (const { id, item } of languages) {
  test(`${id} has a wording for every phrase, with no word the phrase does not know`, () => {
    for (const [phrase, allowed] of Object.entries(phraseWords) as [PhraseKey, readonly string[]][]) {
      assert.ok(item.phrases[phrase].length > 0, phrase);
      for (const wording of item.phrases[phrase]) {
        const used = Array.from(wording.matchAll(/\{(\w+)\}/g), ([, word]) => word!);
        assert.deepEqual(
          used.filter((word) => !allowed.includes(word)),
          [],
          `${phrase}: ${wording}`,
        );
        const sentence = phrase !== 'sumSomeone';
        assert.ok(!sentence || (/[.?!:}\]]$/.test(wording) && wording.trim() === wording), `${phrase}: ${wording}`);
      }
    }
  });

  test(`${id} has another wording for what may be said twice running`, () => {
    const again: readonly PhraseKey[] = [
      'howHelp',
      'anythingElse',
      'askName',
      'askNumber',
      'confirmNumber',
      'askWhen',
      'offerTimes',
      'notUnderstood',
      'machine',
      'emergency',
      'askBody',
      'askUrgent',
    ];
    for (const phrase of again) assert.ok(item.phrases[phrase].length > 1, phrase);
  });

  test(`${id} hears every opt-out`, () => {
    for (const phrase of optOuts[id] ?? []) assert.match(phrase, item.hear.stopCalling);
    assert.ok((optOuts[id] ?? []).length > 0, `no opt-outs are listed for ${id}`);
  });

  test(`${id} says every minute and day so that a voice can read it`, () => {
    for (let minute = 0; minute < 1_440; minute += 5) assert.match(item.speak.at(minute), /^\p{L}[\p{L}\d :]+$/u);
    for (let day = 1; day <= 31; day++) {
      const date = { isoWeekday: (day % 7) + 1, day, month: 3, otherMonth: day % 2 === 0 };
      for (const ahead of [0, 1, 2, 40]) assert.match(item.speak.onDay(date, ahead), /^\p{L}[\p{L}\d ,]+$/u);
    }
  });
}

test('no word gives two languages away', () => {
  for (const one of languages) {
    for (const other of languages.filter(({ id }) => id !== one.id)) {
      assert.deepEqual(
        [...one.item.telltale].filter((word) => other.item.telltale.has(word)),
        [],
      );
    }
  }
});

test('times sound as people say them', () => {
  const [en, es] = languages.map(({ item }) => item.speak);
  assert.equal(en?.at(15 * 60), 'at 3 in the afternoon');
  assert.equal(en?.at(9 * 60 + 30), 'at 9:30 in the morning');
  assert.equal(en?.at(720), 'at 12 noon');
  assert.equal(en?.at(19 * 60), 'at 7 in the evening');
  assert.equal(en?.day({ isoWeekday: 2, day: 24, month: 11, otherMonth: false }, 4), 'Tuesday the 24th');
  assert.equal(en?.day({ isoWeekday: 2, day: 1, month: 12, otherMonth: true }, 11), 'Tuesday the 1st of December');
  assert.equal(es?.at(13 * 60), 'a la 1 de la tarde');
  assert.equal(es?.at(15 * 60 + 45), 'a las 4 menos cuarto de la tarde');
  assert.equal(es?.onDay({ isoWeekday: 2, day: 24, month: 11, otherMonth: false }, 4), 'el martes 24');
  assert.equal(es?.smooth('Su cita de el martes 24'), 'Su cita del martes 24');
});

test('every phrase is said by somebody', async () => {
  const folder = join(import.meta.dirname, '..');
  const files = (await readdir(folder, { recursive: true })).filter((file) =>
    /^(?:skills[/\\])?[\w-]+\.ts$/.test(file),
  );
  const code = await Promise.all(
    files.filter((file) => file !== 'phrases.ts').map((file) => readFile(join(folder, file), 'utf8')),
  );
  const said = code.join('\n');
  assert.deepEqual(
    Object.keys(phraseWords).filter((phrase) => !said.includes(`'${phrase}'`) && !said.includes(`phrases.${phrase}`)),
    [],
  );
});

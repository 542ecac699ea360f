import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { languages, type Language } from '#trust';
import { dataState, type DataState } from '../data-state.ts';
import { dataMap } from './data-map.ts';
import { dataWords } from './data-words.ts';
import { shell } from './shell.ts';
import { openProvingGround, type ProvingGround } from '../../../test/proving.ts';

let ground: ProvingGround;
let state: DataState;
before(async () => {
  ground = await openProvingGround();
  state = await dataState(ground.ctx);
});
after(() => ground.close());

function pageOf(language: Language = 'en'): string {
  const body = dataMap(state, language);
  const document = { path: '/trust/data', title: dataWords[language].title, body, navigation: [] };
  return shell(document, { language, isChosen: false }).text;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;');

test('every type of data has one place on the page, with what it is for, how long and how it ends', () => {
  for (const language of languages) {
    const page = pageOf(language);
    for (const type of state.types) {
      assert.equal(page.split(`id="${type.id}"`).length, 2, type.id);
      const card = page.slice(page.indexOf(`id="${type.id}"`)).split('</article>')[0]!;
      for (const said of [type.say, type.purpose, type.howLong])
        assert.ok(card.includes(escaped(said[language])), type.id);
    }
  }
});

test('every column, folder, file and memory, and everyone outside with what stays there, is named', () => {
  const page = pageOf();
  for (const { columns, elsewhere } of state.types) {
    for (const { table, name } of columns) assert.ok(page.includes(`<code>${table}.<wbr>${name}</code>`), name);
    for (const place of elsewhere) assert.ok(page.includes(`<code>${place}</code>`), place);
  }
  assert.ok(state.processors.length >= 6);
  for (const { name, keeps } of state.processors) {
    assert.ok(page.includes(`<h3>${escaped(name)}</h3>`), name);
    for (const { say } of keeps) assert.ok(page.includes(escaped(say.en)), say.en);
  }
});

test('the usual settings stand in a table, each window in words', () => {
  const page = pageOf();
  const [table = ''] = page.slice(page.indexOf('id="usual"')).split('</section>');
  for (const { id } of state.presets) assert.ok(table.includes(`<code>${id}</code>`), id);
  const rows = table.split('<tr>').slice(2);
  assert.equal(rows.length, state.settable.length + 1);
  for (const row of rows) assert.equal(row.split('<td>').length - 1, state.presets.length);
  assert.match(table, /within 5 minutes/);
});

test('in Spanish nothing of the page itself is English but what says so', () => {
  const page = pageOf('es');
  const own = page
    .replace(/<style>[^]*?<\/style>/, '')
    .replace(/<(\w+)[^>]* lang="en"[^>]*>[^]*?<\/\1>/g, '')
    .replace(/<code>[^]*?<\/code>|href="[^"]*"/g, '');
  assert.doesNotMatch(own, /\b(?:the|with|which|deleted|days|hours|until)\b/i);
});

test('headings go down one step at a time, and every link within the page leads somewhere', () => {
  const page = pageOf();
  const levels = Array.from(page.matchAll(/<h([1-6])>/g), (match) => Number(match[1]));
  levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1, `h${level} follows h${levels[at - 1]}`));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  for (const [, target = ''] of page.matchAll(/href="#([^"]+)"/g)) {
    assert.equal(page.split(`id="${target}"`).length, 2, target);
  }
});

test('the page loads nothing and runs nothing', () => {
  assert.doesNotMatch(pageOf(), /<script|<img|<link|\bsrc=|\bstyle=|\bon\w+=|url\(|@import/i);
});

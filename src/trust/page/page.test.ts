import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { languages, loadClaims, statuses, type ClaimState, type Language, type Status, type TrustState } from '#trust';
import { stateOf } from '../state.ts';
import { languageFor } from './language.ts';
import { overview } from './overview.ts';
import { shell } from './shell.ts';
import { words } from './words.ts';
import { contentSecurityPolicy, style } from './style.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const loaded = await loadClaims();

/** The real claims, all with the given status of the given probe. */
function stateWith(status: Status, why = 'Nothing broken was found.'): TrustState {
  const claims = loaded.map((claim): ClaimState => {
    const checked = status === 'proven' ? 12 : 0;
    const evidence = {
      claim: claim.id,
      status,
      checked,
      why,
      canFail: true,
      at: noon - 90_000,
      tookMs: 7,
      since: noon - 7_200_000,
      seenRedAt: noon - 90_000,
    };
    return stateOf(claim, evidence, { now: noon, documents: [] });
  });
  const summary = Object.fromEntries(
    statuses.map((one) => [one, claims.filter((claim) => claim.status === one).length]),
  );
  return {
    at: new Date(noon).toISOString(),
    summary: summary as TrustState['summary'],
    promises: { known: 102, claimed: 11 },
    claims,
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

function pageOf(state: TrustState, language: Language = 'en'): string {
  const body = overview(state, language);
  const document = { path: '/trust', title: words[language].title, body, navigation: [] };
  return shell(document, { language, isChosen: false }).text;
}

test('every promise stands on the page with its sentence, in every language', () => {
  for (const language of languages) {
    const state = stateWith('proven');
    const page = pageOf(state, language);
    assert.match(page, new RegExp(`<html lang="${language}">`));
    for (const { id, say } of state.claims) {
      assert.equal(page.split(`id="${id}"`).length, 2, `${id} has one place`);
      assert.ok(page.includes(escaped(say[language])), id);
    }
  }
});

test('a status is a word beside its sign, never colour alone', () => {
  for (const status of ['proven', 'not-exercised', 'failing', 'unknown'] as const) {
    const page = pageOf(stateWith(status));
    const word = { 'proven': 'Proven', 'not-exercised': 'Not exercised', 'failing': 'Failing', 'unknown': 'Unknown' }[
      status
    ];
    assert.match(page, new RegExp(`<p class="status"><span class="mark" aria-hidden="true">.+?</span> ${word}`));
  }
});

test('what fails comes first, with since when and what was found', () => {
  const page = pageOf(stateWith('failing', '3 values are not sealed (app.calls.summary)'));
  assert.ok(page.indexOf('promises are not being kept right now') < page.indexOf('id="promises"'));
  assert.match(
    page,
    /Failing <span class="quiet">since <time datetime="2026-11-20T10:00:00.000Z">2026-11-20 10:00 UTC/,
  );
  assert.match(page, /3 values are not sealed \(app\.calls\.summary\)/);
  assert.doesNotMatch(page, /No check has found anything broken/);
});

test('a page without any green says plainly what was never exercised', () => {
  const page = pageOf(stateWith('not-exercised'));
  assert.match(page, /Nothing has happened on this installation yet/);
  assert.doesNotMatch(page, /<li id="[^"]+" class="proven"/);
  assert.match(page, /<div class="proven"><dt>.*Proven<\/dt><dd>0<\/dd>/);
});

test('calm is claimed only of what was looked at', () => {
  const page = pageOf(stateWith('unknown', 'The check could not look: 57P01.'));
  const probed = loaded.filter(({ item }) => item.kind === 'proven' || item.kind === 'process').length;
  assert.match(page, new RegExp(`<p class="verdict partly">.* 0 proven; ${probed} could not be answered`));
});

test('what is not claimed is said, and how much of the catalogue has no check', () => {
  const page = pageOf(stateWith('proven'));
  assert.match(page, /We do not claim SOC 2/);
  assert.match(
    page,
    /knows 102 promises\. 11 of them have a check on this page; about the other 91 nothing is claimed here/,
  );
});

test('whatever a finding says is text on the page, never markup', () => {
  const page = pageOf(stateWith('failing', '<script>alert("1")</script>'));
  assert.doesNotMatch(page, /<script/);
  assert.match(page, /&lt;script&gt;/);
});

test('the page loads nothing, runs nothing, and its policy admits exactly its own style', () => {
  const page = pageOf(stateWith('proven'));
  assert.doesNotMatch(page, /<script|<img|<link|\bsrc=|\bstyle=|\bon\w+=|url\(|@import|https?:/i);
  const sheet = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(sheet).digest('base64');
  assert.ok(contentSecurityPolicy.includes(`style-src 'sha256-${hash}'`));
  assert.ok(contentSecurityPolicy.startsWith("default-src 'none'"));
});

test('headings go down one step at a time, and every link within the page leads somewhere', () => {
  const page = pageOf(stateWith('failing'));
  const levels = Array.from(page.matchAll(/<h([1-6])>/g), (match) => Number(match[1]));
  levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1, `h${level} follows h${levels[at - 1]}`));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  for (const [, target = ''] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(page.includes(`id="${target}"`), target);
});

test('elements are closed in the order they were opened', () => {
  const open: string[] = [];
  const body = pageOf(stateWith('failing')).replace(/<style>[^]*?<\/style>/, '');
  for (const [, end, name] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (['meta', 'br', 'wbr', 'path', 'circle'].includes(name!)) continue;
    if (end) assert.equal(open.pop(), name);
    else open.push(name!);
  }
  assert.deepEqual(open, []);
});

test('the light and the dark page keep every text at 4.5 to 1 or more', () => {
  for (const theme of themes(style.text)) {
    for (const [ink, paper] of pairs) {
      const ratio = contrast(theme[ink]!, theme[paper]!);
      assert.ok(ratio >= 4.5, `${ink} on ${paper}: ${ratio.toFixed(2)}`);
    }
  }
});

const pairs = [
  ['ink', 'paper'],
  ['ink', 'card'],
  ['quiet', 'paper'],
  ['quiet', 'card'],
  ['link', 'paper'],
  ['link', 'card'],
  ...['good', 'bad', 'wait', 'none'].flatMap((tone) => [
    [tone, 'card'],
    [tone, 'paper'],
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
  ]),
] as const;

/** The colours of the light and the dark page, by name. */
function themes(css: string): readonly Readonly<Record<string, string>>[] {
  const roots = Array.from(css.matchAll(/:root\{([^}]*)\}/g), (match) => match[1] ?? '').slice(0, 2);
  return roots.map((rules) =>
    Object.fromEntries(
      Array.from(rules.matchAll(/--([a-z-]+):(#[0-9a-f]{3,6})/g), ([, name, colour]) => [name!, colour!]),
    ),
  );
}

/** WCAG 2.2, contrast ratio of two sRGB colours. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

test('the reader gets the language they like best of those we have, and English otherwise', () => {
  assert.equal(languageFor(undefined), 'en');
  assert.equal(languageFor('es'), 'es');
  assert.equal(languageFor('es-MX,es;q=0.9,en;q=0.8'), 'es');
  assert.equal(languageFor('fr,es;q=0.4,en;q=0.6'), 'en');
  assert.equal(languageFor('de, fr'), 'en');
  assert.equal(languageFor('en;q=0, es;q=0.1'), 'es');
});

test('no wish of a browser breaks the choice of language', () => {
  fc.assert(fc.property(fc.string(), (wish) => languages.includes(languageFor(wish))));
});

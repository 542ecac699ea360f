import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages, loadClaims, promiseIds } from '#trust';
import { boasts } from './boasts.ts';
import { duties } from './duties.ts';
import { loadFrameworks, type Answer, type Framework, type Text } from './framework.ts';
import { measures } from './measures.ts';
import { reasons } from './reasons.ts';

const frameworks = await loadFrameworks();
const claims = await loadClaims();
const kindOf = new Map(claims.map(({ id, item }) => [id, item.kind]));
const controlsOf = (item: Framework) => item.controls;
const answers = frameworks.flatMap(({ item }) => controlsOf(item).map(({ answer }) => answer));

/** As counted in the fact sheets (control-frameworks.json, pci-saq-a.json) and, of the shorter lists, in what was read. */
const counts: Readonly<Record<string, number>> = {
  'ccpa': 35,
  'dpdp': 29,
  'gdpr': 46,
  'hipaa': 53,
  'iso-27001': 93,
  'lfpdppp': 13,
  'lgpd': 21,
  'pci-saq-a': 27,
  'soc-2': 61,
  'uk-gdpr': 48,
};

test('each framework has as many lines as the list it was made from', () => {
  assert.deepEqual(Object.fromEntries(frameworks.map(({ id, item }) => [id, item.controls.length])), counts);
});

for (const { id, item } of frameworks) {
  test(`${id}: every line has an id of its own and a few words without boast`, () => {
    const ids = controlsOf(item).map((control) => control.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { say, from } of controlsOf(item)) {
      for (const language of languages) {
        assert.match(say[language], /^[\p{Lu}\p{Lo}\d][^.।]{3,79}$/u, say.en);
        assert.deepEqual(boasts(say[language]), [], say[language]);
      }
      for (const language of ['es', 'pt', 'hi'] as const) assert.notEqual(say[language], say.en);
      assert.match(say.hi, /\p{Script=Devanagari}/u, say.en);
      if (from !== undefined) assert.match(from, /^\d{4}-\d{2}-\d{2}$/);
    }
  });

  test(`${id}: is said in every language and boasts in none`, () => {
    const { name, edition, applies, source } = item;
    for (const language of languages) {
      for (const text of [name, edition]) assert.match(text[language], /\S/);
      for (const text of [applies, source.say]) assert.match(text[language], /^[\p{Lu}\p{Lo}].*[.।]$/su);
      for (const text of [name, edition, applies, source.say])
        assert.deepEqual(boasts(text[language]), [], text[language]);
    }
    for (const text of [applies, source.say]) isTranslated(text);
  });
}

test('SAQ A says of itself that its numbers are unverified, and DPDP when it begins to bind', () => {
  const saq = frameworks.find(({ id }) => id === 'pci-saq-a')!.item;
  assert.equal(saq.source.confidence, 'memory');
  assert.ok(controlsOf(saq).every(({ confidence }) => confidence === undefined));
  const dpdp = frameworks.find(({ id }) => id === 'dpdp')!.item;
  assert.equal(dpdp.from, '2027-05-13');
  assert.equal(controlsOf(dpdp).find(({ id }) => id === 'R4')?.from, '2026-11-13');
});

test('whatever a line points at is a claim that is checked or planned', () => {
  for (const [measure, ids] of Object.entries(measures)) {
    for (const id of ids) {
      const kind = kindOf.get(id);
      assert.ok(kind !== undefined && kind !== 'declined', `${measure} points at ${id}`);
    }
  }
});

test('what is open names promises of the catalogue', () => {
  const known = new Set<string>(promiseIds);
  for (const answer of answers)
    if (answer.kind === 'open' && answer.promise) assert.ok(known.has(answer.promise), answer.promise);
});

test('every measure, duty and reason is used, and said in every language', () => {
  const used = new Set(answers.flatMap(usedIn));
  for (const [id, text] of [...Object.entries(duties), ...Object.entries(reasons)]) {
    assert.ok(used.has(id), `${id} is said nowhere`);
    for (const language of languages) {
      assert.match(text[language], /[.।]$/);
      assert.deepEqual(boasts(text[language]), [], text[language]);
    }
    isTranslated(text);
  }
  for (const [measure, ids] of Object.entries(measures))
    assert.ok(
      answers.some((answer) => answer.kind === 'claims' && ids.every((id) => answer.claims.includes(id))),
      `${measure} answers nothing`,
    );
});

function usedIn(answer: Answer): readonly string[] {
  return [...('duty' in answer && answer.duty ? [answer.duty] : []), ...('reason' in answer ? [answer.reason] : [])];
}

function isTranslated(text: Text): void {
  assert.equal(new Set(languages.map((language) => text[language])).size, languages.length, text.en);
}

/** Of the controls that the fact sheet maps (exampleControlMap) those that are built: the claim that shows each, and its lines. */
const mapped: Readonly<Record<string, readonly string[]>> = {
  'no-organisation-sees-another':
    'soc-2 CC6.1|soc-2 CC6.3|iso-27001 A.8.3|iso-27001 A.5.15|hipaa 164.312(a)(2)(i)|gdpr 32(1)(b)|dpdp 8(5)'.split(
      '|',
    ),
  'second-factors-are-not-passed': 'soc-2 CC6.1|iso-27001 A.8.5|hipaa 164.312(d)|gdpr 32(1)(b)|pci-saq-a 8.3.1'.split(
    '|',
  ),
  'sessions-end-by-themselves': 'soc-2 CC6.2|iso-27001 A.8.5|hipaa 164.312(a)(2)(iii)'.split('|'),
  'roles-may-what-is-published':
    'soc-2 CC6.3|iso-27001 A.5.15|iso-27001 A.5.18|iso-27001 A.8.2|hipaa 164.308(a)(4)(ii)(B)'.split('|'),
  'tls-is-new-enough': 'soc-2 CC6.7|iso-27001 A.8.24|iso-27001 A.5.14|hipaa 164.312(e)(2)(ii)|gdpr 32(1)(a)'.split('|'),
  'personal-content-is-sealed': 'soc-2 CC6.1|iso-27001 A.8.24|hipaa 164.312(a)(2)(iv)|gdpr 32(1)(a)|dpdp R6'.split('|'),
  'audit-is-append-only':
    'soc-2 CC7.2|soc-2 CC4.1|iso-27001 A.8.15|iso-27001 A.5.28|hipaa 164.312(b)|hipaa 164.308(a)(1)(ii)(D)|gdpr 5|gdpr 32(1)(d)|dpdp R6'.split(
      '|',
    ),
  'content-ends-in-time':
    'soc-2 C1.2|soc-2 P4.2|iso-27001 A.8.10|iso-27001 A.5.33|gdpr 5|gdpr 17|dpdp 8(7)|dpdp R8|pci-saq-a 3.2.1'.split(
      '|',
    ),
  'erasure-is-immediate': 'soc-2 P4.3|soc-2 CC6.5|iso-27001 A.8.10|gdpr 17|gdpr 28(3)(g)|dpdp 12'.split('|'),
  'deletion-reaches-processors': 'gdpr 19|soc-2 P4.3|dpdp 12'.split('|'),
  'disclosure-comes-first': 'soc-2 P1.1|gdpr 13|dpdp 5|iso-27001 A.5.34'.split('|'),
  'nothing-goes-to-an-unlisted-host':
    'soc-2 CC9.2|soc-2 P6.4|iso-27001 A.5.19|iso-27001 A.5.22|dpdp 8(2)|pci-saq-a 12.8.1'.split('|'),
  'unsigned-webhooks-are-refused': 'soc-2 CC6.6|iso-27001 A.8.26'.split('|'),
  'what-is-never-stored': 'soc-2 C1.1|pci-saq-a 3.2.1|iso-27001 A.8.12'.split('|'),
};

test('what the fact sheet maps to a control that is built points at the claim of it', () => {
  const lines = new Map<string, Answer>(
    frameworks.flatMap(({ id, item }) => controlsOf(item).map((line) => [`${id} ${line.id}`, line.answer] as const)),
  );
  for (const [claim, ids] of Object.entries(mapped)) {
    for (const id of ids) {
      const answer = lines.get(id);
      assert.ok(answer?.kind === 'claims' && answer.claims.includes(claim), `${id} should point at ${claim}`);
    }
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from './language.ts';
import type { FactorChange, Notice } from './notice.ts';
import { writeMail } from './write-mail.ts';

const origin = 'https://phone.example.com';
const url = `${origin}/sign-in#token=${'a'.repeat(43)}&x=1`;
const factorChanges: readonly FactorChange[] = [
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-made',
  'outside-linked',
  'outside-unlinked',
];
const turnedClaim = { claim: 'calls-are-answered', since: '2026-11-20 12:00 UTC', found: 'no call (app.calls)' };
const processor = { name: 'Postmark', purpose: 'mail', data: ['addresses'], region: 'USA' };
const notices: readonly Notice[] = [
  { kind: 'sign-in-link', url, minutes: 30 },
  { kind: 'sign-up-link', url, minutes: 1 },
  { kind: 'account-exists' },
  { kind: 'locked', minutes: 15 },
  { kind: 'password-changed' },
  ...factorChanges.map((what) => ({ kind: 'factor-changed', what }) as const),
  { kind: 'invitation', organisation: 'Casa Pepe & Söhne', by: 'Ana', url, days: 7 },
  { kind: 'unusual-sign-in' },
  { kind: 'key-made', name: 'Nightly <export>' },
  { kind: 'account-closing', organisation: 'Casa Pepe & Söhne', day: '2026-12-22' },
  { kind: 'deletions-unconfirmed', companies: ['Twilio Inc.'], late: 3, givenUp: 0 },
  { kind: 'deletions-unconfirmed', companies: ['Twilio Inc.'], late: 0, givenUp: 1 },
  { kind: 'claims-turned', failing: [turnedClaim], over: [], url },
  { kind: 'claims-turned', failing: [], over: [turnedClaim], url },
  { kind: 'clock-doubted', says: '2027-11-22', known: '2026-11-22' },
  { kind: 'documents-ending', documents: [{ title: 'SOC 2', issuer: 'Auditors', until: '2026-12-31' }], url },
  { kind: 'report-received', report: 'r', until: '2026-11-20 12:00 UTC' },
  ...(['acknowledgement', 'assessment', 'fix'] as const).flatMap((what) => [
    { kind: 'report-due' as const, report: 'r', what, until: '2026-11-20 12:00 UTC' },
    { kind: 'report-missed' as const, report: 'r', what, until: '2026-11-20 12:00 UTC' },
  ]),
  ...(['acknowledged', 'assessed', 'fixed', 'closed', 'answered'] as const).map((step) => ({
    kind: 'report-step' as const,
    step,
  })),
  ...(['customer', 'subscriber'] as const).flatMap((to): Notice[] => [
    { kind: 'processor-coming', processor, days: 30, to, url },
    { kind: 'processor-urgent', processor, reason: 'Outage', to, url },
    { kind: 'processor-withdrawn', processor, reason: 'Outage', to, url },
  ]),
  { kind: 'register-subscription', url, hours: 48 },
];

const all = await languages();

function written(notice: Notice, language = 'en') {
  const mail = writeMail(all, { language, notice }, origin);
  assert.ok(mail, notice.kind);
  return mail;
}

test('every notice is written in every language, in words of its own', () => {
  assert.deepEqual([...all.keys()], ['en', 'es', 'hi', 'pt']);
  const texts = [...all.keys()].flatMap((language) => notices.map((notice) => written(notice, language).text));
  assert.equal(new Set(texts).size, texts.length);
  for (const text of texts) assert.doesNotMatch(text, /undefined|\[object|NaN/);
});

test('the link stands once in the text and once in the page, and every address leads to this installation', () => {
  for (const language of all.keys()) {
    for (const notice of notices) {
      const { text, html } = written(notice, language);
      const links = 'url' in notice ? 1 : 0;
      assert.equal(text.split(url).length - 1, links, notice.kind);
      assert.equal(html.split(`href="${url.replaceAll('&', '&amp;')}"`).length - 1, links, notice.kind);
      for (const [address] of `${text}\n${html}`.matchAll(/https?:\/\/[^\s"<]+/g))
        assert.ok(address.startsWith(origin));
    }
  }
});

test('a mail loads nothing from anywhere: no picture, no script, no style sheet, no form', () => {
  for (const notice of notices) {
    const { html } = written(notice);
    assert.doesNotMatch(html, /<(?!\/?(?:html|head|meta|title|body|p|a|small)\b|!doctype)/i, notice.kind);
    assert.doesNotMatch(html, /\s(?:src|srcset|background|on\w+)=|url\(|@import/i, notice.kind);
  }
});

test('a subject says nothing of the person, and is the same for everybody', () => {
  for (const language of all.keys()) {
    const one = written({ kind: 'invitation', organisation: 'Casa', by: 'Ana', url, days: 7 }, language);
    const other = written({ kind: 'invitation', organisation: 'Otra', by: 'Eve', url, days: 1 }, language);
    assert.equal(one.subject, other.subject);
    for (const notice of notices) assert.doesNotMatch(written(notice, language).subject, /Ana|Casa|Nightly|\d|[\r\n]/);
  }
});

test('a link to another origin is never written', () => {
  const foreign = ['https://evil.example/', 'http://phone.example.com/', 'https://phone.example.com.evil.example/'];
  const odd = [
    'https://phone.example.com:8443/',
    'https://phone.example.com@evil.example/',
    'javascript:alert(1)',
    '/x',
  ];
  for (const address of [...foreign, ...odd]) {
    const notice = { kind: 'sign-in-link', url: address, minutes: 30 } as const;
    assert.equal(writeMail(all, { language: 'en', notice }, origin), undefined, address);
  }
});

test('a name is one line of sensible length, escaped, and no mail program makes a link of it', () => {
  const by = `Ana\r\nBcc: eve@evil.example\u202e <script>alert(1)</script> ${'x'.repeat(500)}`;
  const organisation = 'Locked! Go to https://evil.example/login or www.evil.example';
  const { text, html } = written({ kind: 'invitation', organisation, by, url, days: 7 });
  const [first = ''] = text.split('\n');
  assert.ok(first.includes('Ana Bcc') && first.includes('Locked!') && first.length < 400, first);
  assert.doesNotMatch(text, /eve@evil|evil\.example|https:\/\/evil|\u202e/);
  assert.doesNotMatch(html, /<script|evil\.example/);
  assert.match(html, /&lt;script&gt;/);
  const usual = written({ kind: 'invitation', organisation: 'Casa Pepe, S. L.', by: 'Dr. Ana Núñez', url, days: 7 });
  assert.match(usual.text, /Dr\. Ana Núñez invites you to work with “Casa Pepe, S\. L\.”/);
});

test('a language with a region is its language, and one that we do not write is English', () => {
  const notice = { kind: 'password-changed' } as const;
  const [english, spanish] = [written(notice, 'en').text, written(notice, 'es').text];
  for (const tag of ['es-MX', 'ES', 'es-419']) assert.equal(written(notice, tag).text, spanish, tag);
  for (const tag of ['pt', 'pt-BR', 'hi-IN'])
    assert.match(written(notice, tag).html, new RegExp(`lang="${tag.slice(0, 2)}"`));
  for (const tag of ['fr', '', 'en-GB', '../es', 'constructor']) assert.equal(written(notice, tag).text, english, tag);
});

/** In every hostile text that could be recognised again, so that it can be looked for in answers and in the log. */
export const mark = 'zqfuzz';

const rightToLeft = String.fromCharCode(0x202e);
const zeroWidth = String.fromCharCode(0x200b);
const nul = String.fromCharCode(0);

/** Texts that have hurt programs before. */
export const texts: readonly string[] = [
  '',
  ' ',
  mark,
  `${mark}${nul}`,
  `${mark}\r\nset-cookie: a=b`,
  `${mark}${rightToLeft}txt.exe`,
  `${zeroWidth}${mark}`,
  `${mark}${'\u0301'.repeat(60)}`,
  `${mark}🙂👩‍👩‍👧‍👦`,
  `${mark}' or '1'='1' --`,
  `${mark}'); drop table app.calls; --`,
  `../../${mark}/etc/passwd`,
  `\${7*7}{{7*7}}<%= 7*7 %>${mark}`,
  `<script>${mark}</script>`,
  `=cmd|'/c ${mark}'!A1`,
  `${mark}%00%ff`,
  mark.repeat(10_000),
  'a@b',
  `${mark}@xn--80ak6aa92e.com`,
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '0x10',
  '١٢٣',
  'null',
  'true',
  '[object Object]',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '9999-12-31T23:59:59Z',
  '2026-02-30T25:61:61Z',
  '0000-01-01T00:00:00Z',
];

/** JSON values as they are sent: some of them JSON.stringify would not write. */
export const values: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e308',
  '1e999',
  '9007199254740993',
  '[]',
  '{}',
  '[null]',
  `["${mark}"]`,
  `{"unknown":"${mark}"}`,
  `{"__proto__":{"polluted":"${mark}"}}`,
  `{"constructor":{"prototype":{"polluted":"${mark}"}}}`,
  `"${mark}\\ud800"`,
  `"\\udfff${mark}"`,
  `"${mark}\\u0000"`,
  `[${'['.repeat(25)}${']'.repeat(25)}]`,
  `[${Array.from({ length: 3_000 }, () => 1).join()}]`,
  ...texts.map((text) => JSON.stringify(text)),
];

/** Names of properties that no schema knows. The last ones must not be told again: they could be about somebody. */
export const names: readonly string[] = [
  'extra',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  `${mark}@example.com`,
  `<b>${mark}</b>`,
  `a/${mark}~1b`,
  mark.repeat(100),
];

/** Types of bodies that are not read here. */
export const types: readonly (string | undefined)[] = [
  undefined,
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  `multipart/form-data; boundary=${mark}`,
  'application/json, text/plain',
  'application/jsonx',
  'application/problem+json',
];

/** Bodies that are not one JSON text in UTF-8. */
export function malformed(valid: string): readonly (readonly [say: string, body: string | Buffer])[] {
  const bytes = Buffer.from(valid);
  return [
    ['nothing', ''],
    ['an open brace', '{'],
    ['half of it', valid.slice(0, -1)],
    ['it, twice', valid + valid],
    ['it, and a word', `${valid} ${mark}`],
    ['NaN', 'NaN'],
    ['single quotes', `{'a':'${mark}'}`],
    ['a comment', `${valid} // ${mark}`],
    ['a comma too many', valid.replace(/\}$/, ',}')],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])],
    ['UTF-16', Buffer.from(valid, 'utf16le')],
    ['bytes that are no UTF-8', Buffer.concat([bytes.subarray(0, -1), Buffer.from([0xc3, 0x28, 0x7d])])],
    ['surrogates as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['a bare control character', `{"a":"${String.fromCharCode(1)}${mark}"}`],
    ['forty levels', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
    ['a hundred thousand brackets', '['.repeat(100_000)],
  ];
}

/** Ways to write one name twice, of which two readers could pick different ones. */
export function doubled(valid: string): readonly string[] {
  const first = /^\{"([^"]+)":/.exec(valid)?.[1];
  if (first === undefined) return [];
  const escaped = `\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}${first.slice(1)}`;
  return [`{"${first}":null,${valid.slice(1)}`, `{"${escaped}":null,${valid.slice(1)}`];
}

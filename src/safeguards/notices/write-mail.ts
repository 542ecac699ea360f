import { markup } from '#base';
import { languageFor, type Language, type Languages, type Letter } from './language.ts';
import type { Content } from './mail-row.ts';
import type { Notice, TurnedClaim } from './notice.ts';

export type WrittenMail = { readonly subject: string; readonly text: string; readonly html: string };

/**
 * A notice as a mail: plain text, and HTML that loads nothing from anywhere. Undefined when its link leads elsewhere
 * than to `origin`: nobody who can make up an address may have us send it.
 */
export function writeMail(all: Languages, { language: tag, notice }: Content, origin: string): WrittenMail | undefined {
  const url = linkOf(notice);
  if (url !== undefined && URL.parse(url)?.origin !== new URL(origin).origin) return undefined;
  const { code, language } = languageFor(all, tag);
  const letter = letterFor(language.letters, quiet(notice));
  const parts = { letter, url, footer: language.footer(new URL(origin).origin) };
  return { subject: letter.subject, text: textOf(parts), html: htmlOf(parts, code) };
}

function linkOf(notice: Notice): string | undefined {
  return 'url' in notice ? notice.url : undefined;
}

/** The kind chooses the one function that takes this notice, which the compiler cannot follow. */
function letterFor(letters: Language['letters'], notice: Notice): Letter {
  const write = letters[notice.kind] as (notice: Notice) => Letter;
  return write(notice);
}

const longestName = 80;
const longestReason = 500;

/** The names in it as names: one line, of sensible length, and nothing that a mail program makes a link of. */
function quiet(notice: Notice): Notice {
  switch (notice.kind) {
    case 'invitation':
      return { ...notice, organisation: name(notice.organisation), by: name(notice.by) };
    case 'key-made':
      return { ...notice, name: name(notice.name) };
    case 'processor-urgent':
    case 'processor-withdrawn':
      return { ...notice, reason: line(notice.reason, longestReason) };
    case 'claims-turned':
      return { ...notice, failing: notice.failing.map(plain), over: notice.over.map(plain) };
    case 'documents-ending':
      return {
        ...notice,
        documents: notice.documents.map((one) => ({ ...one, title: name(one.title), issuer: name(one.issuer) })),
      };
    default:
      return notice;
  }
}

function plain(turned: TurnedClaim): TurnedClaim {
  return { ...turned, found: line(turned.found, longestReason) };
}

/** Word joiners (U+2060) are not seen, and keep `evil.example` from being an address to click on. */
function name(given: string): string {
  return line(given, longestName);
}

function line(given: string, longest: number): string {
  const flat = given.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  const letters = [...new Intl.Segmenter().segment(flat)].map(({ segment }) => segment);
  const short = letters.length > longest ? `${letters.slice(0, longest).join('')}…` : flat;
  return short.replace(/[.:/@](?=\S)/g, '$&\u2060');
}

type Parts = { readonly letter: Letter; readonly url: string | undefined; readonly footer: string };

function textOf({ letter: { before, link, after = [] }, url, footer }: Parts): string {
  const linked = url === undefined || link === undefined ? [] : [`${link}:\n${url}`];
  return `${[...before, ...linked, ...after, `-- \n${footer}`].join('\n\n')}\n`;
}

function htmlOf({ letter: { subject, before, link, after = [] }, url, footer }: Parts, code: string): string {
  const paragraphs = (lines: readonly string[]) => lines.map((line) => markup`<p>${line}</p>\n`);
  return markup`<!doctype html>
<html lang="${code}">
<head><meta charset="utf-8"><title>${subject}</title></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">
${paragraphs(before)}${url !== undefined && link !== undefined && markup`<p><a href="${url}">${link}</a></p>\n`}${paragraphs(after)}<p><small>${footer}</small></p>
</body>
</html>
`.text;
}

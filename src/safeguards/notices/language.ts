import { join } from 'node:path';
import { loadCatalogue } from '#base';
import type { Notice, NoticeKind } from './notice.ts';

/** What one mail says. Where the notice has a link, it stands between `before` and `after`. */
export type Letter = {
  /** Says what the mail is about and nothing of the person. */
  readonly subject: string;
  readonly before: readonly string[];
  /** What the link is called. */
  readonly link?: string;
  readonly after?: readonly string[];
};

/** One language of the mails; its file name is its BCP 47 primary subtag. */
export type Language = {
  readonly letters: { readonly [Kind in NoticeKind]: (notice: Extract<Notice, { kind: Kind }>) => Letter };
  /** The last line: where the mail comes from. */
  readonly footer: (origin: string) => string;
};

export type Languages = ReadonlyMap<string, Language>;

export async function languages(): Promise<Languages> {
  const found = await loadCatalogue<Language>(join(import.meta.dirname, 'languages'));
  return new Map(found.map(({ id, item }) => [id, item]));
}

/** The language of the tag, else English. */
export function languageFor(all: Languages, tag: string): { readonly code: string; readonly language: Language } {
  const primary = tag.toLowerCase().split('-')[0]!;
  const code = all.has(primary) ? primary : 'en';
  const language = all.get(code);
  if (!language) throw new Error('English is missing from the languages of mails');
  return { code, language };
}

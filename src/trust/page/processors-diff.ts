import { iso, markup, type Markup } from '#base';
import type { Entry, Version } from '#safeguards/register';
import { languages, type Language } from '../claim.ts';
import { processorsWords } from './processors-words.ts';
import { table, time } from './trust-page.ts';

/** One version against the one before it: what came, what went, and each field that is another. */
export function diffBody(version: Version, before: Version | undefined, language: Language): Markup {
  const text = processorsWords[language];
  const { added, removed, changed } = version.changes;
  const named = (id: string) =>
    [...version.entries, ...(before?.entries ?? [])].find((one) => one.id === id)?.name ?? id;
  const isSame = added.length + removed.length + changed.length === 0;
  return markup`<dl class="facts">
<div><dt>${text.at}</dt><dd>${time(iso(version.at))}</dd></div>
<div><dt>${text.hash}</dt><dd><code>${version.hash}</code></dd></div>
</dl>
${isSame && markup`<p>${text.unchanged}</p>`}
${names(text.added, added.map(named))}
${names(text.removed, removed.map(named))}
${changed.map(({ id, fields }) => {
  const [was, is] = [entry(before, id), entry(version, id)];
  const rows = fields.map((field) => [
    fieldName(field, language),
    shown(was, field, language),
    shown(is, field, language),
  ]);
  return markup`<section><h2>${text.changed}: ${named(id)}</h2>${table(named(id), ['', text.before, text.after], rows)}</section>`;
})}
<p><a href="/trust/processors/versions">${text.versions.all}</a> · <a href="/trust/processors">${text.back}</a></p>`;
}

function names(title: string, all: readonly string[]): Markup {
  return all.length === 0
    ? markup``
    : markup`<section><h2>${title}</h2><ul>${all.map((name) => markup`<li>${name}</li>`)}</ul></section>`;
}

function entry(version: Version | undefined, id: string): Entry | undefined {
  return version?.entries.find((one) => one.id === id);
}

/** What a field of an entry is called. */
export function fieldName(field: string, language: Language): string {
  const {
    decidedBy: by,
    name,
    words,
    website,
    security,
    hosts,
    baa,
    certifications,
    keeps,
  } = processorsWords[language];
  const names: { readonly [F in Exclude<keyof Entry, 'id' | 'behalf'>]: string } = {
    by,
    name,
    words,
    website,
    security,
    hosts,
    baa,
    certifications,
    keeps,
  };
  return Object.entries(names).find(([id]) => id === field)?.[1] ?? field;
}

/** Words in the reader's language; what is no list of words as the data have it. */
function shown(of: Entry | undefined, field: string, language: Language): Markup {
  if (!of) return markup`–`;
  const { by } = processorsWords[language];
  if (field === 'by') return markup`${of.by.map((one) => by[one]).join('; ')}`;
  const value = inLanguage(of[field as keyof Entry], language);
  return typeof value === 'string' ? markup`${value}` : markup`<code>${JSON.stringify(value)}</code>`;
}

/** The same with each text that is there in all languages as that in one. */
function inLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => inLanguage(one, language));
  if (typeof value !== 'object' || value === null) return value;
  if (languages.every((one) => Object.hasOwn(value, one)))
    return inLanguage(Object.entries(value).find(([one]) => one === language)?.[1], language);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inLanguage(one, language)]));
}

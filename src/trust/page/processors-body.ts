import { iso, markup, type Certification, type Markup } from '#base';
import type { Entry, Listed, RegisterState, UseState, VersionLine } from '#safeguards/register';
import type { Language } from '../claim.ts';
import { processorsWords } from './processors-words.ts';
import { instant, table, time } from './trust-page.ts';

const shownVersions = 10;

/** The whole page: refused hosts first, then who gets data, who runs the machines, what was announced, versions, the form. */
export function processorsBody(state: RegisterState, language: Language, wrong?: 'wrong' | 'busy'): Markup {
  const text = processorsWords[language];
  const { version, processors, versions } = state;
  return markup`${version && markup`<p class="quiet">${text.version(version.number, day(version.at))} · <code>${version.hash.slice(0, 16)}</code></p>`}
${wrong && form(language, wrong)}
${refused(state, language)}
<section id="list"><h2>${text.list}</h2>
${processors.length === 0 ? markup`<p>${text.none}</p>` : processors.map((one) => card(one, language))}
</section>
${hosting(state, language)}
${announcements(state, language)}
<section id="versions"><h2>${text.versions.title}</h2><p>${text.versions.says}</p>
${versionTable(versions.slice(0, shownVersions), language)}
<p><a href="/trust/processors/versions">${text.versions.all}</a></p></section>
${!wrong && form(language)}`;
}

/** The form by which somebody is told of changes. */
function form(language: Language, wrong?: 'wrong' | 'busy'): Markup {
  const text = processorsWords[language];
  return markup`<section id="subscribe"><h2>${text.subscribe.title}</h2><p>${text.subscribe.says}</p>
<form method="post" action="/trust/processors/subscription?lang=${language}">
<p><label for="address">${text.address}</label>
<input id="address" name="address" type="email" required maxlength="254" autocomplete="email"${wrong && markup` aria-invalid="true" aria-describedby="address-wrong"`}></p>
${wrong && markup`<p id="address-wrong" role="alert">${text[wrong]}</p>`}
<p><button type="submit">${text.send}</button></p>
</form>
<p><a href="/trust/processors.atom?lang=${language}">${text.subscribe.feed}</a></p></section>`;
}

function refused({ unlisted }: RegisterState, language: Language): Markup {
  const { title, says, since } = processorsWords[language].refused;
  if (unlisted.length === 0) return markup``;
  const { hosts } = processorsWords[language];
  const rows = unlisted.map((one) => [
    markup`<code>${one.host}</code>`,
    one.vendor,
    time(iso(one.since)),
    `${one.count}`,
  ]);
  return markup`<section id="refused"><h2>${title}</h2><p>${says}</p>${table(title, [hosts, '', since, '×'], rows)}</section>`;
}

function card(one: Listed, language: Language): Markup {
  const text = processorsWords[language];
  const { purpose, data, region } = one.words[language];
  return markup`<article class="claim" id="${one.id}">
<h3>${one.name}</h3>
<p>${purpose}.</p>
<dl class="facts">
<div><dt>${text.standing}</dt><dd>${standingOf(one, language)}</dd></div>
<div><dt>${text.decidedBy}</dt><dd>${one.by.map((by) => text.by[by]).join('; ')}</dd></div>
<div><dt>${text.gets}</dt><dd>${data.join('; ')}</dd></div>
<div><dt>${text.region}</dt><dd>${region}</dd></div>
${one.hosts.length > 0 && markup`<div><dt>${text.hosts}</dt><dd>${one.hosts.map((host, at) => markup`${at > 0 && ', '}<code>${host}</code>`)}</dd></div>`}
${link(text.website, one.website)}${link(text.security, one.security)}
<div><dt>${text.baa}</dt><dd>${text.offered[one.baa.offered]}. ${one.baa.when[language]}. ${source(one.baa, language)}</dd></div>
</dl>
<h4>${text.certifications}</h4>
${certificationList(one.certifications, language)}
<h4>${text.keeps}</h4>
${keptThere(one, language)}
</article>`;
}

function standingOf({ standing, usableAt }: Listed, language: Language): string {
  const text = processorsWords[language];
  const name = text.standings[standing];
  if (standing !== 'announced') return name;
  return `${name}; ${usableAt === null ? text.fromUnknown : text.from(`${instant(iso(usableAt))} UTC`)}`;
}

function link(name: string, address: string | null): Markup {
  return address === null
    ? markup``
    : markup`<div><dt>${name}</dt><dd><a href="${address}" rel="noreferrer">${new URL(address).host}</a></dd></div>`;
}

function certificationList(all: readonly Certification[], language: Language): Markup {
  const text = processorsWords[language];
  if (all.length === 0) return markup`<p>${text.noCertifications}</p>`;
  return markup`<ul>${all.map(
    (one) =>
      markup`<li>${one.name}${one.until !== undefined && `, ${text.until(one.until)}`} <span class="quiet">(${one.by}. ${source(one, language)})</span></li>`,
  )}</ul><p class="quiet">${text.theirWord}</p>`;
}

function source(one: { readonly source: string; readonly verified: boolean }, language: Language): Markup {
  const text = processorsWords[language];
  const isAddress = /^https?:\/\/\S+$/.test(one.source);
  return markup`${isAddress && markup`<a href="${one.source}" rel="noreferrer">${text.source}</a>. `}${!one.verified && text.unverified}`;
}

function keptThere({ keeps }: Entry, language: Language): Markup {
  const text = processorsWords[language];
  if (keeps.length === 0) return markup`<p>${text.keepsNothing}</p>`;
  return markup`<ul>${keeps.map(
    ({ say, days }) =>
      markup`<li>${say[language]} <span class="quiet">(${days === null ? text.openEnded : text.days(days)})</span></li>`,
  )}</ul>`;
}

function hosting({ hosting: all }: RegisterState, language: Language): Markup {
  const text = processorsWords[language];
  return markup`<section id="hosting"><h2>${text.hosting.title}</h2><p>${text.hosting.says}</p>
${all.length === 0 && markup`<p>${text.hosting.none}</p>`}
${all.map(
  (one) => markup`<article class="claim"><h3>${one.name}</h3><p>${one.does}</p><dl class="facts">
<div><dt>${text.region}</dt><dd>${one.region}</dd></div>
${link(text.website, one.website)}
<div><dt>${text.hosting.confirmed}</dt><dd>${time(iso(one.confirmedAt))}</dd></div>
</dl>${certificationList(one.certifications, language)}</article>`,
)}</section>`;
}

function announcements({ uses }: RegisterState, language: Language): Markup {
  const { announced } = processorsWords[language];
  return markup`<section id="announced"><h2>${announced.title}</h2><p>${announced.says}</p>
${uses.length === 0 ? markup`<p>${announced.none}</p>` : uses.map((use) => announcement(use, language))}</section>`;
}

function announcement(use: UseState, language: Language): Markup {
  const text = processorsWords[language];
  const of = (state: string) => use.mails.filter((mail) => mail.state === state).length;
  const { waiting, sent, kept, givenUp } = text.states;
  const counts = [
    [of('sent'), sent],
    [of('waiting'), waiting],
    [of('kept'), kept],
    [of('given-up'), givenUp],
  ].filter(([count]) => count !== 0);
  const told = use.told.filter(({ toldAt }) => toldAt !== null).length;
  return markup`<article class="claim"><h3>${use.name}</h3><dl class="facts">
<div><dt>${text.foundAt}</dt><dd>${time(iso(use.foundAt))}</dd></div>
<div><dt>${text.usableAt}</dt><dd>${use.usableAt === null ? text.fromUnknown : time(iso(use.usableAt))}</dd></div>
<div><dt>${text.told}</dt><dd>${text.toldOf(told, use.told.length)}</dd></div>
<div><dt>${text.mails}</dt><dd>${counts.map(([count, name]) => `${count} ${name}`).join(', ') || '0'}</dd></div>
${use.urgentReason !== null && markup`<div><dt>${text.urgent}</dt><dd>${use.urgentReason}</dd></div>`}
${use.withdrawReason !== null && markup`<div><dt>${text.withdrawn}</dt><dd>${use.withdrawReason}</dd></div>`}
${use.endedAt !== null && markup`<div><dt>${text.ended}</dt><dd>${time(iso(use.endedAt))}</dd></div>`}
</dl></article>`;
}

/** Versions with what changed in each, newest first. */
export function versionTable(versions: readonly VersionLine[], language: Language): Markup {
  const text = processorsWords[language];
  const rows = versions.map(({ number, at, hash, changes: { added, removed, changed } }) => [
    markup`<a href="/trust/processors/versions/${number}">${text.versionName(number)}</a>`,
    time(iso(at)),
    added.join(', ') || '–',
    removed.join(', ') || '–',
    changed.map(({ id }) => id).join(', ') || '–',
    markup`<code>${hash.slice(0, 16)}</code>`,
  ]);
  const head = [text.versions.title, text.at, text.added, text.removed, text.changed, text.hash];
  return table(text.versions.title, head, rows);
}

function day(ms: number): string {
  return `${instant(iso(ms))} UTC`;
}

import { markup, type Markup } from '#base';
import type { Profile } from '#safeguards/profiles';
import { groups, statuses, type Language, type Status } from '../claim.ts';
import type { ClaimState, TrustState } from '../state.ts';
import { contactWords } from './contact-words.ts';
import { contactFacts } from './contacts.ts';
import { mark, reported, sinceWhen, statusLine } from './status-mark.ts';
import { instant } from './trust-page.ts';
import { words } from './words.ts';

/** Where every promise stands, and who stands behind them once that is known. */
export type OverviewState = TrustState & { readonly profile?: Profile };

/** What stands on the first page: what is broken first, the counts, then every promise. */
export function overview(state: OverviewState, language: Language): Markup {
  const text = words[language];
  return markup`<p class="quiet">${text.computed(`${instant(state.at)} UTC`)}</p>
${verdict(state, language)}
${counts(state, language)}
<div id="promises">
${groups.map((group) => section(text.groups[group], inGroup(state, group), language))}
</div>
${neverExercised(state, language)}
${notBuilt(state, language)}
${notClaimed(state, language)}
${responsible(state, language)}
${legend(language)}`;
}

function responsible({ profile }: OverviewState, language: Language): Markup {
  if (!profile || profile.legalName === null) return markup``;
  return markup`<section id="responsible"><h2>${contactWords[language].title}</h2>${contactFacts(profile, language)}</section>`;
}

/** Broken promises come before everything else. */
export function verdict(state: TrustState, language: Language): Markup {
  const text = words[language];
  const broken = state.claims.filter(({ status }) => isBroken(status));
  const { proven, unknown } = state.summary;
  const silent = unknown + state.summary['not-exercised'];
  if (broken.length === 0 && silent > 0) return markup`<p class="verdict partly">${text.partly(proven, silent)}</p>`;
  if (broken.length === 0) return markup`<p class="verdict">${text.calm}</p>`;
  return markup`<div class="verdict failing">
<p>${mark('failing')} ${text.failing(broken.length)}</p>
<ul>${broken.map((claim) => markup`<li><a href="/trust/claims/${claim.id}">${claim.say[language]}</a>${sinceWhen(claim.since, language)}</li>`)}</ul>
</div>`;
}

function isBroken(status: Status): boolean {
  return status === 'failing' || status === 'overdue' || status === 'attestation-expired';
}

/** How many promises have which status. */
export function counts({ summary }: TrustState, language: Language): Markup {
  const text = words[language];
  const always: readonly Status[] = ['proven', 'not-exercised', 'failing', 'unknown'];
  // What is not claimed or not built is no result of a check; both have a section of their own.
  const shown = statuses.filter(
    (status) => always.includes(status) || (summary[status] > 0 && status !== 'not-claimed' && status !== 'roadmap'),
  );
  return markup`<section aria-label="${text.summary}">
<dl class="counts">${shown.map(
    (status) =>
      markup`<div class="${status}"><dt>${mark(status)} ${text.statuses[status].name}</dt><dd>${summary[status]}</dd></div>`,
  )}</dl>
</section>`;
}

/** What has a check. What is declined or not built yet stands under its own heading, not among the promises. */
function inGroup(state: TrustState, group: string): readonly ClaimState[] {
  return state.claims.filter(
    ({ group: of, kind, status }) =>
      of === group && kind !== 'declined' && status !== 'roadmap' && status !== 'not-claimed',
  );
}

function section(title: string, claims: readonly ClaimState[], language: Language): Markup {
  if (claims.length === 0) return markup``;
  return markup`<section>
<h2>${title}</h2>
<ul class="list">${claims.map((claim) => row(claim, language))}</ul>
</section>`;
}

/** One promise: sentence and status; what was found where it is not kept. */
function row(claim: ClaimState, language: Language): Markup {
  return markup`<li id="${claim.id}" class="${claim.status}"><div>${sentence(claim, language)}
${isBroken(claim.status) && markup`<p class="finding">${reported(claim.why, language)}</p>`}</div>
${statusLine(claim, language)}</li>`;
}

function sentence({ id, say }: ClaimState, language: Language): Markup {
  return markup`<a class="says" href="/trust/claims/${id}">${say[language]}</a>`;
}

function neverExercised(state: TrustState, language: Language): Markup {
  const { title, none, some } = words[language].neverExercised;
  const idle = state.claims.filter(({ status }) => status === 'not-exercised');
  return markup`<section id="not-exercised">
<h2>${title}</h2>
<p>${idle.length === 0 ? none : some}</p>
${idle.length > 0 && markup`<ul>${idle.map((claim) => markup`<li><a href="/trust/claims/${claim.id}">${claim.say[language]}</a></li>`)}</ul>`}
</section>`;
}

function notBuilt(state: TrustState, language: Language): Markup {
  const { title, says } = words[language].notBuilt;
  const planned = state.claims.filter(({ status }) => status === 'roadmap');
  if (planned.length === 0) return markup``;
  return markup`<section id="not-built">
<h2>${title}</h2>
<p>${says}</p>
<ul>${planned.map((claim) => markup`<li id="${claim.id}" class="roadmap"><a href="/trust/claims/${claim.id}">${claim.say[language]}</a> <span class="quiet">${claim.fulfils.join(', ')}</span></li>`)}</ul>
</section>`;
}

function notClaimed(state: TrustState, language: Language): Markup {
  const { title, rest } = words[language].notClaimed;
  const declined = state.claims.filter(({ status }) => status === 'not-claimed');
  const { known, claimed } = state.promises;
  return markup`<section id="not-claimed">
<h2>${title}</h2>
${declined.map(
  (claim) => markup`<article id="${claim.id}" class="claim not-claimed">
<h3>${claim.say[language]}</h3>
${claim.how && markup`<p>${claim.how[language]}</p>`}
</article>`,
)}
<p>${rest(known, claimed)}</p>
</section>`;
}

function legend(language: Language): Markup {
  const text = words[language];
  return markup`<section id="words">
<h2>${text.legend}</h2>
<dl class="legend">${statuses.map(
    (status) =>
      markup`<div class="${status}"><dt>${mark(status)} ${text.statuses[status].name}</dt><dd>${text.statuses[status].means}</dd></div>`,
  )}</dl>
</section>`;
}

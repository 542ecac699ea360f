import { markup, type Markup } from '#base';
import { groups, statuses, type Language, type Status } from '../claim.ts';
import type { ClaimState, TrustState } from '../state.ts';
import { claimCard, instant, mark } from './claim-card.ts';
import { words } from './words.ts';

/** The trust page as a complete document. Works without script, on paper and read aloud; `style` goes inline. */
export function trustPage(state: TrustState, language: Language, style: Markup): Markup {
  const text = words[language];
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text.title} · Sotto</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#promises">${text.skip}</a>
<header>
<p class="name">Sotto</p>
<h1>${text.title}</h1>
<p class="intro">${text.intro}</p>
<p class="quiet">${text.computed(`${instant(state.at)} UTC`)}</p>
</header>
<main>
${verdict(state, language)}
${counts(state, language)}
<div id="promises" tabindex="-1">
${groups.map((group) => section(text.groups[group], inGroup(state, group), language))}
</div>
${neverExercised(state, language)}
${notClaimed(state, language)}
${legend(language)}
</main>
<footer><p><a href="/trust/data">${text.dataMap}</a></p><p>${text.machine}: <a href="/trust.json">/trust.json</a> · <code>./sotto prove --json</code></p></footer>
</body>
</html>
`;
}

/** Broken promises come before everything else. */
function verdict(state: TrustState, language: Language): Markup {
  const text = words[language];
  const broken = state.claims.filter(({ status }) => status === 'failing' || status === 'overdue');
  const { proven, unknown } = state.summary;
  const silent = unknown + state.summary['not-exercised'];
  if (broken.length === 0 && silent > 0) return markup`<p class="verdict partly">${text.partly(proven, silent)}</p>`;
  if (broken.length === 0) return markup`<p class="verdict">${text.calm}</p>`;
  return markup`<div class="verdict failing">
<p>${mark('failing')} ${text.failing(broken.length)}</p>
<ul>${broken.map((claim) => markup`<li><a href="#${claim.id}">${claim.say[language]}</a></li>`)}</ul>
</div>`;
}

function counts({ summary }: TrustState, language: Language): Markup {
  const text = words[language];
  const always: readonly Status[] = ['proven', 'not-exercised', 'failing', 'unknown'];
  // What is not claimed is no result of a check; it has a section of its own.
  const shown = statuses.filter(
    (status) => always.includes(status) || (summary[status] > 0 && status !== 'not-claimed'),
  );
  return markup`<section aria-label="${text.summary}">
<dl class="counts">${shown.map(
    (status) =>
      markup`<div class="${status}"><dt>${mark(status)} ${text.statuses[status].name}</dt><dd>${summary[status]}</dd></div>`,
  )}</dl>
</section>`;
}

/** What is declined is listed under its own heading, not among the promises. */
function inGroup(state: TrustState, group: string): readonly ClaimState[] {
  return state.claims.filter((claim) => claim.group === group && claim.kind !== 'declined');
}

function section(title: string, claims: readonly ClaimState[], language: Language): Markup {
  if (claims.length === 0) return markup``;
  return markup`<section>
<h2>${title}</h2>
${claims.map((claim) => claimCard(claim, language))}
</section>`;
}

function neverExercised(state: TrustState, language: Language): Markup {
  const { title, none, some } = words[language].neverExercised;
  const idle = state.claims.filter(({ status }) => status === 'not-exercised');
  return markup`<section>
<h2>${title}</h2>
<p>${idle.length === 0 ? none : some}</p>
${idle.length > 0 && markup`<ul>${idle.map((claim) => markup`<li><a href="#${claim.id}">${claim.say[language]}</a></li>`)}</ul>`}
</section>`;
}

function notClaimed(state: TrustState, language: Language): Markup {
  const { title, rest } = words[language].notClaimed;
  const declined = state.claims.filter(({ kind }) => kind === 'declined');
  return markup`<section>
<h2>${title}</h2>
${declined.map(
  (claim) => markup`<article id="${claim.id}" class="claim not-claimed">
<h3>${claim.say[language]}</h3>
<p>${claim.how?.[language]}</p>
</article>`,
)}
<p>${rest(state.promises.known, state.promises.claimed)}</p>
</section>`;
}

function legend(language: Language): Markup {
  const text = words[language];
  return markup`<section>
<h2>${text.legend}</h2>
<dl class="legend">${statuses.map(
    (status) =>
      markup`<div class="${status}"><dt>${mark(status)} ${text.statuses[status].name}</dt><dd>${text.statuses[status].means}</dd></div>`,
  )}</dl>
</section>`;
}

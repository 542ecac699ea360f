import { markup, type Markup } from '#base';
import type { Language, Status } from '../claim.ts';
import type { ClaimState } from '../state.ts';
import { words } from './words.ts';

/** Drawn where a letter could be missing from the reader's fonts; 16 units square, in the colour of the status. */
const drawn = {
  check: markup`<svg viewBox="0 0 16 16"><path d="M3 8.5l3.2 3.5L13 4.5"/></svg>`,
  ring: markup`<svg viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.5"/></svg>`,
  cross: markup`<svg viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></svg>`,
  arrow: markup`<svg viewBox="0 0 16 16"><path d="M2.5 8h10M9 4l4 4-4 4"/></svg>`,
};

const marks: { readonly [S in Status]: Markup | string } = {
  'proven': drawn.check,
  'not-exercised': drawn.ring,
  'failing': drawn.cross,
  'unknown': '?',
  'attested': '§',
  'attestation-expired': '§',
  'in-force': drawn.check,
  'overdue': '!',
  'roadmap': drawn.arrow,
  'not-claimed': '–',
};

/** A status as a sign, for the eye only: its word always stands beside it. */
export function mark(status: Status): Markup {
  return markup`<span class="mark" aria-hidden="true">${marks[status]}</span>`;
}

/** `2026-11-20 17:40`, from an ISO instant in UTC. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** One promise: status, sentence, what was found and when; behind a fold how it is kept and how to check it. */
export function claimCard(claim: ClaimState, language: Language): Markup {
  const text = words[language];
  return markup`<article id="${claim.id}" class="claim ${claim.status}">
<p class="status">${mark(claim.status)} ${text.statuses[claim.status].name}${showsSince(claim) && markup` <span class="quiet">${text.since} ${time(claim.since)}</span>`}</p>
<h3>${claim.say[language]}</h3>
<p class="found">${text.found[claim.status]?.(claim.checked)} ${lastLook(claim, language)}</p>
${saysWhy(claim) && markup`<p class="finding"><span class="label">${text.finding}</span> <q lang="en">${claim.why}</q></p>`}
${claim.how && details(claim, language)}
</article>`;
}

function showsSince({ since }: ClaimState): boolean {
  return since !== null;
}

/** What the program reported in its own words, where the status alone does not tell. */
function saysWhy({ status, why }: ClaimState): boolean {
  return why !== '' && !['proven', 'not-exercised', 'in-force'].includes(status);
}

function lastLook({ at }: ClaimState, language: Language): Markup {
  const text = words[language];
  return at === null
    ? markup`<span class="quiet">${text.neverLooked}</span>`
    : markup`<span class="quiet">${text.lastLook} ${time(at)}</span>`;
}

function details(claim: ClaimState, language: Language): Markup {
  const text = words[language];
  return markup`<details>
<summary>${text.more}</summary>
<h4>${text.how}</h4>
<p>${claim.how?.[language]}</p>
${
  claim.yourself &&
  markup`<h4>${text.yourself}</h4>
<p>${claim.yourself[language]}</p>`
}
<p>${text.orRun}<br><code>./sotto prove --only ${claim.id}</code></p>
<h4>${text.facts}</h4>
<dl class="facts">
${claim.every !== null && fact(text.every, duration(claim.every, language))}
${fact(text.seenFailing, claim.seenFailingAt === null ? text.notSeenFailing : time(claim.seenFailingAt))}
${claim.kept.length > 0 && fact(text.kept, commaList(claim.kept))}
${fact(text.promises, claim.fulfils.join(', '))}
</dl>
</details>`;
}

function fact(name: string, value: string | Markup): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function commaList(names: readonly string[]): Markup {
  return markup`${names.map((name, at) => markup`${at > 0 && ', '}<code>${name}</code>`)}`;
}

function time(iso: string | null): Markup {
  return iso === null ? markup`` : markup`<time datetime="${iso}">${instant(iso)} UTC</time>`;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

function duration(ms: number, language: Language): string {
  const [unit, size] = units.find(([, length]) => ms >= length && ms % length === 0) ?? (['second', 1_000] as const);
  return words[language].duration[unit](Math.round(ms / size));
}

import { markup, type Markup } from '#base';
import type { Language } from '../claim.ts';
import type { Turn } from '../history.ts';
import type { SourcePlace } from '../sources.ts';
import type { ClaimState } from '../state.ts';
import { claimWords } from './claim-words.ts';
import { reported, statusLine } from './status-mark.ts';
import { table, time } from './trust-page.ts';
import { words } from './words.ts';

/** One promise, with all that is known of it here. */
export type ClaimDetails = {
  readonly claim: ClaimState;
  readonly kept: readonly (SourcePlace | { readonly name: string; readonly path: null })[];
  readonly own: SourcePlace;
  readonly turns: readonly (Omit<Turn, 'at' | 'until'> & { readonly at: string; readonly until: string | null })[];
  /** Where files of this version can be read; undefined where the operator has not said. */
  readonly sourceUrl: string | undefined;
  /** Public keys of the log; empty before it was begun. */
  readonly keys: readonly string[];
  /** The origin under which this installation is asked. */
  readonly origin: string;
};

/** The page of one promise below its sentence. */
export function claimBody(details: ClaimDetails, language: Language): Markup {
  const { claim } = details;
  return markup`<div class="${claim.status}">
${statusLine(claim, language)}
<p class="lead">${claimWords[language].found[claim.status](claim.checked)}</p>
${finding(claim, language)}
</div>
${how(details, language)}
${claim.every !== null && proof(claim, language)}
${claim.every !== null && history(details, language)}
${claim.kind === 'proven' && yourself(details, language)}
<p><a href="/trust">${claimWords[language].all}</a></p>`;
}

/** What the program reported in its own words, where the status alone does not tell. */
function finding({ status, why }: ClaimState, language: Language): Markup {
  const isPlain = ['proven', 'in-force', 'roadmap', 'not-claimed'].includes(status);
  if (why === '' || isPlain) return markup``;
  return markup`<p class="finding"><span class="label">${claimWords[language].finding}:</span> ${reported(why, language)}</p>`;
}

function how({ claim, kept, own, sourceUrl }: ClaimDetails, language: Language): Markup {
  const text = claimWords[language];
  const places = kept.map(
    (place) => markup`<li>${place.path === null ? markup`<code>${place.name}</code>` : source(place, sourceUrl)}</li>`,
  );
  return markup`<section>
<h2>${text.how}</h2>
${claim.how && markup`<p>${claim.how[language]}</p>`}
<dl class="facts">
${kept.length > 0 && fact(text.keptBy, markup`<ul class="plain">${places}</ul>`)}
${fact(text.theClaim, source(own, sourceUrl))}
${fact(text.promises, claim.fulfils.join(', '))}
</dl>
</section>`;
}

/** A file of the repository: linked where it can be read, else its path. */
function source({ name, path, line }: SourcePlace, sourceUrl: string | undefined): Markup {
  const at = line === null ? path : `${path}:${line}`;
  const label =
    name === path || at.endsWith(name)
      ? markup`<code>${at}</code>`
      : markup`<code>${name}</code> <span class="quiet">${at}</span>`;
  if (sourceUrl === undefined) return label;
  return markup`<a href="${sourceUrl}/${path}${line !== null && `#L${line}`}" rel="noreferrer">${label}</a>`;
}

function proof(claim: ClaimState, language: Language): Markup {
  const text = claimWords[language];
  const { at, tookMs, every, seenFailingAt } = claim;
  return markup`<section>
<h2>${text.proof}</h2>
<dl class="facts">
${fact(text.lastLook, at === null ? text.never : time(at))}
${at !== null && fact(text.checked, String(claim.checked))}
${tookMs !== null && fact(text.tookLabel, text.took(...took(claim)))}
${every !== null && fact(text.every, duration(every, language))}
${claim.kind === 'proven' && fact(text.seenFailing, seenFailingAt === null ? text.notSeenFailing : time(seenFailingAt))}
</dl>
${claim.kind === 'proven' && markup`<p class="quiet">${text.counterexample}</p>`}
</section>`;
}

function took({ tookMs, budgetMs }: ClaimState): [string, string | undefined] {
  return [`${tookMs ?? 0} ms`, budgetMs === null ? undefined : `${budgetMs} ms`];
}

function history({ claim, turns }: ClaimDetails, language: Language): Markup {
  const text = claimWords[language];
  const rows = turns.map(({ at, until, status, why }) => [
    time(at),
    until === null ? text.now : time(until),
    words[language].statuses[status].name,
    reported(why, language),
  ]);
  return markup`<section>
<h2>${text.history}</h2>
${turns.length === 0 ? markup`<p>${text.noHistory}</p>` : table(text.historyOf, [text.from, text.until, text.status, text.reported], rows)}
${turns.length > 0 && markup`<p><a href="/trust/claims/${claim.id}/history.json">${text.older}</a></p>`}
</section>`;
}

function yourself({ claim, keys, origin }: ClaimDetails, language: Language): Markup {
  const text = claimWords[language];
  const file = `${claim.id}.evidence.json`;
  const address = `/trust/claims/${claim.id}/evidence.json`;
  const commands = [
    `curl -o ${file} ${origin}${address}`,
    `./sotto verify evidence ${file} --key ${keys[0] === undefined ? 'KEY' : `'${keys[0]}'`}`,
  ];
  return markup`<section>
<h2>${text.yourself}</h2>
${claim.yourself && markup`<p>${claim.yourself[language]}</p>`}
<p>${text.rerun}</p>
<pre><code>./sotto prove --only ${claim.id}</code></pre>
${
  claim.at !== null &&
  markup`<p>${text.offline}</p>
<pre><code>${commands.join('\n')}</code></pre>
<p class="quiet">${text.offlineKeys}</p>
<p><a href="${address}">${text.evidence}</a> · <a href="/trust/log">${text.aboutKeys}</a></p>`
}
</section>`;
}

function fact(name: string, value: string | Markup): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `15 minutes`, in the largest unit that goes into it without a rest. */
export function duration(ms: number, language: Language): string {
  const [unit, size] = units.find(([, length]) => ms >= length && ms % length === 0) ?? (['second', 1_000] as const);
  return claimWords[language].duration[unit](Math.round(ms / size));
}

import { markup, type Markup } from '#base';
import type { Language, Status } from '../claim.ts';
import { claimName } from '../claim-names.ts';
import { controlTitles } from '../control-titles.ts';
import { duties } from '../duties.ts';
import type { Line, LineState } from '../framework-line.ts';
import type { FrameworkState } from '../framework-state.ts';
import { reasons } from '../reasons.ts';
import { frameworkMark, looks } from './framework-mark.ts';
import { frameworkWords } from './frameworks-words.ts';
import { mark } from './status-mark.ts';
import { words } from './words.ts';

/** The lines that stand so, under a heading that can be jumped to; nothing where there are none. */
export function frameworkLines({ lines }: FrameworkState, state: LineState, language: Language): Markup {
  const text = frameworkWords[language];
  const found = lines.filter((line) => line.state === state);
  if (found.length === 0) return markup``;
  return markup`<h3 id="${state}" class="${looks[state]}">${frameworkMark(state)} ${text.states[state].name} <span class="quiet">${found.length}</span></h3>
<div class="scroll" role="region" aria-labelledby="${state}" tabindex="0"><table class="stack narrow">
<thead><tr><th scope="col">${text.asks}</th><th scope="col">${text.answer}</th></tr></thead>
<tbody>${found.map((line) => markup`<tr><th scope="row">${asked(line, language)}</th><td>${answer(line, language)}</td></tr>`)}</tbody>
</table></div>`;
}

/** Where a line can be linked to: its number without what an address cannot have. */
export function anchorOf(id: string): string {
  return `line-${id.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replace(/-$/, '')}`;
}

function asked({ id, say, confidence, binds, from }: Line, language: Language): Markup {
  const text = frameworkWords[language];
  const notes = [
    ...(confidence === 'memory' ? [text.unverified] : []),
    ...(!binds && from !== null ? [text.bindsFrom(from)] : []),
  ];
  return markup`<span id="${anchorOf(id)}">${id}</span> ${say[language]}${notes.length > 0 && markup` <span class="quiet">(${notes.join('; ')})</span>`}`;
}

function answer(line: Line, language: Language): Markup {
  const text = frameworkWords[language];
  const { claims, duty, reason, answer: kind, promise } = line;
  const people = kind === 'open' ? text.meanwhile : text.people;
  return markup`${claims.length > 0 && markup`<ul class="plain">${claims.map((claim) => markup`<li>${claimLink(claim, language)}</li>`)}</ul>`}
${kind === 'open' && markup`<p>${promise === null ? text.nothing : markup`<a href="/trust/controls#${promise}">${text.promise(controlTitles[promise][language], promise)}</a>`}</p>`}
${reason && markup`<p>${reasons[reason][language]}</p>`}
${duty && markup`<p><span class="label">${people}</span> ${duties[duty][language]}</p>`}`;
}

const kept: readonly Status[] = ['proven', 'in-force', 'attested'];

/** A claim by its name; with the word of its status where it is not kept at this moment. */
function claimLink({ id, status }: Line['claims'][number], language: Language): Markup {
  const isKept = kept.includes(status);
  const name = claimName(id)?.[language] ?? markup`<code>${id}</code>`;
  return markup`<span class="${status}">${mark(status)}</span> <a href="/trust/claims/${id}">${name}</a>${!isKept && markup` <span class="quiet">(${words[language].statuses[status].name})</span>`}`;
}

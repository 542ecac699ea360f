import { markup, type Markup } from '#base';
import { type Language } from '../claim.ts';
import type { DataState } from '../data-state.ts';
import { dataWords } from './data-words.ts';

type Type = DataState['types'][number];

/** One type of data: what it is for, how long it is kept and how it ends; behind a fold every place where it lies. */
export function typeCard(type: Type, language: Language): Markup {
  const text = dataWords[language];
  const lies = type.columns.length + type.elsewhere.length;
  return markup`<article id="${type.id}" class="claim">
<h3>${type.say[language]}</h3>
<p>${type.purpose[language]}</p>
<dl class="facts">
<div><dt>${text.howLong}</dt><dd>${type.howLong[language]}</dd></div>
<div><dt>${text.ends}</dt><dd>${endings(type, language)}</dd></div>
</dl>
${lies === 0 ? markup`<p class="quiet">${text.nowhere}</p>` : where(type, language)}
</article>`;
}

function where(type: Type, language: Language): Markup {
  const text = dataWords[language];
  return markup`<details>
<summary>${text.where(type.columns.length, type.elsewhere.length)}</summary>
${type.columns.length > 0 && columns(type, language)}
${type.elsewhere.length > 0 && places(type, language)}
</details>`;
}

function endings({ ends }: Type, language: Language): string {
  const text = dataWords[language];
  if (ends.length === 0) return text.endsNever;
  const words = ends.map((ending) => text.endings[ending]).join('; ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function columns(type: Type, language: Language): Markup {
  const text = dataWords[language];
  return markup`<div class="scroll" role="region" aria-label="${type.say[language]}" tabindex="0"><table class="places">
<thead><tr><th scope="col">${text.columns}</th><th scope="col">${text.classOf}</th><th scope="col">${text.holds}</th></tr></thead>
<tbody>${type.columns.map(
    ({ table, name, class: kind, about }) =>
      markup`<tr><th scope="row"><code>${table}.<wbr>${name}</code></th><td>${kind === undefined ? text.unclassed : text.classes[kind]}</td><td lang="en">${about}</td></tr>`,
  )}</tbody>
</table></div>`;
}

function places({ elsewhere }: Type, language: Language): Markup {
  return markup`<h4>${dataWords[language].places}</h4>
<ul class="places">${elsewhere.map((place) => markup`<li><code>${place}</code></li>`)}</ul>`;
}

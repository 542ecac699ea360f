import { markup, type Markup } from '#base';
import type { Language } from '../claim.ts';
import { frameworkStatuses, type FrameworkState, type FrameworkStates } from '../framework-state.ts';
import { frameworkMark, frameworkStatus, looks } from './framework-mark.ts';
import { frameworkWords } from './frameworks-words.ts';
import { instant } from './trust-page.ts';

/** The page of all frameworks: where each stands, what the words mean, and what they do not. */
export function frameworksBody({ at, frameworks }: FrameworkStates, language: Language): Markup {
  const text = frameworkWords[language];
  return markup`<p class="quiet">${text.computed(`${instant(at)} UTC`)}</p>
<section>
<h2>${text.list}</h2>
<ul class="list">${frameworks.map((framework) => row(framework, language))}</ul>
</section>
${legend(language)}
<section><h2>${text.advice.title}</h2><p>${text.advice.says}</p></section>`;
}

/** Name, edition and how many lines hold; what is failing is said here already. */
function row({ id, name, edition, status, counts, from, isBinding }: FrameworkState, language: Language): Markup {
  const text = frameworkWords[language];
  return markup`<li id="${id}" class="${looks[status]}"><div><a class="says" href="/trust/frameworks/${id}">${name[language]}</a>
<p class="quiet">${edition[language]}. ${text.held(counts.holds, counts.lines)}${!isBinding && from !== null && markup` ${text.notYet(from)}`}</p>
${counts.failing > 0 && markup`<p class="finding failing">${text.leaning(counts.failing)}</p>`}</div>
${frameworkStatus(status, language)}</li>`;
}

function legend(language: Language): Markup {
  const text = frameworkWords[language];
  return markup`<section>
<h2>${text.legend}</h2>
<dl class="legend">${frameworkStatuses.map(
    (status) =>
      markup`<div class="${looks[status]}"><dt>${frameworkMark(status)} ${text.statuses[status].name}</dt><dd>${text.statuses[status].means}</dd></div>`,
  )}</dl>
</section>`;
}

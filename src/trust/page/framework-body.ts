import { markup, type Markup } from '#base';
import type { Language } from '../claim.ts';
import { lineStates, type LineState } from '../framework-line.ts';
import type { Backing, FrameworkState } from '../framework-state.ts';
import { frameworkMark, frameworkStatus, looks } from './framework-mark.ts';
import { frameworkLines } from './framework-lines.ts';
import { frameworkWords } from './frameworks-words.ts';
import { instant } from './trust-page.ts';

/** One framework below its name: where it stands and why, what it is, and each of its lines with its answer. */
export function frameworkBody(framework: FrameworkState, at: string, language: Language): Markup {
  const text = frameworkWords[language];
  const { status, counts } = framework;
  return markup`<p class="quiet">${text.computed(`${instant(at)} UTC`)}</p>
<div class="${looks[status]}">
${frameworkStatus(status, language)}
<p class="lead">${text.statuses[status].means}</p>
</div>
${counts.failing > 0 && markup`<p class="verdict failing"><a href="#failing">${text.leaning(counts.failing)}</a></p>`}
${summary(framework, language)}
${about(framework, language)}
<section>
<h2>${text.lines}</h2>
${lineStates.map((state) => frameworkLines(framework, state, language))}
</section>
${legend(language)}
<section><h2>${text.advice.title}</h2><p>${text.advice.says}</p></section>
<p><a href="/trust/frameworks">${text.all}</a></p>`;
}

/** How many lines stand how, each count a link to them. */
function summary({ counts }: FrameworkState, language: Language): Markup {
  const text = frameworkWords[language];
  const shown = lineStates.filter((state) => counts[state] > 0);
  return markup`<section aria-label="${text.lines}">
<dl class="counts">${shown.map(
    (state) =>
      markup`<div class="${looks[state]}"><dt>${frameworkMark(state)} <a href="#${state}">${text.states[state].name}</a></dt><dd>${counts[state]}</dd></div>`,
  )}</dl>
</section>`;
}

function about(framework: FrameworkState, language: Language): Markup {
  const text = frameworkWords[language];
  const { edition, kind, binds, applies, source, report, statement, from, isBinding, counts } = framework;
  return markup`<section>
<h2>${text.about}</h2>
<dl class="facts">
${fact(text.edition, edition[language])}
${fact(text.kind, text.kinds[kind])}
${fact(text.bound, binds.map((one) => text.bounds[one]).join('; '))}
${fact(text.applies, applies[language])}
${from !== null && fact(text.from, isBinding ? text.since(from) : text.notYet(from))}
${fact(text.source, markup`${text.confidences[source.confidence]} ${source.say[language]}${counts.unverified > 0 && ` ${text.unverifiedLines(counts.unverified)}`}`)}
${fact(text.report, backing(report, text.noReport, language))}
${kind !== 'report' && fact(text.statement, backing(statement, text.noStatement, language))}
</dl>
</section>`;
}

function backing(found: Backing | null, none: string, language: Language): string {
  if (!found) return none;
  return `${found.title}. ${frameworkWords[language].by(found.issuer, found.issuedOn, found.untilOn)}.`;
}

function fact(name: string, value: string | Markup): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function legend(language: Language): Markup {
  const text = frameworkWords[language];
  return markup`<section>
<h2>${text.legendOfLines}</h2>
<dl class="legend">${lineStates.map(
    (state: LineState) =>
      markup`<div class="${looks[state]}"><dt>${frameworkMark(state)} ${text.states[state].name}</dt><dd>${text.states[state].means}</dd></div>`,
  )}</dl>
</section>`;
}

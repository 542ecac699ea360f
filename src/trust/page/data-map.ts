import { markup, type Markup, type VendorProcessor } from '#base';
import { lengthInWords, windowInWords, type Subject } from '#safeguards/retention';
import { type Language } from '../claim.ts';
import type { DataState } from '../data-state.ts';
import { dataWords } from './data-words.ts';
import { instant } from './trust-page.ts';
import { typeCard } from './type-card.ts';

/** Whose data it is, in the order of the page. */
const subjects: readonly Subject[] = ['caller', 'member', 'business', 'installation'];

/** The data map below its heading. */
export function dataMap(state: DataState, language: Language): Markup {
  const text = dataWords[language];
  return markup`<p class="quiet">${text.computed(`${instant(state.at)} UTC`)}</p>
${contents(state, language)}
${usual(state, language)}
<div id="types">
${subjects.map((subject) => ofSubject(state, subject, language))}
</div>
${outside(state, language)}
<section id="not"><h2>${text.noQueue.title}</h2><p>${text.noQueue.says}</p></section>`;
}

function contents(state: DataState, language: Language): Markup {
  const text = dataWords[language];
  return markup`<nav aria-label="${text.contents}"><ul class="contents">
<li><a href="#usual">${text.usual.title}</a></li>
${subjects.map((subject) => markup`<li><a href="#of-${subject}">${text.subjects[subject].title}</a> <span class="quiet">${of(state, subject).length}</span></li>`)}
<li><a href="#outside">${text.outside.title}</a> <span class="quiet">${state.processors.length}</span></li>
</ul></nav>`;
}

function of({ types }: DataState, subject: Subject): DataState['types'] {
  return types.filter((type) => type.subject === subject);
}

function ofSubject(state: DataState, subject: Subject, language: Language): Markup {
  const { title, says } = dataWords[language].subjects[subject];
  return markup`<section id="of-${subject}">
<h2>${title}</h2>
<p>${says}</p>
${of(state, subject).map((type) => typeCard(type, language))}
</section>`;
}

/** Which windows the usual settings have: one column each, wide enough to be scrolled on a telephone. */
function usual({ presets, settable, types }: DataState, language: Language): Markup {
  const { usual: text, account, sooner, notSooner } = dataWords[language];
  const name = (id: string) => types.find((type) => type.id === id)?.say[language] ?? id;
  return markup`<section id="usual">
<h2>${text.title}</h2>
<p>${text.says}</p>
<div class="scroll" role="region" aria-label="${text.title}" tabindex="0"><table>
<thead><tr><th scope="col">${text.type}</th>${presets.map(({ id }) => markup`<th scope="col"><code>${id}</code></th>`)}</tr></thead>
<tbody>
${settable.map(
  (id) =>
    markup`<tr><th scope="row"><a href="#${id}">${name(id)}</a></th>${presets.map(({ item }) => {
      const window = item.windows[id];
      return markup`<td>${window === 'account' ? account : windowInWords(window)[language]}</td>`;
    })}</tr>`,
)}
<tr><th scope="row">${text.handOver}</th>${presets.map(
    ({ item: { afterHandOver } }) =>
      markup`<td>${afterHandOver === null ? notSooner : sooner(lengthInWords(afterHandOver)[language])}</td>`,
  )}</tr>
</tbody></table></div>
</section>`;
}

function outside({ processors }: DataState, language: Language): Markup {
  const { title, says } = dataWords[language].outside;
  return markup`<section id="outside">
<h2>${title}</h2>
<p>${says}</p>
${processors.map((processor) => processorCard(processor, language))}
</section>`;
}

function processorCard(processor: VendorProcessor, language: Language): Markup {
  const text = dataWords[language];
  const { name, hosts, keeps } = processor;
  const { purpose, data, region } = language === 'en' ? processor : (processor[language] ?? processor);
  return markup`<article class="claim">
<h3>${name}</h3>
<p>${purpose}.</p>
<dl class="facts">
<div><dt>${text.gets}</dt><dd>${data.join('; ')}</dd></div>
<div><dt>${text.region}</dt><dd>${region}</dd></div>
${hosts.length > 0 && markup`<div><dt>${text.hosts}</dt><dd>${hosts.map((host, at) => markup`${at > 0 && ', '}<code>${host}</code>`)}</dd></div>`}
</dl>
<h4>${text.keeps}</h4>
${keeps.length === 0 ? markup`<p>${text.keepsNothing}</p>` : markup`<ul>${keeps.map((one) => residue(one, language))}</ul>`}
</article>`;
}

function residue(one: VendorProcessor['keeps'][number], language: Language): Markup {
  const text = dataWords[language];
  const length = one.days === null ? text.openEnded(one.deletable) : text.days(one.days, one.from);
  const ending = one.deletable ? text.deletable : text.notDeletable;
  return markup`<li>${one.say[language]} <span class="quiet">(${one.days === 0 ? text.nothing : `${length}. ${ending}`}${!one.verified && ` ${text.unverified}`} ${sources(one.source, language)})</span></li>`;
}

/** Where the processor says so; without an address, whose word it is. */
function sources(said: string, language: Language): Markup {
  const addresses = said.match(/https:\/\/[^\s,()]+/g) ?? [];
  const operator = /^the operator of (\w+)$/.exec(said)?.[1];
  if (operator !== undefined) return markup`${dataWords[language].operator}: <code>${operator}</code>`;
  if (addresses.length === 0) return markup`<span lang="en">${said}</span>`;
  const name = (at: number) => `${dataWords[language].source}${addresses.length > 1 ? ` ${at + 1}` : ''}`;
  return markup`${addresses.map((address, at) => markup`${at > 0 && ', '}<a href="${address}" rel="noreferrer">${name(at)}</a>`)}`;
}

import Type from 'typebox';
import { markup, type Markup } from '#base';
import type { Language } from '../claim.ts';
import { flowParts, flowState, type FlowPart, type FlowState, type FlowStop } from '../flow-state.ts';
import { dataWords } from './data-words.ts';
import { flowWords } from './flow-words.ts';
import { everywhere, instant, trustPage } from './trust-page.ts';

/** On the way of every call; the others get something besides. */
const onTheWay: readonly FlowPart[] = ['carrier', 'model'];

function body(state: FlowState, language: Language): Markup {
  const text = flowWords[language];
  const also = flowParts.filter((part) => !onTheWay.includes(part)).flatMap((part) => at(state, part));
  return markup`<p class="quiet">${dataWords[language].computed(`${instant(state.at)} UTC`)}</p>
<section id="call"><h2>${text.call}</h2>
<ol class="flow">
<li>${stop(text.caller.name, text.caller.says)}</li>
${carriersIn(state, language)}
<li>${ours(state, language)}</li>
${modelsIn(state, language)}
</ol></section>
<section id="also"><h2>${text.also.title}</h2>
${also.length === 0 ? markup`<p>${text.also.none}</p>` : markup`<p>${text.also.says}</p><ul class="flow">${also.map((one) => markup`<li>${arrow(one, language, 'out')}${outside(one, language)}</li>`)}</ul>`}
</section>
<p><a href="/trust/processors">${text.nobodyElse}</a></p>`;
}

function at({ stops }: FlowState, part: FlowPart): readonly FlowStop[] {
  return stops.filter((one) => one.part === part);
}

function carriersIn(state: FlowState, language: Language): Markup {
  const text = flowWords[language];
  const found = at(state, 'carrier');
  if (found.length === 0)
    return markup`<li>${line(markup`<p>${text.browser.says}</p>`)}${stop(text.browser.name, '')}</li>`;
  return markup`${found.map((one) => markup`<li>${line(markup`<p>${text.calls}</p>`)}${outside(one, language)}${arrow(one, language)}</li>`)}`;
}

function ours({ hosting }: FlowState, language: Language): Markup {
  const text = flowWords[language].ours;
  return markup`<div class="stop ours"><h3>${text.name}</h3><p>${text.says}</p>${
    hosting.length > 0 &&
    markup`<p class="quiet">${text.hosting}: ${hosting.map(({ name, region }, place) => `${place > 0 ? '; ' : ''}${name}, ${region}`)}</p>`
  }</div>`;
}

function modelsIn(state: FlowState, language: Language): Markup {
  const { scripted } = flowWords[language];
  const found = at(state, 'model');
  if (found.length === 0) return markup`<li>${line(markup`<p>${scripted.says}</p>`)}${stop(scripted.name, '')}</li>`;
  return markup`${found.map((one) => markup`<li>${arrow(one, language)}${outside(one, language)}</li>`)}`;
}

function stop(name: string, says: string): Markup {
  return markup`<div class="stop"><h3>${name}</h3>${says !== '' && markup`<p>${says}</p>`}</div>`;
}

function outside(one: FlowStop, language: Language): Markup {
  const text = flowWords[language];
  return markup`<div class="stop"><h3>${one.name}</h3><p class="quiet">${text.parts[one.part]}${one.standing === 'announced' && ` · ${text.announced}`}</p><p>${one.words[language].purpose}.</p></div>`;
}

/** What goes there, and where that is. */
function arrow({ words }: FlowStop, language: Language, way: 'both' | 'out' = 'both'): Markup {
  const text = flowWords[language];
  const { data, region } = words[language];
  return line(
    markup`<p><span class="label">${text.gets}:</span> ${data.join('; ')}</p><p><span class="label">${text.where}:</span> ${region}</p>`,
    way,
  );
}

/** An arrow for the eye; what stands beside it says the same. */
function line(beside: Markup, way: 'both' | 'out' = 'both'): Markup {
  return markup`<div class="arrow"><svg viewBox="0 0 24 32" aria-hidden="true"><path d="M12 3v26M6 23l6 6 6-6${way === 'both' && 'M6 9l6-6 6 6'}"/></svg><div>${beside}</div></div>`;
}

const text = Type.String();
const words = Type.Object({ purpose: text, data: Type.Array(text), region: text });

/** Where data goes, as far as it is switched on or connected here. */
export const flowPage = trustPage<FlowState>({
  path: '/trust/flow',
  field: 'flow',
  title: everywhere(flowWords, ({ title }) => title),
  intro: everywhere(flowWords, ({ intro }) => intro),
  short: everywhere(flowWords, ({ short }) => short),
  load: flowState,
  body,
  schema: Type.Object({
    at: Type.String({ format: 'date-time' }),
    stops: Type.Array(
      Type.Object({
        id: text,
        name: text,
        part: Type.Enum([...flowParts]),
        standing: text,
        hosts: Type.Array(text),
        words: Type.Object({ en: words, es: words, pt: words, hi: words }),
      }),
    ),
    hosting: Type.Array(Type.Object({ name: text, does: text, region: text })),
  }),
});

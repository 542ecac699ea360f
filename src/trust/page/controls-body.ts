import { markup, type Markup } from '#base';
import { groups, type Group, type Language } from '../claim.ts';
import type { ControlClaim, ControlState, Inventory } from '../control-inventory.ts';
import { duration } from './claim-page.ts';
import { controlWords } from './controls-words.ts';
import { anchorOf } from './framework-lines.ts';
import { statusLine } from './status-mark.ts';
import { instant, time } from './trust-page.ts';
import { words } from './words.ts';

/** The control inventory: by subject what is built, and at the end what is not. */
export function controlsBody({ at, controls }: Inventory, language: Language): Markup {
  const text = controlWords[language];
  const built = controls.filter(({ status }) => status !== 'roadmap');
  const used = groups.filter((group) => inGroup(built, group).length > 0);
  const subject = words[language].groups;
  return markup`<p class="quiet">${text.computed(`${instant(at)} UTC`)}</p>
<nav aria-label="${text.contents}"><ul class="contents">
${used.map((group) => markup`<li><a href="#of-${group}">${subject[group]}</a> <span class="quiet">${inGroup(built, group).length}</span></li>`)}
</ul></nav>
${used.map(
  (group) => markup`<section id="of-${group}">
<h2>${subject[group]}</h2>
${inGroup(built, group).map((control) => card(control, language))}
</section>`,
)}
${planned(
  controls.filter(({ status }) => status === 'roadmap'),
  language,
)}`;
}

/** A control stands where the first of its claims does. */
function inGroup(controls: readonly ControlState[], group: Group): readonly ControlState[] {
  return controls.filter((control) => control.group === group);
}

function card({ id, title, status, claims, frameworks }: ControlState, language: Language): Markup {
  const text = controlWords[language];
  return markup`<article id="${id}" class="claim ${status}" aria-labelledby="name-${id}">
<h3 id="name-${id}">${title[language]} <span class="quiet">${id}</span></h3>
${claims.length > 1 && statusLine({ status, since: null }, language)}
<ul class="plain">${claims.map((claim) => shownBy(claim, language))}</ul>
<h4>${text.frameworks}</h4>
${frameworks.length === 0 ? markup`<p class="quiet">${text.noFramework}</p>` : markup`<dl class="facts">${frameworks.map((one) => resting(one, language))}</dl>`}
</article>`;
}

/** One claim: sentence, where it stands, its evidence, how often it looks and what keeps it. */
function shownBy(claim: ControlClaim, language: Language): Markup {
  const text = controlWords[language];
  const { id, status, say, at, checked, every, kept } = claim;
  const facts = [
    at === null ? markup`${text.neverLooked}` : markup`${text.evidence} ${time(at)}, ${text.looked(checked)}.`,
    every === null ? markup`` : markup`${text.every} ${duration(every, language)}.`,
    kept.length === 0
      ? markup``
      : markup`${text.keptBy} ${kept.map((name, place) => markup`${place > 0 && ', '}<code>${name}</code>`)}.`,
  ];
  return markup`<li class="${status}"><a class="says" href="/trust/claims/${id}">${say[language]}</a>
${statusLine(claim, language)}
<p class="quiet">${facts.map((fact) => markup`${fact} `)}</p></li>`;
}

function resting({ id, name, lines }: ControlState['frameworks'][number], language: Language): Markup {
  const links = lines.map(
    (line, at) => markup`${at > 0 && ', '}<a href="/trust/frameworks/${id}#${anchorOf(line)}">${line}</a>`,
  );
  return fact(name[language], markup`${links}`);
}

function planned(controls: readonly ControlState[], language: Language): Markup {
  const { title, says } = controlWords[language].planned;
  if (controls.length === 0) return markup``;
  return markup`<section id="planned">
<h2>${title}</h2>
<p>${says}</p>
<ul>${controls.map(({ id, title: called, claims }) => markup`<li id="${id}"><strong>${called[language]}</strong> <span class="quiet">${id}</span> ${claims.map(({ id: claim, say }) => markup`<a href="/trust/claims/${claim}">${say[language]}</a> `)}</li>`)}</ul>
</section>`;
}

function fact(name: string, value: string | Markup): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

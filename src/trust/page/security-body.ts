import { markup, type Markup } from '#base';
import { clockNames } from '#safeguards/disclosure';
import { contactLink } from '#safeguards/profiles';
import type { Language } from '../claim.ts';
import type { SecurityState } from './security-state.ts';
import { securityWords } from './security-words.ts';
import { table } from './trust-page.ts';

/** What somebody has typed, and what of it cannot be taken. */
export type Typed = {
  readonly title: string;
  readonly details: string;
  readonly contact: string;
  readonly wrong: readonly ('name' | 'details' | 'contact' | 'form' | 'busy')[];
};

const hour = 60 * 60_000;

/** The whole page: what to expect, what counts, what helps, how it was kept, and the form. */
export function securityBody(state: SecurityState, language: Language, typed?: Typed): Markup {
  const text = securityWords[language];
  const form = formOf(state, language, typed);
  return markup`${typed && form}
<section id="expect"><h2>${text.promise.title}</h2><p>${text.promise.says}</p>${promises(state, language)}</section>
<section id="scope"><h2>${text.inScope.title}</h2>${list(text.inScope.items)}
<h3>${text.outOfScope.title}</h3>${list(text.outOfScope.items)}</section>
<section id="send"><h2>${text.send.title}</h2>${list(text.send.items)}</section>
<section id="harbour"><h2>${text.harbour.title}</h2><p>${text.harbour.says}</p></section>
${!typed && form}
<section id="kept"><h2>${text.kept.title}</h2><p>${text.kept.says}</p>${standing(state, language)}</section>`;
}

function promises({ acknowledgement, timeZone }: SecurityState, language: Language): Markup {
  const { promise } = securityWords[language];
  const within = promise.within[acknowledgement];
  const zone = acknowledgement === 'business-day' && ` (${promise.zone(timeZone)})`;
  return markup`<dl class="facts">
<div><dt>${promise.acknowledged}</dt><dd>${within}${zone}</dd></div>
<div><dt>${promise.assessed}</dt><dd>${promise.assessedIn}</dd></div>
<div><dt>${promise.fixed}</dt><dd>${promise.fixedIn}</dd></div>
<div><dt>${promise.rest}</dt><dd>${promise.restIn}</dd></div>
<div><dt>${promise.published}</dt><dd>${promise.publishedIn}</dd></div>
</dl>`;
}

function list(items: readonly string[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

function standing({ standing: all }: SecurityState, language: Language): Markup {
  const { kept: text, clocks } = securityWords[language];
  if (clockNames.every((what) => all[what] === null)) return markup`<p>${text.tooFew}</p>`;
  const rows = clockNames.map((what) => {
    const one = all[what];
    if (one === null) return [clocks[what], text.tooFew, '', ''];
    const median = one.medianMs === null ? text.none : text.hours(Math.round(one.medianMs / hour));
    return [clocks[what], String(one.kept), String(one.missed), median];
  });
  return table(text.title, [text.what, text.kept, text.missed, text.median], rows);
}

function formOf(state: SecurityState, language: Language, typed: Typed | undefined): Markup {
  const { form: text, wrong } = securityWords[language];
  const { title = '', details = '', contact = '', wrong: mistakes = [] } = typed ?? {};
  const bad = (field: Typed['wrong'][number]) => mistakes.includes(field) && markup` aria-invalid="true"`;
  return markup`<section id="report"><h2>${text.title}</h2><p>${text.says}</p>
${
  mistakes.length > 0 &&
  markup`<div class="verdict failing" role="alert"><p>${wrong.title}</p><ul>${mistakes.map((field) => markup`<li>${wrong[field]}</li>`)}</ul></div>`
}
<form method="post" action="/trust/security?lang=${language}" accept-charset="utf-8">
<input type="hidden" name="form" value="${state.form}">
<label for="title">${text.name}</label>
<input id="title" name="title" required maxlength="200" autocomplete="off" value="${title}"${bad('name')}>
<label for="details">${text.details}</label>
<p class="quiet" id="details-hint">${text.detailsHint}</p>
<textarea id="details" name="details" required maxlength="20000" rows="10" aria-describedby="details-hint"${bad('details')}>
${details}</textarea>
<label for="contact">${text.contact}</label>
<p class="quiet" id="contact-hint">${text.contactHint}</p>
<input id="contact" name="contact" type="email" maxlength="254" autocomplete="email" aria-describedby="contact-hint" value="${contact}"${bad('contact')}>
<p><button type="submit">${text.send}</button></p>
</form>
${state.contact !== null && markup`<p>${text.otherwise} <a href="${contactLink(state.contact)}">${state.contact}</a></p>`}
<p class="quiet">${text.program}: <code>POST ${state.intake}</code></p>
</section>`;
}

import { markup, type Markup } from '#base';
import { contactLink, type Profile } from '#safeguards/profiles';
import type { Language } from '../claim.ts';
import { contactWords } from './contact-words.ts';

const kinds = ['privacyContact', 'supportContact', 'securityContact'] as const;

/** Who stands behind a page and whom to write to, in one line for its foot; nothing while nobody does. */
export function contactLine(profile: Profile, language: Language): Markup {
  const text = contactWords[language];
  const { legalName, address } = profile;
  if (legalName === null) return markup``;
  const links = kinds.map((kind) => {
    const contact = profile[kind];
    return contact !== null && markup` · <a href="${contactLink(contact)}">${text[kind]}</a>`;
  });
  return markup`<p>${legalName}${address !== null && `, ${address}`}${links}</p>`;
}

/** The same in full, with what they promise: how soon a report is answered, and how early a processor is announced. */
export function contactFacts(profile: Profile, language: Language): Markup {
  const text = contactWords[language];
  const { legalName, address, acknowledgement, noticeDays } = profile;
  return markup`<dl class="facts">
${fact(text.legalName, legalName)}
${fact(text.address, address)}
${kinds.map((kind) => {
  const contact = profile[kind];
  return contact !== null && fact(text[kind], markup`<a href="${contactLink(contact)}">${contact}</a>`);
})}
${fact(text.acknowledgement, text.within[acknowledgement])}
${fact(text.notice, text.days(noticeDays))}
</dl>`;
}

function fact(name: string, value: string | Markup | null): Markup {
  return value === null ? markup`` : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

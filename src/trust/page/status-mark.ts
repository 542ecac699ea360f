import { markup, type Markup } from '#base';
import type { Language, Status } from '../claim.ts';
import { remarkIn } from '../remarks.ts';
import { time } from './trust-page.ts';
import { words } from './words.ts';

/** Drawn where a letter could be missing from the reader's fonts; 16 units square, in the colour of the status. */
const drawn = {
  check: markup`<svg viewBox="0 0 16 16"><path d="M3 8.5l3.2 3.5L13 4.5"/></svg>`,
  ring: markup`<svg viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.5"/></svg>`,
  cross: markup`<svg viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></svg>`,
  arrow: markup`<svg viewBox="0 0 16 16"><path d="M2.5 8h10M9 4l4 4-4 4"/></svg>`,
};

const marks: { readonly [S in Status]: Markup | string } = {
  'proven': drawn.check,
  'not-exercised': drawn.ring,
  'failing': drawn.cross,
  'unknown': '?',
  'attested': '§',
  'attestation-expired': '§',
  'in-force': drawn.check,
  'overdue': '!',
  'roadmap': drawn.arrow,
  'not-claimed': '–',
};

/** A status as a sign, for the eye only: its word always stands beside it. */
export function mark(status: Status): Markup {
  return markup`<span class="mark" aria-hidden="true">${marks[status]}</span>`;
}

/** Sign and word of a status, and since when it is so where that is known. */
export function statusLine({ status, since }: Stated, language: Language): Markup {
  const text = words[language];
  return markup`<p class="status">${mark(status)} ${text.statuses[status].name}${sinceWhen(since, language)}</p>`;
}

/** Since when, in small print; nothing where that is not known. */
export function sinceWhen(since: string | null, language: Language): Markup {
  const [before, behind] = words[language].since;
  return since === null ? markup`` : markup` <span class="quiet">${before}${time(since)}${behind}</span>`;
}

/** What a check reported: in the reader's language where that is known, else as it was reported, in English. */
export function reported(why: string, language: Language): Markup {
  const said = remarkIn(why, language);
  return said === undefined ? markup`<q lang="en">${why}</q>` : markup`<q>${said}</q>`;
}

type Stated = { readonly status: Status; readonly since: string | null };

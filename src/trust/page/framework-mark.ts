import { markup, type Markup } from '#base';
import type { Language, Status } from '../claim.ts';
import type { LineState } from '../framework-line.ts';
import type { FrameworkStatus } from '../framework-state.ts';
import { frameworkWords } from './frameworks-words.ts';
import { mark } from './status-mark.ts';

/** The colour and sign that each has, by the status of a claim that looks like it. */
export const looks: { readonly [S in FrameworkStatus | LineState]: Status } = {
  'not-claimed': 'not-claimed',
  'roadmap': 'roadmap',
  'documented': 'not-exercised',
  'in-force': 'in-force',
  'audited': 'attested',
  'holds': 'proven',
  'failing': 'failing',
  'unseen': 'unknown',
  'people': 'not-exercised',
  'open': 'roadmap',
  'not-applicable': 'not-claimed',
};

export function frameworkMark(status: FrameworkStatus | LineState): Markup {
  return mark(looks[status]);
}

/** Sign and word of where a framework stands. */
export function frameworkStatus(status: FrameworkStatus, language: Language): Markup {
  return markup`<p class="status">${frameworkMark(status)} ${frameworkWords[language].statuses[status].name}</p>`;
}

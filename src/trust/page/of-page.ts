import { markup, type Markup } from '#base';
import type { KeptProfile } from '#safeguards/profiles';
import type { Entry } from '#safeguards/register';
import type { Said } from '#safeguards/retention';
import type { Language } from '../claim.ts';
import type { TrustState } from '../state.ts';
import { contactWords } from './contact-words.ts';
import { contactFacts } from './contacts.ts';
import { ofWords } from './of-words.ts';
import { counts, verdict } from './overview.ts';
import { retentionWords } from './retention-words.ts';
import { scheduleTables, type ScheduleRow } from './retention-page.ts';
import { instant, table } from './trust-page.ts';
import { words } from './words.ts';

/** What the page of one organisation shows. */
export type OfState = {
  readonly trust: TrustState;
  readonly profile: KeptProfile;
  /** Its windows in a sentence, and the types of data with the times that it has set. */
  readonly preset: Said | null;
  readonly types: readonly ScheduleRow[];
  /** Those of the installation, and those that it has connected itself. */
  readonly processors: readonly Entry[];
};

/** Who is responsible, what is promised, who else gets something, and how long things are kept. */
export function ofBody(state: OfState, language: Language): Markup {
  const text = ofWords[language];
  const { trust, profile, types } = state;
  return markup`<p class="quiet">${words[language].computed(`${instant(trust.at)} UTC`)}</p>
<section id="responsible"><h2>${contactWords[language].title}</h2>${contactFacts(profile, language)}</section>
<section id="promises"><h2>${text.promises}</h2><p>${text.promisesSays}</p>
${verdict(trust, language)}
${counts(trust, language)}
<p><a href="/trust">${text.all}</a></p>
</section>
<section id="processors"><h2>${text.processors.title}</h2>${processors(state, language)}</section>
<section id="retention"><h2>${retentionWords[language].title}</h2>
<p>${retentionWords[language].intro}</p>${state.preset && markup`<p>${state.preset[language]}</p>`}
${scheduleTables(types, language, 'h3')}
</section>`;
}

function processors({ processors: all }: OfState, language: Language): Markup {
  const text = ofWords[language];
  if (all.length === 0) return markup`<p>${text.processors.none}</p>`;
  const rows = all.map(({ name, words: said }) => {
    const { purpose, data, region } = said[language];
    return [name, purpose, data.join('; '), region];
  });
  return table(text.processors.says, [text.processor, text.purpose, text.data, text.region], rows);
}

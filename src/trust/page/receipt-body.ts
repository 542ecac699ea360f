import { iso, markup, type Markup } from '#base';
import type { Reply, Report } from '#safeguards/disclosure';
import type { Language } from '../claim.ts';
import { securityWords } from './security-words.ts';
import { table, time } from './trust-page.ts';

export type ShownReport = Report & { readonly replies: readonly Reply[] };

/** Where a report stands, for whoever holds its receipt. */
export function receiptBody(report: ShownReport, language: Language): Markup {
  const { receipt: text, clocks } = securityWords[language];
  const rows = report.clocks.map(({ what, due, doneAt }) => [
    clocks[what],
    time(iso(due)),
    doneAt === null ? markup`–` : time(iso(doneAt)),
  ]);
  const { severity, reason, closedAt, replies } = report;
  return markup`<p class="verdict partly">${text.keep}</p>
<section id="state"><h2>${text.state}</h2>
<dl class="facts">
<div><dt>${text.received}</dt><dd>${time(iso(report.receivedAt))}</dd></div>
<div><dt>${text.severity}</dt><dd>${severity === null ? text.notYet : text.severities[severity]}</dd></div>
${closedAt !== null && reason !== null && markup`<div><dt>${text.closed}</dt><dd>${time(iso(closedAt))}: ${text.reasons[reason]}</dd></div>`}
</dl>
${table(text.state, ['', text.promised, text.done], rows)}
</section>
<section id="answers"><h2>${text.answers}</h2>
${replies.length === 0 ? markup`<p>${text.noAnswers}</p>` : replies.map(answer)}
<p class="quiet">${text.words}</p></section>`;
}

function answer({ at, text }: Reply): Markup {
  return markup`<article class="claim"><p class="quiet">${time(iso(at))}</p>${paragraphs(text)}</article>`;
}

function paragraphs(text: string): readonly Markup[] {
  return text.split(/\n+/).map((line) => markup`<p>${line}</p>`);
}

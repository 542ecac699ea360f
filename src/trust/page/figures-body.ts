import { markup, type Markup } from '#base';
import type { FiguresOfWeek, Happening } from '#secretary/figures';
import type { Language } from '../claim.ts';
import { figuresWords } from './figures-words.ts';
import { table, time } from './trust-page.ts';

export type NumbersState = { readonly weeks: readonly FiguresOfWeek[] };
export type LiveState = { readonly items: readonly Happening[] };

/** Public numbers week by week, and what they cannot tell. */
export function numbersBody({ weeks }: NumbersState, language: Language): Markup {
  const { weeks: text, how } = figuresWords[language];
  return markup`<section id="weeks"><h2>${text.title}</h2>
${weeks.length === 0 ? markup`<p>${text.none}</p>` : weekTable(weeks, language)}
</section>
<section id="how"><h2>${how.title}</h2><ul>${how.says.map((line) => markup`<li>${line}</li>`)}</ul></section>`;
}

function weekTable(weeks: readonly FiguresOfWeek[], language: Language): Markup {
  const { weeks: text } = figuresWords[language];
  const calls = weeks.reduce((sum, one) => sum + (one.calls ?? 0), 0);
  const told = (count: number | null) =>
    count === null ? markup`<span class="quiet">${text.tooFew}</span>` : number(count, language);
  const rows = weeks.map((one) => [
    markup`<time datetime="${one.week}">${one.week}</time>`,
    told(one.calls),
    told(one.messages),
    told(one.appointments),
    one.answerMs === null ? told(null) : seconds(one.answerMs, language),
  ]);
  const head = [text.week, text.calls, text.messages, text.appointments, text.answered];
  return markup`${calls > 0 && markup`<p>${text.sum(number(calls, language))}</p>`}${table(text.title, head, rows)}`;
}

/** The last day by the hour. */
export function liveBody({ items }: LiveState, language: Language): Markup {
  const { live: text } = figuresWords[language];
  const rows = items.map(({ hour, kind, about }) => [
    time(hour),
    text.kinds[kind],
    text.times(number(about, language)),
  ]);
  return markup`<section id="lately"><h2>${text.short}</h2>
${rows.length === 0 ? markup`<p>${text.none}</p>` : table(text.title, [text.hour, text.what, text.about], rows)}
</section>
<section id="how"><h2>${figuresWords[language].how.title}</h2><ul>${text.says.map((line) => markup`<li>${line}</li>`)}</ul></section>`;
}

function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value);
}

function seconds(ms: number, language: Language): string {
  const style = { style: 'unit', unit: 'second', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, style).format(ms / 1_000);
}

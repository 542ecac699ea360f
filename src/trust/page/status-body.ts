import { markup, type Markup } from '#base';
import type { Kept, Response, UptimeDay, UptimeState } from '#safeguards/uptime';
import type { Language } from '../claim.ts';
import { statusWords } from './status-words.ts';
import { table, time } from './trust-page.ts';

const minute = 60_000;

/** Ninety days as bars and as a table, what was promised month by month, and how long answers took. */
export function statusBody(state: UptimeState, language: Language): Markup {
  const text = statusWords[language];
  return markup`<section id="days"><h2>${text.days.title}</h2>${days(state, language)}</section>
<section id="promises"><h2>${text.promises.title}</h2>${promises(state, language)}</section>
<section id="times"><h2>${text.times.title}</h2><p>${text.times.says}</p>${times(state, language)}</section>
<section id="how"><h2>${text.how.title}</h2>${text.how.says.map((line) => markup`<p>${line}</p>`)}</section>`;
}

function days({ days: all, since }: UptimeState, language: Language): Markup {
  const { days: text, minutes } = statusWords[language];
  if (since === null) return markup`<p>${text.never}</p>`;
  const measured = all.filter(({ shares }) => shares !== null);
  const total = measured.reduce((sum, { shares }) => sum + timeIn(shares), 0);
  const up = measured.reduce((sum, { shares }) => sum + (shares?.up ?? 0), 0);
  const summary = text.summary(percent(total === 0 ? 0 : (up / total) * 100, language), measured.length);
  const rows = measured
    .toReversed()
    .map(({ day, upPercent, shares }) => [
      markup`<time datetime="${day}">${day}</time>`,
      upPercent === null ? text.notMeasured : percent(upPercent, language),
      ...(['down', 'gap', 'planned'] as const).map((how) => minutes(Math.ceil((shares?.[how] ?? 0) / minute))),
    ]);
  return markup`<p>${summary} <span class="quiet">${text.since} ${time(since)}</span></p>
${bars(all, `${text.title}. ${summary}`, language)}
<details class="more"><summary>${text.table}</summary>
${table(text.table, [text.day, text.up, text.down, text.gap, text.planned], rows)}
</details>`;
}

function timeIn(shares: UptimeDay['shares']): number {
  return shares === null ? 0 : shares.up + shares.down + shares.gap + shares.planned;
}

const [width, height] = [8, 60] as const;

/** One bar a day; what was not up stands on top, never thinner than can be seen. */
function bars(all: readonly UptimeDay[], name: string, language: Language): Markup {
  const { days: text } = statusWords[language];
  const one = ({ day, shares, upPercent }: UptimeDay, at: number) => {
    const x = at * width;
    if (shares === null)
      return markup`<rect class="none" x="${x}" y="0" width="6" height="${height}"><title>${day}: ${text.notMeasured}</title></rect>`;
    const missing = 1 - shares.up / timeIn(shares);
    const lost = missing === 0 ? 0 : Math.max(6, Math.round(missing * height));
    const says = `${day}: ${percent(upPercent ?? 0, language)}`;
    return markup`<g><title>${says}</title><rect class="up" x="${x}" y="${lost}" width="6" height="${height - lost}"/>${lost > 0 && markup`<rect class="lost" x="${x}" y="0" width="6" height="${lost}"/>`}</g>`;
  };
  return markup`<svg class="bars" viewBox="0 0 ${all.length * width} ${height}" role="img" aria-label="${name}">${all.map(one)}</svg>
<ul class="contents quiet"><li><svg class="bars key" viewBox="0 0 6 6" aria-hidden="true"><rect class="up" width="6" height="6"/></svg> ${text.full}</li><li><svg class="bars key" viewBox="0 0 6 6" aria-hidden="true"><rect class="lost" width="6" height="6"/></svg> ${text.part}</li><li><svg class="bars key" viewBox="0 0 6 6" aria-hidden="true"><rect class="none" width="6" height="6"/></svg> ${text.notMeasured}</li></ul>`;
}

function promises({ months }: UptimeState, language: Language): Markup {
  const { promises: text } = statusWords[language];
  const rows = months.flatMap(({ month, isOver, kept }) =>
    kept
      .filter(({ target }) => target !== null)
      .map((one) => [
        isOver ? month : `${month} (${text.running})`,
        text.names[one.what],
        figure(one, one.target, language),
        figure(one, one.reached, language),
        one.isKept === null ? text.unknown : one.isKept ? text.kept : markup`<strong>${text.missed}</strong>`,
      ]),
  );
  if (rows.length === 0) return markup`<p>${text.none}</p>`;
  return markup`<p>${text.says}</p>${table(text.title, [text.month, text.what, text.target, text.reached, text.result], rows)}`;
}

function figure({ what }: Kept, value: number | null, language: Language): string {
  if (value === null) return '–';
  return what === 'uptime' ? percent(value, language) : statusWords[language].promises.within(length(value, language));
}

function times({ responses }: UptimeState, language: Language): Markup {
  const { times: text } = statusWords[language];
  const lengths = ({ answers, p50, p95, p99 }: Response) =>
    answers === 0 ? [text.none, '–', '–'] : [p50, p95, p99].map((ms) => (ms === null ? '–' : length(ms, language)));
  const rows = responses.map((one) => [text.names[one.what], String(one.answers), String(one.failed), ...lengths(one)]);
  return table(text.title, [text.what, text.answers, text.failed, text.half, text.most, text.nearlyAll], rows);
}

/** Two digits, and never rounded up to a whole that it is not. */
function percent(value: number, language: Language): string {
  const cut = Math.floor(value * 100 + 1e-9) / 100;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(cut / 100);
}

function length(ms: number, language: Language): string {
  const isLong = ms >= 1_000;
  const style = { style: 'unit', unit: isLong ? 'second' : 'millisecond', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, style).format(isLong ? ms / 1_000 : ms);
}

import type { ParsedResult } from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';
import type { Clock, ClockRule, DayPart, Language, NumberWords, TimeWords } from '../language.ts';
import { figures } from './numbers.ts';

/** A wish for a time, in the business's local days and minutes of the day. Nothing is decided that was not said. */
export type When = {
  /** First and last day that would do, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly to?: string;
  readonly time?: WishedTime;
  readonly part?: DayPart;
};

/** Minute of the day; `sure` when morning or afternoon was said. `bound` turns the point into a range. */
export type WishedTime = {
  readonly minute: number;
  readonly sure: boolean;
  readonly bound?: 'after' | 'before';
  /** End of `between A and B`. */
  readonly until?: number;
};

export type WhenOptions = {
  readonly nowMs: number;
  readonly timeZone: string;
  /** A lone `3` is a time: right only after a question for one. */
  readonly bareTimes: boolean;
};

/** Reads days and times out of a sentence. Undefined when it names neither. */
export function whenOf(text: string, language: Language, options: WhenOptions): When | undefined {
  const { time: words, numbers } = language;
  const lower = withFigures(text, numbers);
  const rewritten = words.rewrite.reduce((so, [pattern, by]) => so.replace(pattern, by), lower);
  const part = partOf(rewritten, words);
  const { time, rest } = timeOf(rewritten, words, part, options.bareTimes);
  const days = daysOf(part ? rest.replace(words.parts[part], ' ') : rest, words, options);
  const when = { ...days, ...(time && { time }), ...(part && !time?.sure && { part }) };
  return Object.keys(when).length === 0 ? undefined : when;
}

/** `twenty-fourth` has no number word in it but means 24th; languages list ordinals in `rewrite`. */
function withFigures(text: string, numbers: NumberWords): string {
  return figures(text.toLowerCase().normalize('NFC').replace(/’/gu, "'"), numbers);
}

function partOf(text: string, words: TimeWords): DayPart | undefined {
  return (['morning', 'afternoon', 'evening'] as const).find((part) => words.parts[part].test(text));
}

type TimeFound = { readonly time?: WishedTime; readonly rest: string };

function timeOf(text: string, words: TimeWords, part: DayPart | undefined, bare: boolean): TimeFound {
  const range = rangeOf(text, words, part);
  if (range) return range;
  const found = clockIn(text, words.clocks, bare);
  if (!found) return { rest: text };
  const before = text.slice(0, found.at);
  const bound = words.after.test(before) ? 'after' : words.before.test(before) ? 'before' : undefined;
  return { time: { ...minuteOf(found.clock, part), ...(bound && { bound }) }, rest: found.rest };
}

/** `between 2 and 4 in the afternoon`: what is said of the end holds for the beginning. */
function rangeOf(text: string, words: TimeWords, part: DayPart | undefined): TimeFound | undefined {
  const range = words.between.exec(text);
  const [from, to] = range ? [clockIn(range[1]!, words.clocks, true), clockIn(range[2]!, words.clocks, true)] : [];
  if (!range || !from || !to) return undefined;
  const { half } = to.clock;
  const first = minuteOf(half && !from.clock.half ? { ...from.clock, half } : from.clock, part);
  const last = minuteOf(to.clock, part);
  const until = last.minute <= first.minute ? last.minute + 720 : last.minute;
  return { time: { ...first, until: Math.min(until, 1_439) }, rest: text.replace(range[0], ' ') };
}

type ClockFound = { readonly clock: Clock; readonly at: number; readonly rest: string };

/** The first rule that matches wins; its words are taken out so that chrono does not read them as a day. */
function clockIn(text: string, rules: readonly ClockRule[], bare: boolean): ClockFound | undefined {
  const all = bare ? [...rules, bareClock] : rules;
  for (const { pattern, clock: read } of all) {
    const match = pattern.exec(text);
    const clock = match ? read(match.slice(1).map((group) => group ?? '')) : undefined;
    if (match && clock && clock.hour < 24 && clock.minute < 60) {
      const at = match.index + Math.max(0, match[0].search(/\d/));
      return { clock, at, rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}` };
    }
  }
  return undefined;
}

const bareClock: ClockRule = {
  pattern: /(?<![\d:.,-]\s?)\b(\d{1,2})(?:[ :.]([0-5]\d))?\b(?!\s?[\d:]|(?:st|nd|rd|th)\b)/u,
  clock: ([hour, minute]) => ({ hour: Number(hour), minute: Number(minute) }),
};

/** Minute of the day. Without a half of the day an hour up to 12 stays unsure, as written. */
function minuteOf(clock: Clock, part: DayPart | undefined): { readonly minute: number; readonly sure: boolean } {
  const half = clock.half ?? (part === 'morning' ? 'am' : part === undefined ? undefined : 'pm');
  if (clock.hour > 12 || clock.hour === 0) return { minute: clock.hour * 60 + clock.minute, sure: true };
  if (half === undefined) return { minute: clock.hour * 60 + clock.minute, sure: false };
  return { minute: ((clock.hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + clock.minute, sure: true };
}

function daysOf(text: string, words: TimeWords, options: WhenOptions): Pick<When, 'from' | 'to'> {
  const now = Temporal.Instant.fromEpochMilliseconds(options.nowMs).toZonedDateTimeISO(options.timeZone);
  const today = now.toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const { exact, weekday } = chronoDays(text, words, now, options);
  const day = exact ?? monthDay(text, words, today) ?? weekday;
  if (words.nextWeek.test(text)) {
    const next = monday.add({ weeks: 1 });
    return day ? one(next.add({ days: day.dayOfWeek - 1 })) : span(next, next.add({ days: 6 }));
  }
  if (day) return one(day);
  if (words.weekend.test(text)) return span(monday.add({ days: 5 }), monday.add({ days: 6 }));
  return words.thisWeek.test(text) ? span(today, monday.add({ days: 6 })) : {};
}

type ChronoDays = { readonly exact: Temporal.PlainDate | undefined; readonly weekday: Temporal.PlainDate | undefined };

/**
 * What chrono makes of the days: a date it is sure of, and a mere weekday. Times were taken out before. Of several the
 * last counts: "Tuesday is bad, what about Wednesday?"
 */
function chronoDays(text: string, words: TimeWords, now: Temporal.ZonedDateTime, options: WhenOptions): ChronoDays {
  const reference = { instant: new Date(options.nowMs), timezone: now.offsetNanoseconds / 60e9 };
  const cleaned = [words.nextWeek, words.weekend, words.thisWeek].reduce((so, span) => so.replace(span, ' '), text);
  const starts = words.chrono
    .parse(cleaned, reference, { forwardDate: true })
    .filter((result) => !words.notDates.test(result.text) && !result.start.isCertain('hour'))
    .map(({ start }) => start);
  return {
    exact: dateOf(starts.findLast((start) => start.isCertain('day'))),
    weekday: notToday(dateOf(starts.findLast((start) => start.isCertain('weekday'))), now.toPlainDate()),
  };
}

/** Who means today says today: "Friday" on a Friday is the next one. */
function notToday(day: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  return day?.equals(today) ? day.add({ weeks: 1 }) : day;
}

function dateOf(parts: ParsedResult['start'] | undefined): Temporal.PlainDate | undefined {
  const [year, month, day] = [parts?.get('year'), parts?.get('month'), parts?.get('day')];
  if (!year || !month || !day) return undefined;
  const lastDay = new Temporal.PlainYearMonth(year, month).daysInMonth;
  return day <= lastDay ? new Temporal.PlainDate(year, month, day) : undefined;
}

/** `the 24th`: the next day of that number. */
function monthDay(text: string, words: TimeWords, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const day = Number(words.monthDay.exec(text)?.[1]);
  if (!(day >= 1 && day <= 31)) return undefined;
  for (let ahead = 0; ahead < 3; ahead++) {
    const month = today.with({ day: 1 }).add({ months: ahead });
    const date = day <= month.daysInMonth ? month.with({ day }) : undefined;
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return undefined;
}

function one(day: Temporal.PlainDate): Pick<When, 'from' | 'to'> {
  return span(day, day);
}

function span(from: Temporal.PlainDate, to: Temporal.PlainDate): Pick<When, 'from' | 'to'> {
  return { from: from.toString(), to: to.toString() };
}

import { Temporal } from 'temporal-polyfill';
import type { Mistake } from '#base';
import type { Hours } from '#adapters/models';

/** When and where a business is open: local wall times and the IANA zone of the clock on its wall. */
export type Opening = { readonly hours: Hours; readonly timeZone: string };

/** From `startsAt` up to, not including, `endsAt`, in milliseconds since the epoch. */
export type Span = { readonly startsAt: number; readonly endsAt: number };

/**
 * The times the business is open between two instants, in order, one span for each entry of its hours.
 * It is open exactly when the clock on its wall says so: an hour that daylight saving skips is no opening time,
 * an hour that comes twice is open twice, and a span may fall into two parts.
 */
export function* openSpans(opening: Opening, from: number, until: number): Generator<Span> {
  let day = dateAt(opening.timeZone, from);
  const last = dateAt(opening.timeZone, until);
  while (Temporal.PlainDate.compare(day, last) <= 0) {
    yield* spansOfDay(opening, day).filter((span) => span.endsAt > from && span.startsAt < until);
    day = day.add({ days: 1 });
  }
}

/** Whether the business is open all the time of the span; entries that meet, at midnight for example, count as one. */
export function isOpen(opening: Opening, span: Span): boolean {
  let covered = span.startsAt;
  for (const open of openSpans(opening, span.startsAt, span.endsAt)) {
    if (open.startsAt > covered) return false;
    covered = Math.max(covered, open.endsAt);
  }
  return covered >= span.endsAt;
}

/** What is wrong with opening hours, as JSON pointers below `/hours`: times run forward and do not overlap within a day. */
export function hoursMistakes(hours: Hours): readonly Mistake[] {
  return weekdays.flatMap((day) =>
    hours[day].flatMap(({ from, to }, index) => {
      const before = hours[day][index - 1];
      const at = `/hours/${day}/${index}`;
      if (!isWallTime(from) || !(isWallTime(to) || to === '24:00')) {
        return [{ at, fix: 'must be times such as 09:00 and 17:30; only the end may be 24:00' }];
      }
      if (from >= to) return [{ at, fix: 'must end after it begins; split what runs past midnight at 24:00' }];
      return before && before.to > from ? [{ at, fix: 'must begin after the one before it ended' }] : [];
    }),
  );
}

/** A stretch of one local day with one offset from UTC: the whole day, or a part of it when the clocks change. */
type Stretch = Span & { readonly offsetMs: number };

function spansOfDay(opening: Opening, day: Temporal.PlainDate): Span[] {
  const stretches = stretchesOf(opening.timeZone, day);
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  const spans = opening.hours[weekdays[day.dayOfWeek - 1]!].flatMap(({ from, to }) => {
    const parts = stretches.map((stretch) => ({
      startsAt: Math.max(stretch.startsAt, midnight + wallMs(from) - stretch.offsetMs),
      endsAt: Math.min(stretch.endsAt, midnight + wallMs(to) - stretch.offsetMs),
    }));
    return joined(parts.filter((part) => part.startsAt < part.endsAt));
  });
  return spans.toSorted((a, b) => a.startsAt - b.startsAt);
}

function stretchesOf(timeZone: string, day: Temporal.PlainDate): Stretch[] {
  const end = day.add({ days: 1 }).toZonedDateTime(timeZone);
  const stretches: Stretch[] = [];
  let start = day.toZonedDateTime(timeZone);
  while (start.epochMilliseconds < end.epochMilliseconds) {
    const change = start.getTimeZoneTransition('next');
    const next = change && change.epochMilliseconds < end.epochMilliseconds ? change : end;
    const offsetMs = start.offsetNanoseconds / 1e6;
    stretches.push({ startsAt: start.epochMilliseconds, endsAt: next.epochMilliseconds, offsetMs });
    start = next;
  }
  return stretches;
}

function joined(parts: readonly Span[]): Span[] {
  return parts.reduce<Span[]>((spans, part) => {
    const last = spans.at(-1);
    if (last?.endsAt !== part.startsAt) return [...spans, part];
    return [...spans.slice(0, -1), { startsAt: last.startsAt, endsAt: part.endsAt }];
  }, []);
}

function dateAt(timeZone: string, at: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function wallMs(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours! * 60 + minutes!) * 60_000;
}

function isWallTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

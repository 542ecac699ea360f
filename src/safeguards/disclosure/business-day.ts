import { Temporal } from 'temporal-polyfill';

/** By whose days it is counted: an IANA time zone, and which days (1 is Monday, 7 is Sunday) are no business days there. */
export type Week = { readonly timeZone: string; readonly weekend: readonly number[] };

/**
 * The instant one business day later: the same time by the clock on the wall on the next day that is a business day. What
 * comes at the weekend counts as if it had come when the weekend was over. A time that daylight saving skips is the one
 * that the clocks are put forward to. Holidays are business days: nobody could agree on which there are.
 */
export function businessDayAfter(at: number, { timeZone, weekend }: Week): number {
  if (weekend.length >= 7) throw new TypeError('a week has a business day');
  const isOff = (day: { readonly dayOfWeek: number }) => weekend.includes(day.dayOfWeek);
  const came = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const from = isOff(came) ? nextOf(came.toPlainDate(), isOff) : came.toPlainDate();
  const wall = isOff(came) ? Temporal.PlainTime.from('00:00') : came.toPlainTime();
  const due = nextOf(from, isOff).toZonedDateTime({ timeZone, plainTime: wall });
  return due.epochMilliseconds;
}

/** The first day after that one which is not off. */
function nextOf(day: Temporal.PlainDate, isOff: (day: Temporal.PlainDate) => boolean): Temporal.PlainDate {
  const next = day.add({ days: 1 });
  return isOff(next) ? nextOf(next, isOff) : next;
}

/** The weekend of a country or subdivision (ISO 3166), as CLDR knows it; Saturday and Sunday where it knows none. */
export function weekendOf(region: string): readonly number[] {
  const country = region.slice(0, 2);
  if (!/^[A-Z]{2}$/.test(country)) return [6, 7];
  const locale: Intl.Locale & { getWeekInfo?(): { readonly weekend: readonly number[] } } = new Intl.Locale(
    `und-${country}`,
  );
  return locale.getWeekInfo?.().weekend ?? [6, 7];
}

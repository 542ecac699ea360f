import { Temporal } from 'temporal-polyfill';
import type { Scene } from './scene.ts';

const msPerMinute = 60_000;

/** An instant in the business's time zone. */
export function local(scene: Scene, epochMinute: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMinute * msPerMinute).toZonedDateTimeISO(scene.briefing.timeZone);
}

/** This moment, in whole minutes since the epoch. */
export function thisMinute(scene: Scene): number {
  return Math.floor(scene.nowMs / msPerMinute);
}

export function today(scene: Scene): Temporal.PlainDate {
  return local(scene, thisMinute(scene)).toPlainDate();
}

/** Minute of the local day. */
export function minuteOfDay(scene: Scene, epochMinute: number): number {
  const at = local(scene, epochMinute);
  return at.hour * 60 + at.minute;
}

/** A local day and minute as minutes since the epoch; a time the clocks skip moves forward. */
export function epochMinuteOf(scene: Scene, day: Temporal.PlainDate, minute: number): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const at = day.toZonedDateTime({ timeZone: scene.briefing.timeZone, plainTime: time });
  return Math.floor(at.epochMilliseconds / msPerMinute);
}

/** The ISO instant tools take. */
export function isoMinute(epochMinute: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMinute * msPerMinute).toString({ smallestUnit: 'second' });
}

/** Reads an instant a tool gave; undefined when it is none. */
export function readInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  try {
    const minute = Math.floor(Temporal.Instant.from(value).epochMilliseconds / msPerMinute);
    return minute >= 0 && minute < 1e9 ? minute : undefined;
  } catch {
    return undefined;
  }
}

/** The words for a day: bare, and as they stand after a verb. */
export function dayWords(scene: Scene, date: Temporal.PlainDate): { readonly day: string; readonly onDay: string } {
  const now = today(scene);
  const ahead = now.until(date, { largestUnit: 'day' }).days;
  const otherMonth = date.month !== now.month || date.year !== now.year;
  const spoken = { isoWeekday: date.dayOfWeek, day: date.day, month: date.month, otherMonth };
  const { speak } = scene.language;
  const plainAhead = ahead < 0 ? 99 : ahead;
  return { day: speak.day(spoken, plainAhead), onDay: speak.onDay(spoken, plainAhead) };
}

/** The words for a moment: `Tuesday the 24th at 3 in the afternoon`, bare and after a verb. */
export function whenWords(scene: Scene, epochMinute: number): { readonly when: string; readonly onWhen: string } {
  const { day, onDay } = dayWords(scene, local(scene, epochMinute).toPlainDate());
  const at = scene.language.speak.at(minuteOfDay(scene, epochMinute));
  return { when: `${day} ${at}`, onWhen: `${onDay} ${at}` };
}

/** Several moments in one breath: neither the day nor the part of the day is said twice. */
export function listOfTimes(scene: Scene, epochMinutes: readonly number[], last: string): string {
  const { speak } = scene.language;
  const words = epochMinutes.map((minute, at) => {
    const [before, after] = [epochMinutes[at - 1], epochMinutes[at + 1]];
    const short = after !== undefined && samePart(scene, minute, after);
    const clock = speak.at(minuteOfDay(scene, minute), short);
    const { day } = dayWords(scene, local(scene, minute).toPlainDate());
    return before !== undefined && sameDay(scene, before, minute) ? clock : `${day} ${clock}`;
  });
  return listOf(words, last);
}

function samePart(scene: Scene, one: number, other: number): boolean {
  const { part } = scene.language.speak;
  return sameDay(scene, one, other) && part(minuteOfDay(scene, one)) === part(minuteOfDay(scene, other));
}

function sameDay(scene: Scene, one: number, other: number): boolean {
  return local(scene, one).toPlainDate().equals(local(scene, other).toPlainDate());
}

/** `a, b or c`. */
export function listOf(words: readonly string[], last: string): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')}${words.length > 2 ? ',' : ''} ${last} ${words.at(-1)}`;
}

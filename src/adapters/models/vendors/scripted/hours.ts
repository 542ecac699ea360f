import type { Temporal } from 'temporal-polyfill';
import { dayWords, listOf, local, minuteOfDay, thisMinute, today } from './clock.ts';
import type { Scene } from './scene.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

type Interval = { readonly from: number; readonly to: number };

/** Opening times of a weekday (1 = Monday), in minutes of the day. */
export function opening(scene: Scene, isoWeekday: number): readonly Interval[] {
  const day = weekdays[isoWeekday - 1];
  return (day ? scene.briefing.hours[day] : []).map(({ from, to }) => ({ from: minutes(from), to: minutes(to) }));
}

export function isOpenOn(scene: Scene, date: Temporal.PlainDate): boolean {
  return opening(scene, date.dayOfWeek).length > 0;
}

/** Until when it is open just now, as minute of the day; undefined when it is closed. */
export function openUntil(scene: Scene): number | undefined {
  const minute = minuteOfDay(scene, thisMinute(scene));
  const now = opening(scene, local(scene, thisMinute(scene)).dayOfWeek);
  return now.find(({ from, to }) => from <= minute && minute < to)?.to;
}

/** `on Monday the 23rd at 9 in the morning`: when it opens next after this moment, or after a day; empty when never. */
export function nextOpening(scene: Scene, afterDay?: Temporal.PlainDate): string {
  const minute = minuteOfDay(scene, thisMinute(scene));
  const first = afterDay ? afterDay.add({ days: 1 }) : today(scene);
  for (let ahead = 0; ahead < 8; ahead++) {
    const date = first.add({ days: ahead });
    const late = afterDay === undefined && ahead === 0;
    const next = opening(scene, date.dayOfWeek).find(({ from }) => !late || from > minute);
    if (next) return `${dayWords(scene, date).onDay} ${scene.language.speak.at(next.from)}`;
  }
  return '';
}

/** `from 9 in the morning to 5 in the afternoon`; empty when closed that day. */
export function hoursOf(scene: Scene, isoWeekday: number): string {
  const { speak } = scene.language;
  const spoken = opening(scene, isoWeekday).map(({ from, to }) => speak.hours(speak.clock(from), speak.clock(to)));
  return listOf(spoken, speak.and);
}

/** The whole week, days with the same hours together; empty when it is never open. */
export function weekHours(scene: Scene): string {
  const { speak } = scene.language;
  const runs: { first: number; last: number; hours: string }[] = [];
  for (const [at] of weekdays.entries()) {
    const hours = hoursOf(scene, at + 1);
    const run = runs.at(-1);
    if (run && run.hours === hours) run.last = at + 1;
    else runs.push({ first: at + 1, last: at + 1, hours });
  }
  const spoken = runs
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => `${daysFrom(scene, first, last)} ${hours}`);
  return listOf(spoken, speak.and);
}

function daysFrom(scene: Scene, first: number, last: number): string {
  const { speak } = scene.language;
  const [from, to] = [speak.weekday(first), speak.weekday(last)];
  return last === first + 1 ? `${from} ${speak.and} ${to}` : speak.weekdays(from, to);
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

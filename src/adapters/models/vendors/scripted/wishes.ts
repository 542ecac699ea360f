import { Temporal } from 'temporal-polyfill';
import { epochMinuteOf, local, minuteOfDay, thisMinute, today } from './clock.ts';
import type { When, WishedTime } from './hear/when.ts';
import type { Scene } from './scene.ts';
import type { Hunt } from './state.ts';

/** A wish for a time held against the calendar: where to look, what fits, what to offer. */

const minutesPerDay = 1_440;
const noon = 720;
/** How far ahead the calendar is looked at where no day was named. */
const daysAhead = 14;
const partStarts = { morning: 0, afternoon: noon, evening: 1_020 } as const;
const partEnds = { morning: noon, afternoon: 1_080, evening: minutesPerDay } as const;
/** Offers that leave a real choice lie so far apart, in minutes. */
const apart = 120;
const mostOffers = 3;

type Span = { readonly from: number; readonly until: number };

/** A later wish replaces what it names of the earlier one: "actually Thursday" keeps the hour. */
export function mergedWish(before: When, now: When): When {
  const days = now.from === undefined ? { from: before.from, to: before.to } : { from: now.from, to: now.to };
  const time = now.time ?? (now.part === undefined ? before.time : undefined);
  const part = now.part ?? (now.time === undefined ? before.part : undefined);
  const named = { ...days, time, part };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as When;
}

/** The span to look at, in minutes since the epoch. The first look is as narrow as the wish, wider ones are not. */
export function spanOf(scene: Scene, hunt: Hunt): Span {
  const now = thisMinute(scene) + 1;
  const [first, last] = [hunt.offered[0], hunt.offered.at(-1)];
  if (first !== undefined && last !== undefined) {
    if (hunt.seek === 'later') return { from: last + 1, until: last + daysAhead * minutesPerDay };
    if (hunt.seek === 'earlier') return { from: now, until: first };
    if (hunt.seek === 'other-day') return daysAfter(scene, local(scene, last).toPlainDate());
  }
  const days = daysOf(hunt.wish);
  return days ? spanOfDays(scene, hunt, ...days) : { from: now, until: now + daysAhead * minutesPerDay };
}

/** The free time that is exactly what was wished. Without morning or afternoon, whichever of the two is free. */
export function exactly(scene: Scene, wish: When, free: readonly number[]): number | undefined {
  const point = pointOf(wish);
  if (!point) return undefined;
  return free.find((at) => onWishedDay(scene, wish, at) && readingsOf(point).includes(minuteOfDay(scene, at)));
}

/** The time that was asked for and is not to be had, when other times of its day are. */
export function refusedTime(scene: Scene, wish: When, free: readonly number[]): number | undefined {
  const point = pointOf(wish);
  const [from, to] = daysOf(wish) ?? [];
  if (!point || !from || !to?.equals(from) || !free.some((at) => onWishedDay(scene, wish, at))) return undefined;
  const early = !point.sure && point.minute < 420;
  return epochMinuteOf(scene, from, (early ? point.minute + noon : point.minute) % minutesPerDay);
}

/** Two or three offers: nearest to a wished time, else spread so that there is a real choice. */
export function offersOf(scene: Scene, wish: When, free: readonly number[]): readonly number[] {
  const fitting = free.filter((at) => fits(scene, wish, at));
  const pool = fitting.length > 0 ? fitting : free;
  const point = pointOf(wish);
  if (point) return nearest(scene, point, pool);
  const spread = pool.reduce<readonly number[]>(
    (so, at) => (at - (so.at(-1) ?? -Infinity) >= apart ? [...so, at] : so),
    [],
  );
  return (spread.length >= 2 ? spread : pool).slice(0, mostOffers);
}

/** The minutes of the day a time may mean. */
export function readingsOf({ minute, sure }: Pick<WishedTime, 'minute' | 'sure'>): readonly number[] {
  return sure ? [minute] : [minute % minutesPerDay, (minute + noon) % minutesPerDay];
}

/** The days of a wish; undefined when it names none. */
export function daysOf({ from, to }: When): readonly [Temporal.PlainDate, Temporal.PlainDate] | undefined {
  return from === undefined || to === undefined
    ? undefined
    : [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
}

/** A time that is a point, not a bound or a range. */
function pointOf({ time }: When): WishedTime | undefined {
  return time?.bound === undefined && time?.until === undefined ? time : undefined;
}

function spanOfDays(scene: Scene, hunt: Hunt, from: Temporal.PlainDate, to: Temporal.PlainDate): Span {
  const now = today(scene);
  if (hunt.widened >= 2) return daysAfter(scene, Temporal.PlainDate.compare(to, now) < 0 ? now : to);
  const narrow = hunt.widened === 0 && from.equals(to);
  const [begin, end] = narrow ? minutesWished(hunt.wish) : [0, minutesPerDay];
  const until = end >= minutesPerDay ? epochMinuteOf(scene, to.add({ days: 1 }), 0) : epochMinuteOf(scene, to, end);
  return { from: Math.max(thisMinute(scene) + 1, epochMinuteOf(scene, from, begin)), until };
}

function daysAfter(scene: Scene, day: Temporal.PlainDate): Span {
  const from = epochMinuteOf(scene, day.add({ days: 1 }), 0);
  return { from: Math.max(thisMinute(scene) + 1, from), until: from + daysAhead * minutesPerDay };
}

/** Part of the day worth looking at: a wished hour with the hours round it, so that near times can be offered. */
function minutesWished({ time, part }: When): readonly [number, number] {
  if (time && !time.sure) return [0, minutesPerDay];
  if (time?.until !== undefined) return [Math.max(0, time.minute - 60), Math.min(minutesPerDay, time.until + 60)];
  if (time) return time.bound === 'before' ? [0, time.minute] : [Math.max(0, time.minute - 180), minutesPerDay];
  return part === undefined ? [0, minutesPerDay] : [partStarts[part], partEnds[part]];
}

function onWishedDay(scene: Scene, wish: When, at: number): boolean {
  const day = local(scene, at).toPlainDate().toString();
  return (wish.from === undefined || day >= wish.from) && (wish.to === undefined || day <= wish.to);
}

/** Whether a free time is within the wished part of the day. */
function fits(scene: Scene, { time, part }: When, at: number): boolean {
  const minute = minuteOfDay(scene, at);
  const inPart = part === undefined || (minute >= partStarts[part] && minute < partEnds[part]);
  return inPart && (time === undefined || withinTime(time, minute));
}

function withinTime(time: WishedTime, minute: number): boolean {
  if (time.until !== undefined) {
    const shift = !time.sure && time.until < noon && minute >= noon ? noon : 0;
    return minute >= time.minute + shift && minute <= time.until + shift;
  }
  // "after 3" at a business that opens at 9 is after 3 in the afternoon.
  const point = !time.sure && time.minute < 480 ? time.minute + noon : time.minute;
  return time.bound === undefined || (time.bound === 'after' ? minute >= point : minute < point);
}

function nearest(scene: Scene, point: WishedTime, pool: readonly number[]): readonly number[] {
  const readings = readingsOf(point);
  const far = (at: number) => Math.min(...readings.map((minute) => Math.abs(minute - minuteOfDay(scene, at))));
  const near = pool.toSorted((a, b) => far(a) - far(b) || a - b).slice(0, mostOffers);
  return near.toSorted((a, b) => a - b);
}

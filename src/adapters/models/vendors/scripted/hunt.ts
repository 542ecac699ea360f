import { Temporal } from 'temporal-polyfill';
import type { ToolResult } from '../../model.ts';
import {
  dayWords,
  epochMinuteOf,
  isoMinute,
  local,
  minuteOfDay,
  readInstant,
  thisMinute,
  today,
  whenWords,
} from './clock.ts';
import type { When } from './hear/when.ts';
import { isOpenOn } from './hours.ts';
import { fill, type Line } from './phrases.ts';
import { taskOver, type Part, type Scene } from './scene.ts';
import type { Hunt } from './state.ts';

/** Looking for a time that suits: from a wish to a look at the calendar, from free times to two or three offers. */

const minutesPerDay = 1_440;
const daysAhead = 14;
/** What find-slot gives at most. */
const mostSlots = 20;
const partStarts = { morning: 0, afternoon: 720, evening: 1_020 } as const;
const partEnds = { morning: 720, afternoon: 1_080, evening: minutesPerDay } as const;

/** A search about which nothing is known yet. */
export const newHunt: Hunt = { wish: {}, seek: 'wish', widened: 0, free: [], offered: [], chosen: null };

/** A later wish replaces what it names of the earlier one: "actually Thursday" keeps the hour. */
export function mergedWish(before: When, now: When): When {
  const days = now.from === undefined ? { from: before.from, to: before.to } : { from: now.from, to: now.to };
  const time = now.time ?? (now.part === undefined ? before.time : undefined);
  const part = now.part ?? (now.time === undefined ? before.part : undefined);
  const named = { ...days, time, part };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as When;
}

/** Looks into the calendar for the hunt as it stands. */
export function look(scene: Scene, hunt: Hunt, say: readonly Line[] = []): Part {
  const past = hunt.wish.to !== undefined && hunt.wish.to < today(scene).toString();
  if (past) {
    const { from: _from, to: _to, ...rest } = hunt.wish;
    return { set: { hunt: { ...newHunt, wish: rest } }, say: [...say, { phrase: 'timePast' }], ask: 'when' };
  }
  const { from, until } = windowOf(scene, hunt);
  const input = { from: isoMinute(from), until: isoMinute(Math.max(until, from + 1)), limit: mostSlots };
  return {
    set: { hunt: { ...hunt, chosen: null } },
    say: [...say, { phrase: hunt.widened > 0 ? 'lookingFurther' : 'lookingUp' }],
    ask: null,
    use: { tool: 'find-slot', input },
  };
}

/** Somebody was faster: the times round it, on the same day first. */
export function lookAgain(scene: Scene, at: number | undefined): Part {
  if (at === undefined) return { set: { hunt: newHunt }, say: [{ phrase: 'bookTaken' }], ask: 'when' };
  const day = local(scene, at).toPlainDate().toString();
  const wish = { from: day, to: day, time: { minute: minuteOfDay(scene, at), sure: true } };
  return look(scene, { ...newHunt, wish, seek: 'near', offered: [at] }, [{ phrase: 'bookTaken' }]);
}

/** What came of a look: a time that fits exactly is chosen, others are offered, nothing widens the search. */
export function lookedUp(scene: Scene, result: ToolResult): Part {
  const { hunt } = scene.state;
  if (!hunt) return {};
  if (!result.ok) return result.why === 'none-free' ? nothingThere(scene, hunt) : calendarDown(scene);
  const given = Array.isArray(result.value['slots']) ? result.value['slots'] : [];
  const free = given.flatMap((slot) => readInstant(slot) ?? []).filter((at) => isChoice(scene, hunt, at));
  if (free.length === 0) return nothingThere(scene, hunt);
  return offersFrom(scene, hunt, free.toSorted((a, b) => a - b).slice(0, mostSlots));
}

/** Not past, and not the very time that was just refused. */
function isChoice(scene: Scene, hunt: Hunt, at: number): boolean {
  return at > thisMinute(scene) && !(hunt.seek === 'near' && hunt.offered.includes(at));
}

/** Settles on a time. */
export function choose(scene: Scene, at: number): Partial<Scene['state']> {
  return { hunt: { ...(scene.state.hunt ?? newHunt), chosen: at } };
}

function offersFrom(scene: Scene, hunt: Hunt, free: readonly number[]): Part {
  const wished = hunt.seek === 'wish' ? exact(scene, hunt.wish, free) : undefined;
  if (wished !== undefined) {
    return {
      set: { hunt: { ...hunt, free: [...free], offered: [wished], chosen: wished } },
      say: [{ phrase: 'timeIsFree', words: whenWords(scene, wished) }],
    };
  }
  const fitting = free.filter((at) => fits(scene, hunt.wish, at));
  const pool = fitting.length > 0 ? fitting : free;
  const offered = hunt.seek === 'earliest' ? pool.slice(0, 1) : spread(scene, hunt.wish, pool);
  const refused = refusedTime(scene, hunt, free);
  return {
    set: { hunt: { ...hunt, free: [...free], offered: [...offered], chosen: null } },
    say: refused === undefined ? [] : [{ phrase: 'timeTaken', words: whenWords(scene, refused) }],
    ask: 'pick',
  };
}

/** The time that was asked for and is not to be had, where one day was meant. */
function refusedTime(scene: Scene, hunt: Hunt, free: readonly number[]): number | undefined {
  const { time, from, to } = hunt.wish;
  if (hunt.seek !== 'wish' || !time || time.bound || time.until !== undefined || !from || from !== to) return undefined;
  const opens = minuteOfDay(scene, free[0]!);
  const minute =
    !time.sure && time.minute < 720 && time.minute < Math.min(opens, 420) ? time.minute + 720 : time.minute;
  return epochMinuteOf(scene, Temporal.PlainDate.from(from), minute % minutesPerDay);
}

function nothingThere(scene: Scene, hunt: Hunt): Part {
  if (hunt.seek === 'earlier' && hunt.offered.length > 0) {
    return { set: { hunt: { ...hunt, seek: 'wish' } }, say: [{ phrase: 'noEarlier' }], ask: 'pick' };
  }
  const { time: _time, part: _part, ...days } = hunt.wish;
  const narrow = hunt.wish.time !== undefined || hunt.wish.part !== undefined;
  if (hunt.widened >= 2 || (hunt.wish.from === undefined && !narrow && hunt.widened >= 1)) {
    return { say: [{ phrase: 'nothingFree' }], set: { hunt: null, offer: 'message', body: '' }, ask: 'offer' };
  }
  if (narrow && hunt.widened === 0) return look(scene, { ...hunt, wish: { ...hunt.wish, ...days }, widened: 1 });
  return look(scene, { ...hunt, widened: 2 }, dayTaken(scene, hunt));
}

/** Says what is the matter with the day before looking at the days after it. */
function dayTaken(scene: Scene, hunt: Hunt): readonly Line[] {
  const { from, to } = hunt.wish;
  if (hunt.seek !== 'wish' || !from || from !== to) return [];
  const date = Temporal.PlainDate.from(from);
  const { onDay } = dayWords(scene, date);
  return [{ phrase: isOpenOn(scene, date) ? 'dayFull' : 'dayClosed', words: { onDay } }];
}

/** The calendar does not answer: a person, or a message that is already written. */
export function calendarDown(scene: Scene, when = ''): Part {
  const body = fill(scene.language.phrases.wantsAppointment[0], { when, reason: scene.state.reason });
  const offer = scene.briefing.canTransfer ? 'person-or-message' : 'message';
  return { set: { ...taskOver, body, offer }, say: [{ phrase: 'calendarDown' }], ask: 'offer' };
}

/** The span to look at. The first look is as narrow as the wish, wider ones are not. */
function windowOf(scene: Scene, hunt: Hunt): { readonly from: number; readonly until: number } {
  const now = thisMinute(scene) + 1;
  const [first, last] = [hunt.offered[0], hunt.offered.at(-1)];
  if (hunt.seek === 'later' && last !== undefined) return { from: last + 1, until: last + daysAhead * minutesPerDay };
  if (hunt.seek === 'earlier' && first !== undefined) return { from: now, until: first };
  if (hunt.seek === 'other-day' && last !== undefined) return daysAfter(scene, local(scene, last).toPlainDate());
  if (hunt.wish.from === undefined || hunt.wish.to === undefined)
    return { from: now, until: now + daysAhead * minutesPerDay };
  const from = Temporal.PlainDate.from(hunt.wish.from);
  const to = Temporal.PlainDate.from(hunt.wish.to);
  if (hunt.widened >= 2) return daysAfter(scene, Temporal.PlainDate.compare(to, today(scene)) < 0 ? today(scene) : to);
  const [begin, end] = hunt.widened === 0 && from.equals(to) ? minutesWished(hunt.wish) : [0, minutesPerDay];
  const until = end >= minutesPerDay ? epochMinuteOf(scene, to.add({ days: 1 }), 0) : epochMinuteOf(scene, to, end);
  return { from: Math.max(now, epochMinuteOf(scene, from, begin)), until };
}

function daysAfter(scene: Scene, day: Temporal.PlainDate): { readonly from: number; readonly until: number } {
  const from = epochMinuteOf(scene, day.add({ days: 1 }), 0);
  return { from: Math.max(thisMinute(scene) + 1, from), until: from + daysAhead * minutesPerDay };
}

/** Part of the day worth looking at: a wished hour with the hours round it, so that near times can be offered. */
function minutesWished({ time, part }: When): readonly [number, number] {
  if (time?.until !== undefined) {
    return time.sure ? [Math.max(0, time.minute - 60), Math.min(minutesPerDay, time.until + 60)] : [0, minutesPerDay];
  }
  if (time?.sure && time.bound === 'before') return [0, time.minute];
  if (time?.sure) return [Math.max(0, time.minute - 180), minutesPerDay];
  return part === undefined ? [0, minutesPerDay] : [partStarts[part], partEnds[part]];
}

/** The free time that is exactly what was wished. Without morning or afternoon, whichever of the two is free. */
function exact(scene: Scene, wish: When, free: readonly number[]): number | undefined {
  const { time } = wish;
  if (!time || time.bound !== undefined || time.until !== undefined) return undefined;
  return free.find((at) => onWishedDay(scene, wish, at) && readingsOf(time).includes(minuteOfDay(scene, at)));
}

function onWishedDay(scene: Scene, wish: When, at: number): boolean {
  const day = local(scene, at).toPlainDate().toString();
  return (wish.from === undefined || day >= wish.from) && (wish.to === undefined || day <= wish.to);
}

/** The minutes of the day a time may mean. */
export function readingsOf(time: { readonly minute: number; readonly sure: boolean }): readonly number[] {
  return time.sure ? [time.minute] : [time.minute % minutesPerDay, (time.minute + 720) % minutesPerDay];
}

/** Whether a free time is within the wished part of the day. */
function fits(scene: Scene, { time, part }: When, at: number): boolean {
  const minute = minuteOfDay(scene, at);
  if (part !== undefined && (minute < partStarts[part] || minute >= partEnds[part])) return false;
  if (time?.until !== undefined) {
    const shift = !time.sure && time.until < 720 && minute >= 720 ? 720 : 0;
    return minute >= time.minute + shift && minute <= time.until + shift;
  }
  if (time?.bound === undefined) return true;
  // "after 3" at a business that opens at 9 is after 3 in the afternoon.
  const point = !time.sure && time.minute < 480 ? time.minute + 720 : time.minute;
  return time.bound === 'after' ? minute >= point : minute < point;
}

/** Two or three offers: nearest to a wished time, else spread so that there is a real choice. */
function spread(scene: Scene, wish: When, pool: readonly number[]): readonly number[] {
  if (wish.time && wish.time.bound === undefined && wish.time.until === undefined) {
    const readings = readingsOf(wish.time);
    const far = (at: number) => Math.min(...readings.map((minute) => Math.abs(minute - minuteOfDay(scene, at))));
    return pool
      .toSorted((a, b) => far(a) - far(b) || a - b)
      .slice(0, 3)
      .toSorted((a, b) => a - b);
  }
  const apart = pool.reduce<readonly number[]>(
    (so, at) => (at - (so.at(-1) ?? -Infinity) >= 120 ? [...so, at] : so),
    [],
  );
  const few = apart.length >= 2 ? apart : pool;
  return few.slice(0, 3);
}

/** The hunt for another look relative to what was offered. */
export function seeking(scene: Scene, seek: Hunt['seek']): Hunt {
  return { ...(scene.state.hunt ?? newHunt), seek, widened: 0 };
}

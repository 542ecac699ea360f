import type { Json } from '../../model.ts';
import { local, minuteOfDay, readInstant } from './clock.ts';
import type { Heard } from './hear/heard.ts';
import { whenOf, type When } from './hear/when.ts';
import type { Scene } from './scene.ts';
import { clip, type Appointment } from './state.ts';
import { readingsOf } from './wishes.ts';

/** The caller's own appointments: as find-mine gave them, and which of them is meant. */

const mostKept = 5;
/** As many as can be read out in one breath. */
export const mostNamed = 3;

/** The appointments in a result of find-mine, the next one first. What is not one is left out. */
export function readMine(list: Json | undefined): readonly Appointment[] {
  const all = Array.isArray(list) ? (list as readonly Json[]).flatMap(readAppointment) : [];
  return all.toSorted((a, b) => a.at - b.at).slice(0, mostKept);
}

/** "The second one", "the one on Tuesday"; undefined when not exactly one fits. */
export function whichOf(scene: Scene, heard: Heard): Appointment | undefined {
  const all = scene.state.change?.found ?? [];
  if (heard.choice !== undefined) return all.slice(0, mostNamed).at(heard.choice);
  const { when } = heard;
  const fitting = when ? all.filter(({ at }) => matches(scene, when, at)) : [];
  return fitting.length === 1 ? fitting[0] : undefined;
}

/**
 * "My Tuesday appointment to Thursday": the new time follows the to, and is not what names the appointment.
 * `old` is the appointment it is for, once that is known.
 */
export function newTime(scene: Scene, heard: Heard, old?: Appointment): When | undefined {
  const { language, nowMs, briefing } = scene;
  const read = (text: string) => whenOf(text, language, { nowMs, timeZone: briefing.timeZone, bareTimes: false });
  const ends = Array.from(heard.text.matchAll(language.time.towards), (match) => match.index + match[0].length);
  const after = ends
    .slice(-4)
    .toReversed()
    .map((end) => read(heard.text.slice(end)));
  const wish = language.hear.move.exec(heard.plain);
  const rest = wish ? heard.plain.slice(wish.index + wish[0].length) : heard.text;
  const named = after.find((when) => when !== undefined) ?? read(rest);
  return old ? countedFrom(scene, heard, { old, named }) : named;
}

/** "The week after, same time", "Thursday at the same time": what is said of the old time counts from it. */
function countedFrom(
  scene: Scene,
  { plain }: Heard,
  { old, named }: { readonly old: Appointment; readonly named: When | undefined },
): When | undefined {
  const { weekOn, sameTime } = scene.language.time;
  const isWeekOn = weekOn.test(plain);
  const isSameTime = sameTime.test(plain) || (isWeekOn && named?.time === undefined && named?.part === undefined);
  if (!isWeekOn && !isSameTime) return named;
  const day = local(scene, old.at).toPlainDate().add({ days: 7 }).toString();
  return {
    ...named,
    ...(isWeekOn && { from: day, to: day }),
    ...(isSameTime && { time: { minute: minuteOfDay(scene, old.at), sure: true } }),
  };
}

function readAppointment(value: Json): readonly Appointment[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const { appointmentId: id, startsAt } = value as { readonly [key: string]: Json };
  const at = readInstant(startsAt);
  return typeof id === 'string' && at !== undefined ? [{ id: clip(id, 100), at }] : [];
}

function matches(scene: Scene, { from, time }: When, at: number): boolean {
  const onDay = from === undefined || local(scene, at).toPlainDate().toString() === from;
  return onDay && (time === undefined || readingsOf(time).includes(minuteOfDay(scene, at)));
}

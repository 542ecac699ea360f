import { Temporal } from 'temporal-polyfill';
import { dayWords } from '../clock.ts';
import type { Heard } from '../hear/heard.ts';
import { hoursOf, nextOpening, openUntil, weekHours } from '../hours.ts';
import type { Line } from '../phrases.ts';
import { bids, didToo, type Scene, type Skill } from '../scene.ts';

/** "Are you open on Saturday?", "until when today?", "are you open now?" */
export default {
  bid(scene, heard) {
    if (heard.intents.has('hours') || heard.intents.has('openNow')) return bids.question + 10;
    return isAnotherDay(scene, heard) ? bids.question : 0;
  },
  answer(scene, heard) {
    const { done } = didToo(scene, { what: 'answered' });
    return { set: { done }, say: linesFor(scene, heard), ...(scene.state.task === null && { ask: 'more' as const }) };
  },
} satisfies Skill;

const told: ReadonlySet<string> = new Set(['hoursWeek', 'hoursDay', 'closedDay', 'closedNow', 'openNow']);

/** "And on Sunday?" right after the hours of another day. */
function isAnotherDay({ state }: Scene, { when, wordCount, intents }: Heard): boolean {
  const justTold = state.task === null && state.recent.slice(-2).some((phrase) => told.has(phrase));
  return justTold && when?.from !== undefined && when.time === undefined && wordCount <= 4 && !intents.has('book');
}

function linesFor(scene: Scene, heard: Heard): readonly Line[] {
  const week = weekHours(scene);
  if (week === '') return [{ phrase: 'neverOpen' }];
  if (heard.when?.from !== undefined && heard.when.to !== undefined)
    return daysAsked(scene, heard.when.from, heard.when.to);
  return heard.intents.has('openNow') ? [nowLine(scene)] : [{ phrase: 'hoursWeek', words: { hours: week } }];
}

/** A day, or the two of a weekend; a longer span is the week. */
function daysAsked(scene: Scene, from: string, to: string): readonly Line[] {
  const first = Temporal.PlainDate.from(from);
  const days = first.until(to, { largestUnit: 'day' }).days + 1;
  if (days > 2) return [{ phrase: 'hoursWeek', words: { hours: weekHours(scene) } }];
  return Array.from({ length: days }, (_, at) => dayLine(scene, first.add({ days: at }), at === days - 1));
}

function dayLine(scene: Scene, date: Temporal.PlainDate, last: boolean): Line {
  const { onDay } = dayWords(scene, date);
  const hours = hoursOf(scene, date.dayOfWeek);
  if (hours !== '') return { phrase: 'hoursDay', words: { onDay, hours } };
  return { phrase: 'closedDay', words: { onDay, next: last ? nextOpening(scene, date) : '' } };
}

function nowLine(scene: Scene): Line {
  const until = openUntil(scene);
  if (until === undefined) return { phrase: 'closedNow', words: { next: nextOpening(scene) } };
  return { phrase: 'openNow', words: { until: scene.language.speak.clock(until) } };
}

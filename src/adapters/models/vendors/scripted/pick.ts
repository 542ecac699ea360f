import { local, minuteOfDay, whenWords } from './clock.ts';
import type { Heard } from './hear/heard.ts';
import { choose, look, newHunt, seeking } from './hunt.ts';
import type { Intent } from './language.ts';
import { bids, goOn, type Part, type Scene } from './scene.ts';
import { usesOf, type Hunt } from './state.ts';
import { mergedWish, readingsOf } from './wishes.ts';

/** Answers to "when?" and to offered times, the same whether an appointment is made or moved. */

/** How well words answer the question for a time. */
export function timeBid(scene: Scene, heard: Heard): number {
  const { ask } = scene.state;
  if (ask === 'when' || ask === 'pick') return hearTime(scene, heard) === undefined ? 0 : bids.fitting;
  // A day named later on corrects the time: "actually Thursday". In a longer answer it is just part of the answer.
  if (heard.when?.from === undefined || scene.state.hunt === null) return 0;
  return heard.wordCount <= 4 ? bids.fitting + 1 : bids.wish;
}

/** What the answer leads to: a time chosen, or another look; undefined when the words are no answer. */
export function hearTime(scene: Scene, heard: Heard): Part | undefined {
  const hunt = scene.state.hunt ?? newHunt;
  const offered = scene.state.ask === 'pick' ? hunt.offered : [];
  const picked = offered.length === 0 ? undefined : pickFrom(scene, heard, offered);
  if (picked !== undefined) {
    return goOn(scene, { set: choose(scene, picked), say: [{ phrase: 'chosen', words: whenWords(scene, picked) }] });
  }
  if (heard.when !== undefined) return look(scene, { ...newHunt, wish: mergedWish(hunt.wish, heard.when) });
  return offered.length > 0 ? elsewhere(scene, heard) : anyTime(scene, heard);
}

type Pick = (scene: Scene, heard: Heard, offered: readonly number[]) => number | undefined;

/** The ways to mean one of the offered times, the surest first. */
const ways: readonly Pick[] = [byClock, byOrdinal, byDay, byPosition, byAgreement];

function pickFrom(scene: Scene, heard: Heard, offered: readonly number[]): number | undefined {
  return ways.reduce<number | undefined>((found, way) => found ?? way(scene, heard, offered), undefined);
}

/** "At 11": among the offered first, else among all that is free on those days. */
function byClock(scene: Scene, { when }: Heard, offered: readonly number[]): number | undefined {
  const time = when?.time;
  if (!time || time.bound !== undefined || time.until !== undefined) return undefined;
  const days = when.from === undefined ? offered.map((at) => dayOf(scene, at)) : [when.from];
  const matching = (pool: readonly number[]) =>
    pool.filter((at) => days.includes(dayOf(scene, at)) && readingsOf(time).includes(minuteOfDay(scene, at)));
  const among = matching(offered);
  const meant = among.length > 0 ? among : matching(scene.state.hunt?.free ?? []);
  return meant.length === 1 ? meant[0] : undefined;
}

function byOrdinal(_scene: Scene, heard: Heard, offered: readonly number[]): number | undefined {
  return heard.choice === undefined || heard.when?.from !== undefined ? undefined : offered.at(heard.choice);
}

/** "The Thursday one", "the one in the afternoon": only when exactly one of the offered fits. */
function byDay(scene: Scene, { when }: Heard, offered: readonly number[]): number | undefined {
  if (!when || when.time !== undefined || when.from !== when.to) return undefined;
  const fitting = offered.filter((at) => {
    const onDay = when.from === undefined || dayOf(scene, at) === when.from;
    return onDay && (when.part === undefined || when.part === partOf(minuteOfDay(scene, at)));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A lone "2" that is no time on offer is the second one. */
function byPosition(_scene: Scene, heard: Heard, offered: readonly number[]): number | undefined {
  return heard.wordCount <= 2 && heard.runs.length === 1 ? offered[Number(heard.runs[0]) - 1] : undefined;
}

/** A yes to a single time, "any of them". A second yes to several takes the first: it is read back before it counts. */
function byAgreement(scene: Scene, heard: Heard, offered: readonly number[]): number | undefined {
  const other = elsewhereMeant(heard) !== undefined || heard.when !== undefined;
  const any = heard.intents.has('dontCare') || heard.intents.has('earliest');
  const insists = offered.length === 1 || usesOf(scene.state.recent.slice(-6), 'whichOffer') > 0;
  return !other && (any || (heard.answer === 'yes' && insists)) ? offered[0] : undefined;
}

const directions: readonly (readonly [Intent, Hunt['seek']])[] = [
  ['anotherDay', 'other-day'],
  ['later', 'later'],
  ['earlier', 'earlier'],
  ['otherTimes', 'later'],
];

function elsewhereMeant(heard: Heard): Hunt['seek'] | undefined {
  return directions.find(([intent]) => heard.intents.has(intent))?.[1];
}

/** None of the offered: which way to look. */
function elsewhere(scene: Scene, heard: Heard): Part | undefined {
  const seek = elsewhereMeant(heard);
  if (seek) return look(scene, seeking(scene, seek));
  if (heard.answer === 'yes') return { say: [{ phrase: 'whichOffer' }] };
  return heard.answer === 'no' ? { say: [{ phrase: 'allRight' }], ask: 'when' } : undefined;
}

/** No time in mind: the earliest. */
function anyTime(scene: Scene, heard: Heard): Part | undefined {
  const any = heard.intents.has('earliest') || heard.intents.has('dontCare') || heard.answer === 'no';
  if (any) return look(scene, { ...newHunt, seek: 'earliest' });
  return heard.answer === 'yes' ? { ask: 'when' } : undefined;
}

function partOf(minute: number) {
  return minute < 720 ? 'morning' : minute < 1_080 ? 'afternoon' : 'evening';
}

function dayOf(scene: Scene, at: number): string {
  return local(scene, at).toPlainDate().toString();
}

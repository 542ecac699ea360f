import { local, minuteOfDay, whenWords } from './clock.ts';
import type { Heard } from './hear/heard.ts';
import { choose, look, mergedWish, newHunt, readingsOf, seeking } from './hunt.ts';
import { bids, goOn, type Part, type Scene } from './scene.ts';
import { usesOf, type Hunt } from './state.ts';

/** Answers to "when?" and to offered times, the same whether an appointment is made or moved. */

/** How well words answer the question for a time. */
export function timeBid(scene: Scene, heard: Heard): number {
  const { ask } = scene.state;
  if (ask !== 'when' && ask !== 'pick') {
    // A day named later on corrects the time: "actually Thursday". In a longer answer it is just part of the answer.
    if (heard.when?.from === undefined || scene.state.hunt === null) return 0;
    return heard.wordCount <= 4 ? bids.fitting + 1 : bids.wish;
  }
  return hearTime(scene, heard) === undefined ? 0 : bids.fitting;
}

/** What the answer leads to: a time chosen, or another look; undefined when the words are no answer. */
export function hearTime(scene: Scene, heard: Heard): Part | undefined {
  const hunt = scene.state.hunt ?? newHunt;
  const offered = scene.state.ask === 'pick' ? hunt.offered : [];
  const picked = pickFrom(scene, heard, offered);
  if (picked !== undefined)
    return goOn(scene, { set: choose(scene, picked), say: [{ phrase: 'chosen', words: whenWords(scene, picked) }] });
  if (heard.when !== undefined) return look(scene, { ...newHunt, wish: mergedWish(hunt.wish, heard.when) });
  return relative(scene, heard, hunt);
}

/** The offered or free time that was meant; undefined when none was. */
function pickFrom(scene: Scene, heard: Heard, offered: readonly number[]): number | undefined {
  if (offered.length === 0) return undefined;
  const byTime = heard.when?.time && timesMeant(scene, heard, offered);
  if (byTime !== undefined && byTime.length === 1) return byTime[0];
  if (heard.choice !== undefined && heard.when?.from === undefined) return offered.at(heard.choice);
  if (heard.when !== undefined) return byDay(scene, heard, offered) ?? byPosition(heard, offered);
  if (heard.intents.has('anotherDay') || heard.intents.has('otherTimes')) return undefined;
  if (heard.intents.has('dontCare') || heard.intents.has('earliest')) return offered[0];
  // A second "yes" to a choice of times is for the first of them; it is read back before anything is booked.
  const insists = usesOf(scene.state.recent.slice(-6), 'whichOffer') > 0;
  return heard.answer === 'yes' && (offered.length === 1 || insists) ? offered[0] : undefined;
}

/** "At 11": among the offered first, else among all that is free on those days. */
function timesMeant(scene: Scene, heard: Heard, offered: readonly number[]): readonly number[] {
  const time = heard.when?.time;
  if (!time || time.bound !== undefined || time.until !== undefined) return [];
  const days = heard.when?.from === undefined ? offered.map((at) => dayOf(scene, at)) : [heard.when.from];
  const matching = (pool: readonly number[]) =>
    pool.filter((at) => days.includes(dayOf(scene, at)) && readingsOf(time).includes(minuteOfDay(scene, at)));
  const among = matching(offered);
  return among.length > 0 ? among : matching(scene.state.hunt?.free ?? []);
}

/** "The Thursday one", "the one in the afternoon": only when exactly one of the offered fits. */
function byDay(scene: Scene, { when }: Heard, offered: readonly number[]): number | undefined {
  if (!when || when.time !== undefined) return undefined;
  const fitting = offered.filter((at) => {
    const minute = minuteOfDay(scene, at);
    const onDay = when.from === undefined || dayOf(scene, at) === when.from;
    const part = minute < 720 ? 'morning' : minute < 1_080 ? 'afternoon' : 'evening';
    return onDay && (when.part === undefined || when.part === part) && when.from === when.to;
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A lone "2" that is no time on offer is the second one. */
function byPosition(heard: Heard, offered: readonly number[]): number | undefined {
  const position = Number(heard.runs[0]);
  return heard.wordCount <= 2 && heard.runs.length === 1 ? offered[position - 1] : undefined;
}

function relative(scene: Scene, heard: Heard, hunt: Hunt): Part | undefined {
  const has = (intent: Parameters<typeof heard.intents.has>[0]) => heard.intents.has(intent);
  const offering = scene.state.ask === 'pick' && hunt.offered.length > 0;
  if (offering && has('anotherDay')) return look(scene, seeking(scene, 'other-day'));
  if (offering && has('later')) return look(scene, seeking(scene, 'later'));
  if (offering && has('earlier')) return look(scene, seeking(scene, 'earlier'));
  if (offering && has('otherTimes')) return look(scene, seeking(scene, 'later'));
  if (offering && heard.answer === 'yes') return { say: [{ phrase: 'whichOffer' }] };
  if (offering && heard.answer === 'no') return { say: [{ phrase: 'allRight' }], ask: 'when' };
  if (has('earliest') || has('dontCare') || heard.answer === 'no') return look(scene, { ...newHunt, seek: 'earliest' });
  return offering || heard.answer !== 'yes' ? undefined : { ask: 'when' };
}

function dayOf(scene: Scene, at: number): string {
  return local(scene, at).toPlainDate().toString();
}

import type { ToolResult } from '../../model.ts';
import { dayWords, isoMinute, local, minuteOfDay, readInstant, thisMinute, today, whenWords } from './clock.ts';
import { isOpenOn } from './hours.ts';
import { fill, type Line, type PhraseKey } from './phrases.ts';
import { taskOver, type Part, type Scene } from './scene.ts';
import type { Hunt } from './state.ts';
import { daysOf, exactly, offersOf, refusedTime, spanOf } from './wishes.ts';

/** Looking for a time that suits: from a wish to a look at the calendar, from free times to two or three offers. */

/** What find-slot gives at most. */
const mostSlots = 20;

/** A search about which nothing is known yet. */
export const newHunt: Hunt = { wish: {}, seek: 'wish', widened: 0, free: [], offered: [], chosen: null };

/** Looks into the calendar for the hunt as it stands. */
export function look(scene: Scene, hunt: Hunt, say: readonly Line[] = []): Part {
  if (hunt.wish.to !== undefined && hunt.wish.to < today(scene).toString()) {
    const { from: _from, to: _to, ...rest } = hunt.wish;
    return { set: { hunt: { ...newHunt, wish: rest } }, say: [...say, { phrase: 'timePast' }], ask: 'when' };
  }
  const { from, until } = spanOf(scene, hunt);
  const input = { from: isoMinute(from), until: isoMinute(Math.max(until, from + 1)), limit: mostSlots };
  const filler: Line = { phrase: hunt.widened > 0 ? 'lookingFurther' : 'lookingUp' };
  return {
    set: { hunt: { ...hunt, chosen: null } },
    say: [...say, filler],
    ask: null,
    use: { tool: 'find-slot', input },
  };
}

/** The hunt for another look relative to what was offered. */
export function seeking(scene: Scene, seek: Hunt['seek']): Hunt {
  return { ...(scene.state.hunt ?? newHunt), seek, widened: 0 };
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

/** Settles on a time. */
export function choose(scene: Scene, at: number): Partial<Scene['state']> {
  return { hunt: { ...(scene.state.hunt ?? newHunt), chosen: at } };
}

/** The calendar does not answer: a person, or a message that is already written. */
export function calendarDown(scene: Scene, when = ''): Part {
  const body = fill(scene.language.phrases.wantsAppointment[0], { when, reason: scene.state.reason });
  const offer = scene.briefing.canTransfer ? 'person-or-message' : 'message';
  return { set: { ...taskOver, body, offer }, say: [{ phrase: 'calendarDown' }], ask: 'offer' };
}

/** The business makes no appointments by telephone: a person, or a message. */
export function notByTelephone(scene: Scene, body: string): Part {
  const offer = scene.briefing.canTransfer ? 'person-or-message' : 'message';
  return { set: { ...taskOver, body, offer }, say: [{ phrase: 'notByTelephone' }], ask: 'offer' };
}

/** Not past, and not the very time that was just refused. */
function isChoice(scene: Scene, hunt: Hunt, at: number): boolean {
  return at > thisMinute(scene) && !(hunt.seek === 'near' && hunt.offered.includes(at));
}

function offersFrom(scene: Scene, hunt: Hunt, free: readonly number[]): Part {
  const asked = hunt.seek === 'wish';
  const wished = asked ? exactly(scene, hunt.wish, free) : undefined;
  const found: Hunt = { ...hunt, free: [...free] };
  if (wished !== undefined) {
    const say = [{ phrase: 'timeIsFree' as const, words: whenWords(scene, wished) }];
    return { set: { hunt: { ...found, offered: [wished], chosen: wished } }, say };
  }
  const refused = asked ? refusedTime(scene, hunt.wish, free) : undefined;
  const say = refused === undefined ? [] : [{ phrase: 'timeTaken' as const, words: whenWords(scene, refused) }];
  const offered = hunt.seek === 'earliest' ? free.slice(0, 1) : offersOf(scene, hunt.wish, free);
  return { set: { hunt: { ...found, offered: [...offered], chosen: null } }, say, ask: 'pick' };
}

/** Looks wider: the whole day, then the days after it. What was offered before stays on offer. */
function nothingThere(scene: Scene, hunt: Hunt): Part {
  const dead: PhraseKey | undefined =
    hunt.seek === 'earlier' ? 'noEarlier' : hunt.seek === 'later' ? 'noLater' : undefined;
  if (dead && hunt.offered.length > 0)
    return { set: { hunt: { ...hunt, seek: 'wish' } }, say: [{ phrase: dead }], ask: 'pick' };
  if (hunt.wish.from === undefined || hunt.widened >= 2) {
    return { say: [{ phrase: 'nothingFree' }], set: { hunt: null, offer: 'message', body: '' }, ask: 'offer' };
  }
  const narrow = hunt.wish.time !== undefined || hunt.wish.part !== undefined;
  if (narrow && hunt.widened === 0) return look(scene, { ...hunt, widened: 1 });
  return look(scene, { ...hunt, widened: 2 }, dayTaken(scene, hunt));
}

/** Says what is the matter with the day before looking at the days after it. */
function dayTaken(scene: Scene, hunt: Hunt): readonly Line[] {
  const [from, to] = daysOf(hunt.wish) ?? [];
  if (hunt.seek !== 'wish' || !from || !to?.equals(from)) return [];
  return [{ phrase: isOpenOn(scene, from) ? 'dayFull' : 'dayClosed', words: dayWords(scene, from) }];
}

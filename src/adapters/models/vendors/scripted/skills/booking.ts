import type { ToolResult } from '../../../model.ts';
import { isoMinute, readInstant, whenWords } from '../clock.ts';
import { detailBid, hearDetail, missingDetail } from '../details.ts';
import type { Heard } from '../hear/heard.ts';
import { weekHours } from '../hours.ts';
import { calendarDown, look, lookAgain, lookedUp, newHunt, notByTelephone } from '../hunt.ts';
import { fill } from '../phrases.ts';
import { hearTime, timeBid } from '../pick.ts';
import { bids, both, changed, didToo, goOn, taskOver, type Part, type Scene, type Skill } from '../scene.ts';
import { clip, type Hunt } from '../state.ts';

/** Makes an appointment: a time that suits, who comes, where to reach them, what for. */
export default {
  bid(scene, heard) {
    const open = scene.state.task === 'booking';
    const fitting = open ? Math.max(timeBid(scene, heard), detailBid(scene, heard), reasonBid(scene, heard)) : 0;
    return Math.max(fitting, wishBid(scene, heard, open));
  },
  answer(scene, heard) {
    if (scene.state.task !== 'booking') return begin(scene, heard);
    const asTime = timeBid(scene, heard);
    if (reasonBid(scene, heard) > asTime) return goOn(scene, hearReason(scene, heard));
    const reason = reasonToo(scene, heard);
    if (asTime > 0) return both(reason, hearTime(changed(scene, reason.set ?? {}), heard) ?? {});
    const detail = hearDetail(scene, heard);
    return detail ? goOn(scene, detail) : goOn(scene, reason);
  },
  next,
  wrapUp: (scene) => (typeof scene.state.hunt?.chosen === 'number' ? book(scene, scene.state.hunt.chosen) : undefined),
  tools: ['find-slot', 'book'],
  result(scene, tool, result) {
    if (tool === 'book')
      return result.ok ? booked(scene, result.value['startsAt'], result.value['appointmentId']) : failed(scene, result);
    const found = lookedUp(scene, result);
    return found.ask === undefined && found.use === undefined ? goOn(scene, found) : found;
  },
} satisfies Skill;

function next(scene: Scene): Part {
  const hunt = scene.state.hunt ?? newHunt;
  if (hunt.chosen === null) return nextTime(scene, hunt);
  const missing = missingDetail(scene.state);
  if (missing) return { ask: missing };
  const wantsReason = scene.state.reason === '' && !scene.state.declined.includes('reason');
  return wantsReason ? { ask: 'reason' } : book(scene, hunt.chosen);
}

function nextTime(scene: Scene, hunt: Hunt): Part {
  if (hunt.offered.length > 0) return { ask: 'pick' };
  const wishes = Object.keys(hunt.wish).length > 0 || hunt.seek === 'earliest';
  return wishes ? look(scene, hunt) : { ask: 'when' };
}

/** Words that ask for an appointment, or a question about a time without a word of opening hours. */
function wishBid(scene: Scene, heard: Heard, open: boolean): number {
  if (heard.intents.has('book')) return heard.intents.has('instead') ? bids.freeText + 1 : bids.wish - 2;
  if (open || scene.state.task !== null || heard.when === undefined || heard.wordCount > 24) return 0;
  const offer = scene.state.offer === 'booking-or-message';
  const wanted = offer || heard.intents.has('need') || heard.wordCount <= 6;
  return wanted && heard.when.from !== undefined && !heard.intents.has('question') ? bids.guess + 3 : 0;
}

function reasonBid({ state }: Scene, heard: Heard): number {
  return state.ask === 'reason' && heard.text !== '' ? bids.freeText : 0;
}

function begin(scene: Scene, heard: Heard): Part {
  const seek = heard.intents.has('earliest') ? 'earliest' : 'wish';
  const hunt: Hunt = { ...newHunt, seek, wish: heard.when ?? {} };
  const told = scene.state.offer === 'booking-or-message' ? clip(scene.state.body, 300) : '';
  const reason = heard.reason ?? told;
  if (scene.briefing.canBook === false) {
    return notByTelephone(scene, fill(scene.language.phrases.wantsAppointment[0], { when: '', reason }));
  }
  return goOn(scene, { set: { ...taskOver, task: 'booking', hunt, reason } });
}

function reasonToo(scene: Scene, heard: Heard): Part {
  return heard.reason === undefined || scene.state.reason !== '' ? {} : { set: { reason: heard.reason } };
}

function hearReason({ state }: Scene, heard: Heard): Part {
  const brief = heard.wordCount <= 3 && heard.answer !== undefined;
  const done = heard.wordCount <= 6 && (heard.intents.has('nothingElse') || heard.answer === 'no');
  const none = brief || done || heard.intents.has('decline');
  if (none) return { set: { declined: [...state.declined, 'reason'] } };
  return { set: { reason: clip(heard.reason ?? heard.text, 300) } };
}

function book(scene: Scene, at: number): Part {
  const { name, callback, reason } = scene.state;
  return {
    say: [{ phrase: 'bookingNow', words: whenWords(scene, at) }],
    ask: null,
    use: { tool: 'book', input: { startsAt: isoMinute(at), name, phone: callback, reason: reason || null } },
  };
}

function booked(scene: Scene, startsAt: unknown, id: unknown): Part {
  const at = readInstant(startsAt) ?? scene.state.hunt?.chosen ?? 0;
  const appointment = typeof id === 'string' ? { id: clip(id, 100), at } : null;
  return {
    set: {
      ...taskOver,
      booked: appointment,
      ...didToo(scene, { what: 'booked', at, about: clip(scene.state.reason, 300) }),
    },
    say: [{ phrase: 'booked', words: { ...whenWords(scene, at), name: scene.state.name ?? '' } }],
    ask: 'more',
  };
}

/** Each refusal has its way on: another time, the hours, or the team by message. */
function failed(scene: Scene, result: ToolResult & { ok: false }): Part {
  const at = scene.state.hunt?.chosen ?? undefined;
  if (result.why === 'taken') return lookAgain(scene, at);
  if (result.why === 'past' || result.why === 'outside-hours') {
    const phrase = result.why === 'past' ? 'timePast' : 'timeOutsideHours';
    return { set: { hunt: newHunt }, say: [{ phrase, words: { hours: weekHours(scene) } }], ask: 'when' };
  }
  return calendarDown(scene, at === undefined ? '' : whenWords(scene, at).when);
}

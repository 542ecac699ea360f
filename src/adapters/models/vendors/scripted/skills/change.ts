import type { Json, ToolResult } from '../../../model.ts';
import { subjectOfChange } from '../asks.ts';
import { isoMinute, listOfTimes, readInstant, whenWords } from '../clock.ts';
import type { Heard } from '../hear/heard.ts';
import { weekHours } from '../hours.ts';
import { choose, look, lookAgain, lookedUp, newHunt, notByTelephone } from '../hunt.ts';
import { mostNamed, newTime, readMine, whichOf } from '../mine.ts';
import { fill } from '../phrases.ts';
import { hearTime, timeBid } from '../pick.ts';
import { bids, didToo, goOn, taskOver, type Part, type Scene, type Skill } from '../scene.ts';
import type { Appointment, Ask, Change } from '../state.ts';

/** Moves, cancels or looks up an appointment of the number the caller rings from. */
export default {
  bid(scene, heard) {
    return Math.max(hearAnswer(scene, heard) === undefined ? 0 : bids.fitting, wishBid(scene, heard));
  },
  answer: (scene, heard) => hearAnswer(scene, heard) ?? begin(scene, heard, kindOf(heard) ?? 'move'),
  next,
  wrapUp: (scene, heard) => (heard.answer === 'yes' ? tools[scene.state.ask ?? 'more']?.(scene) : undefined),
  tools: ['find-mine', 'move', 'cancel', 'find-slot'],
  result(scene, tool, result) {
    if (tool === 'find-slot') return timesFound(scene, result);
    if (!result.ok) return failed(scene, result.why);
    if (tool === 'find-mine') return found(scene, readMine(result.value['appointments']));
    return tool === 'move' ? moved(scene, result.value['startsAt']) : cancelled(scene);
  },
} satisfies Skill;

function next(scene: Scene): Part {
  const { change } = scene.state;
  if (!change) return { ask: 'more' };
  if (change.found === null) {
    return { say: [{ phrase: 'lookingUp' }], ask: null, use: { tool: 'find-mine', input: {} } };
  }
  if (change.id === null) return { ask: 'which' };
  if (change.kind === 'either') return { ask: 'move-or-cancel' };
  return change.kind === 'cancel' ? { ask: 'confirm-cancel' } : nextOfMove(scene);
}

function nextOfMove(scene: Scene): Part {
  const hunt = scene.state.hunt ?? newHunt;
  if (hunt.chosen !== null) return { ask: 'confirm-move' };
  if (hunt.offered.length > 0) return { ask: 'pick' };
  return Object.keys(hunt.wish).length > 0 ? look(scene, hunt) : { ask: 'when' };
}

function kindOf({ intents }: Heard): Change['kind'] | undefined {
  if (intents.has('move')) return 'move';
  if (intents.has('cancel')) return 'cancel';
  if (intents.has('cannotCome')) return 'either';
  return intents.has('lookup') ? 'lookup' : undefined;
}

/** While times are on offer for a new appointment, "move it to four" is about those. */
function wishBid({ state }: Scene, heard: Heard): number {
  const kind = kindOf(heard);
  if (kind !== undefined)
    return state.task === 'booking' && state.ask === 'pick' && kind === 'move' ? 0 : bids.wish + 2;
  const instead = heard.when !== undefined && heard.intents.has('instead');
  return state.task === null && state.booked !== null && instead ? bids.wish : 0;
}

function begin(scene: Scene, heard: Heard, kind: Change['kind']): Part {
  if (scene.briefing.canBook === false) {
    return notByTelephone(scene, fill(scene.language.phrases.wantsChange[0], { when: '' }));
  }
  const { booked, task, change: before } = scene.state;
  const made = { found: booked && [booked], id: booked?.id ?? null };
  const known = task === 'change' && before ? { found: before.found, id: before.id } : made;
  const old = known.found?.find(({ id }) => id === known.id);
  const wish = kind === 'move' ? (newTime(scene, heard, old) ?? {}) : {};
  const change: Change = { kind, ...known };
  return goOn(scene, { set: { ...taskOver, task: 'change', change, hunt: { ...newHunt, wish } } });
}

type Answer = (scene: Scene, heard: Heard, change: Change) => Part | undefined;

/** What an answer leads to, by the question; undefined when the words are none. Only a yes uses a tool. */
const answers: Partial<Record<Ask, Answer>> = {
  'which': (scene, heard, change) => {
    const id = whichOf(scene, heard)?.id;
    return id === undefined ? undefined : goOn(scene, { set: { change: { ...change, id } } });
  },
  'move-or-cancel': (scene, heard, change) => {
    const said =
      kindOf(heard) ?? (heard.choice === 1 ? 'cancel' : heard.choice === 0 || heard.when ? 'move' : undefined);
    if (said === undefined) return undefined;
    return goOn(scene, { set: { change: { ...change, kind: said }, hunt: { ...newHunt, wish: heard.when ?? {} } } });
  },
  'confirm-cancel': (scene, heard) => {
    if (heard.intents.has('move')) return begin(scene, heard, 'move');
    if (heard.answer === 'no') return kept(scene);
    return heard.answer === 'yes' || heard.intents.has('cancel') ? cancel(scene) : undefined;
  },
  'confirm-move': (scene, heard) => {
    if (heard.intents.has('cancel')) return begin(scene, heard, 'cancel');
    const other = heard.choice === undefined ? undefined : scene.state.hunt?.offered.at(heard.choice);
    if (other !== undefined) return goOn(scene, { set: choose(scene, other) });
    if (heard.when !== undefined) return hearTime(scene, heard);
    if (heard.answer === 'no') return { set: { hunt: newHunt }, say: [{ phrase: 'allRight' }], ask: 'when' };
    return heard.answer === 'yes' ? move(scene) : undefined;
  },
  'when': hearTime,
  'pick': hearTime,
};

function hearAnswer(scene: Scene, heard: Heard): Part | undefined {
  const { task, change, ask } = scene.state;
  if (task !== 'change' || !change || ask === null) return undefined;
  const answer = answers[ask]?.(scene, heard, change);
  return answer ?? (timeBid(scene, heard) > 0 && change.kind === 'move' ? hearTime(scene, heard) : undefined);
}

/** What a yes to a question carries out. */
const tools: Partial<Record<Ask, (scene: Scene) => Part>> = { 'confirm-cancel': cancel, 'confirm-move': move };

function cancel({ state }: Scene): Part {
  const input = { appointmentId: state.change?.id ?? '' };
  return { say: [{ phrase: 'cancellingNow' }], ask: null, use: { tool: 'cancel', input } };
}

function move({ state }: Scene): Part {
  const input = { appointmentId: state.change?.id ?? '', startsAt: isoMinute(state.hunt?.chosen ?? 0) };
  return { say: [{ phrase: 'movingNow' }], ask: null, use: { tool: 'move', input } };
}

function kept(scene: Scene): Part {
  const words = whenWords(scene, subjectOfChange(scene.state)?.at ?? 0);
  return { set: taskOver, say: [{ phrase: 'keptAppointment', words }], ask: 'more' };
}

function timesFound(scene: Scene, result: ToolResult): Part {
  const times = lookedUp(scene, result);
  return times.ask === undefined && times.use === undefined ? goOn(scene, times) : times;
}

function found(scene: Scene, all: readonly Appointment[]): Part {
  const { change } = scene.state;
  const first = all[0];
  if (!change || !first) return failed(scene, 'not-found');
  if (change.kind !== 'lookup') {
    return goOn(scene, { set: { change: { ...change, found: [...all], id: all.length === 1 ? first.id : null } } });
  }
  const times = listOfTimes(
    scene,
    all.slice(0, mostNamed).map(({ at }) => at),
    scene.language.speak.and,
  );
  const one = { phrase: 'yourAppointment' as const, words: whenWords(scene, first.at) };
  const line = all.length === 1 ? one : { phrase: 'yourAppointments' as const, words: { times } };
  const booked = all.length === 1 ? first : scene.state.booked;
  return { set: { ...taskOver, booked, ...didToo(scene, { what: 'answered' }) }, say: [line], ask: 'more' };
}

function moved(scene: Scene, startsAt: Json | undefined): Part {
  const at = readInstant(startsAt) ?? scene.state.hunt?.chosen ?? 0;
  const subject = subjectOfChange(scene.state);
  const booked = subject ? { id: subject.id, at } : scene.state.booked;
  const { done } = scene.state;
  // Made in this very call, it is a booking for the new time and nothing else.
  const made = done.findLastIndex((one) => one.what === 'booked' && one.at === subject?.at);
  const now = made < 0 ? didToo(scene, { what: 'moved', at }) : { done: done.with(made, { ...done[made]!, at }) };
  const set = { ...taskOver, booked, ...now };
  return { set, say: [{ phrase: 'moved', words: whenWords(scene, at) }], ask: 'more' };
}

/** An appointment made in this very call is then not booked any more. */
function cancelled(scene: Scene): Part {
  const { id, at } = subjectOfChange(scene.state) ?? scene.state.booked ?? { id: '', at: 0 };
  const gone = scene.state.booked?.id === id;
  const { done } = didToo(scene, { what: 'cancelled', at });
  const set = {
    ...taskOver,
    booked: gone ? null : scene.state.booked,
    done: gone ? done.filter(({ what }) => what !== 'booked') : done,
  };
  return { set, say: [{ phrase: 'cancelled', words: whenWords(scene, at) }], ask: 'more' };
}

/** What cannot be done here is offered as a message that is already written; a time that does not do, as another. */
function failed(scene: Scene, why: string): Part {
  if (why === 'taken') return lookAgain(scene, scene.state.hunt?.chosen ?? undefined);
  if (why === 'past' || why === 'outside-hours') {
    const phrase = why === 'past' ? 'timePast' : 'timeOutsideHours';
    return { set: { hunt: newHunt }, say: [{ phrase, words: { hours: weekHours(scene) } }], ask: 'when' };
  }
  const at = subjectOfChange(scene.state)?.at;
  const when = at === undefined ? '' : whenWords(scene, at).when;
  const body = fill(scene.language.phrases.wantsChange[0], { when });
  const phrase = why === 'number-withheld' ? 'mineWithheld' : why === 'not-found' ? 'noAppointment' : 'changeFailed';
  return { set: { ...taskOver, body, offer: 'message' }, say: [{ phrase }], ask: 'offer' };
}

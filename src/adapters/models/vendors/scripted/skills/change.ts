import type { Json, ToolResult } from '../../../model.ts';
import { subjectOfChange } from '../asks.ts';
import { isoMinute, listOfTimes, local, minuteOfDay, readInstant, whenWords } from '../clock.ts';
import type { Heard } from '../hear/heard.ts';
import { whenOf, type When } from '../hear/when.ts';
import { weekHours } from '../hours.ts';
import { choose, look, lookAgain, lookedUp, newHunt, readingsOf } from '../hunt.ts';
import { fill } from '../phrases.ts';
import { hearTime, timeBid } from '../pick.ts';
import { bids, goOn, taskOver, type Part, type Scene, type Skill } from '../scene.ts';
import { clip, type Appointment, type Change } from '../state.ts';

/** Moves, cancels or looks up an appointment of the number the caller rings from. */
export default {
  bid(scene, heard) {
    const open = scene.state.task === 'change';
    const fitting = open && (fits(scene, heard) || timeBid(scene, heard) > 0) ? bids.fitting : 0;
    return Math.max(fitting, wishBid(scene, heard));
  },
  answer(scene, heard) {
    const kind = kindOf(heard);
    const open = scene.state.task === 'change';
    if (open && (scene.state.ask === 'when' || scene.state.ask === 'pick'))
      return hearTime(scene, heard) ?? next(scene);
    if (open && fits(scene, heard)) return hearAnswer(scene, heard);
    if (open && timeBid(scene, heard) > 0) return hearTime(scene, heard) ?? next(scene);
    return kind === undefined && open ? next(scene) : begin(scene, heard, kind ?? 'move');
  },
  next,
  wrapUp: (scene, heard) => (heard.answer === 'yes' && isConfirming(scene) ? confirmed(scene) : undefined),
  tools: ['find-mine', 'move', 'cancel', 'find-slot'],
  result(scene, tool, result) {
    if (tool === 'find-mine')
      return result.ok ? found(scene, result.value['appointments']) : notFound(scene, result.why);
    if (tool === 'find-slot') {
      const times = lookedUp(scene, result);
      return times.ask === undefined && times.use === undefined ? goOn(scene, times) : times;
    }
    return result.ok ? settled(scene, tool, result.value) : failed(scene, result);
  },
} satisfies Skill;

function next(scene: Scene): Part {
  const { change, hunt } = scene.state;
  if (!change) return { ask: 'more' };
  if (change.found === null)
    return { say: [{ phrase: 'lookingUp' }], ask: null, use: { tool: 'find-mine', input: {} } };
  if (change.id === null) return { ask: 'which' };
  if (change.kind === 'either') return { ask: 'move-or-cancel' };
  if (change.kind === 'cancel') return { ask: 'confirm-cancel' };
  if (!hunt) return { ask: 'when' };
  if (hunt.chosen !== null) return { ask: 'confirm-move' };
  if (hunt.offered.length > 0) return { ask: 'pick' };
  return Object.keys(hunt.wish).length > 0 || hunt.seek === 'earliest' ? look(scene, hunt) : { ask: 'when' };
}

function kindOf({ intents }: Heard): Change['kind'] | undefined {
  if (intents.has('move')) return 'move';
  if (intents.has('cancel')) return 'cancel';
  if (intents.has('cannotCome')) return 'either';
  return intents.has('lookup') ? 'lookup' : undefined;
}

/** "Move it" means an appointment only when there is one to mean. */
function wishBid(scene: Scene, heard: Heard): number {
  const kind = kindOf(heard);
  const other =
    scene.state.task === null &&
    scene.state.booked !== null &&
    heard.when !== undefined &&
    heard.intents.has('instead');
  if (kind === undefined) return other ? bids.wish : 0;
  const within = scene.state.task === 'booking' && scene.state.ask === 'pick' && kind === 'move';
  return within ? 0 : bids.wish + 2;
}

function begin(scene: Scene, heard: Heard, kind: Change['kind']): Part {
  const { booked, task, change: before } = scene.state;
  const known = task === 'change' ? (before?.found ?? null) : booked ? [booked] : null;
  const change: Change = { kind, found: known, id: known?.length === 1 ? (known[0]?.id ?? null) : null };
  const wish = kind === 'move' ? newTime(scene, heard) : undefined;
  return goOn(scene, { set: { ...taskOver, task: 'change', change, hunt: { ...newHunt, wish: wish ?? {} } } });
}

/** "My Tuesday appointment to Thursday": the new time follows the to, and is not what names the appointment. */
function newTime(scene: Scene, heard: Heard): When | undefined {
  const { language, nowMs, briefing } = scene;
  const read = (text: string) => whenOf(text, language, { nowMs, timeZone: briefing.timeZone, bareTimes: false });
  const ends = Array.from(heard.text.matchAll(language.time.towards), (match) => match.index + match[0].length);
  const after = ends.toReversed().map((end) => read(heard.text.slice(end)));
  const named = language.hear.move.exec(heard.plain)?.[0] ?? '';
  return after.find((when) => when !== undefined) ?? (read(named) === undefined ? heard.when : undefined);
}

function isConfirming({ state }: Scene): boolean {
  return state.ask === 'confirm-cancel' || state.ask === 'confirm-move';
}

function fits(scene: Scene, heard: Heard): boolean {
  if (isConfirming(scene))
    return heard.answer !== undefined || heard.choice !== undefined || kindOf(heard) !== undefined;
  if (scene.state.ask === 'move-or-cancel')
    return kindOf(heard) !== undefined || heard.choice !== undefined || heard.when !== undefined;
  return scene.state.ask === 'which' && whichOf(scene, heard) !== undefined;
}

function hearAnswer(scene: Scene, heard: Heard): Part {
  const { change } = scene.state;
  if (!change) return next(scene);
  if (scene.state.ask === 'which')
    return goOn(scene, { set: { change: { ...change, id: whichOf(scene, heard)?.id ?? null } } });
  const kind = kindOf(heard) ?? (heard.choice === 1 ? 'cancel' : 'move');
  if (scene.state.ask === 'move-or-cancel') {
    const hunt = { ...newHunt, wish: heard.when ?? {} };
    return goOn(scene, { set: { change: { ...change, kind }, hunt } });
  }
  if (kindOf(heard) === 'move' && scene.state.ask === 'confirm-cancel') return begin(scene, heard, 'move');
  const other =
    scene.state.ask === 'confirm-move' && heard.choice !== undefined
      ? scene.state.hunt?.offered.at(heard.choice)
      : undefined;
  if (other !== undefined) return goOn(scene, { set: choose(scene, other) });
  if (heard.answer === 'no' && heard.when) return look(scene, { ...newHunt, wish: heard.when });
  return heard.answer === 'no' ? refused(scene) : confirmed(scene);
}

function confirmed(scene: Scene): Part {
  const { change, hunt, ask } = scene.state;
  const appointmentId = change?.id ?? '';
  if (ask === 'confirm-cancel') {
    return { say: [{ phrase: 'cancellingNow' }], ask: null, use: { tool: 'cancel', input: { appointmentId } } };
  }
  const startsAt = isoMinute(hunt?.chosen ?? 0);
  return { say: [{ phrase: 'movingNow' }], ask: null, use: { tool: 'move', input: { appointmentId, startsAt } } };
}

function refused(scene: Scene): Part {
  if (scene.state.ask === 'confirm-move') return { set: { hunt: newHunt }, say: [{ phrase: 'allRight' }], ask: 'when' };
  const at = subjectOfChange(scene.state)?.at ?? 0;
  return { set: taskOver, say: [{ phrase: 'keptAppointment', words: whenWords(scene, at) }], ask: 'more' };
}

function whichOf(scene: Scene, heard: Heard): Appointment | undefined {
  const all = scene.state.change?.found ?? [];
  if (heard.choice !== undefined) return all.slice(0, 3).at(heard.choice);
  const { when } = heard;
  const fitting = when ? all.filter(({ at }) => matches(scene, when, at)) : [];
  return fitting.length === 1 ? fitting[0] : undefined;
}

function matches(scene: Scene, { from, time }: When, at: number): boolean {
  const onDay = from === undefined || local(scene, at).toPlainDate().toString() === from;
  return onDay && (time === undefined || readingsOf(time).includes(minuteOfDay(scene, at)));
}

function found(scene: Scene, list: Json | undefined): Part {
  const { change } = scene.state;
  const all = (Array.isArray(list) ? list : []).flatMap(readAppointment).slice(0, 5);
  if (!change || all.length === 0) return notFound(scene, 'not-found');
  if (change.kind === 'lookup') {
    const times = listOfTimes(
      scene,
      all.map(({ at }) => at),
      scene.language.speak.and,
    );
    const one = { phrase: 'yourAppointment', words: whenWords(scene, all[0]!.at) } as const;
    const line = all.length === 1 ? one : ({ phrase: 'yourAppointments', words: { times } } as const);
    const booked = all.length === 1 ? all[0]! : scene.state.booked;
    return {
      set: { ...taskOver, booked, done: [...scene.state.done, { what: 'answered' as const }].slice(-12) },
      say: [line],
      ask: 'more',
    };
  }
  return goOn(scene, { set: { change: { ...change, found: all, id: all.length === 1 ? all[0]!.id : null } } });
}

function readAppointment(value: Json): readonly Appointment[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const { appointmentId: id, startsAt } = value as { readonly [key: string]: Json };
  const at = readInstant(startsAt);
  return typeof id === 'string' && at !== undefined ? [{ id: clip(id, 100), at }] : [];
}

function notFound(scene: Scene, why: string): Part {
  if (why === 'number-withheld') return toTheTeam(scene, 'mineWithheld');
  return why === 'not-found' ? toTheTeam(scene, 'noAppointment') : toTheTeam(scene, 'changeFailed');
}

function settled(scene: Scene, tool: string, value: { readonly [key: string]: Json }): Part {
  const before = subjectOfChange(scene.state) ?? scene.state.booked;
  const at = tool === 'move' ? (readInstant(value['startsAt']) ?? scene.state.hunt?.chosen ?? 0) : (before?.at ?? 0);
  const phrase = tool === 'move' ? 'moved' : 'cancelled';
  const id = before?.id ?? null;
  const gone = tool === 'cancel' && scene.state.booked?.id === id;
  const earlier = gone ? scene.state.done.filter(({ what }) => what !== 'booked') : scene.state.done;
  const booked = tool === 'move' && id !== null ? { id, at } : gone ? null : scene.state.booked;
  return {
    set: { ...taskOver, booked, done: [...earlier, { what: phrase, at } as const].slice(-12) },
    say: [{ phrase, words: whenWords(scene, at) }],
    ask: 'more',
  };
}

function failed(scene: Scene, result: ToolResult & { ok: false }): Part {
  if (result.why === 'taken') return lookAgain(scene, scene.state.hunt?.chosen ?? undefined);
  if (result.why === 'past' || result.why === 'outside-hours') {
    const phrase = result.why === 'past' ? 'timePast' : 'timeOutsideHours';
    return { set: { hunt: newHunt }, say: [{ phrase, words: { hours: weekHours(scene) } }], ask: 'when' };
  }
  return toTheTeam(scene, result.why === 'not-found' ? 'noAppointment' : 'changeFailed');
}

/** What cannot be done here is offered as a message that is already written. */
function toTheTeam(scene: Scene, phrase: 'mineWithheld' | 'noAppointment' | 'changeFailed'): Part {
  const at = subjectOfChange(scene.state)?.at;
  const when = at === undefined ? '' : whenWords(scene, at).when;
  const body = fill(scene.language.phrases.wantsChange[0], { when });
  return { set: { ...taskOver, body, offer: 'message' }, say: [{ phrase }], ask: 'offer' };
}

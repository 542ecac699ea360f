import type { Item } from '#base';
import type { ToolResult, Turn, TurnInput, TurnReply } from '../../model.ts';
import { homeCountry, questions } from './asks.ts';
import { hear, keyed, type Expectation, type Heard } from './hear/heard.ts';
import { phoneNumber } from './hear/phone.ts';
import { openingLanguage, whichLanguage } from './hear/which-language.ts';
import { replyOf } from './reply.ts';
import { both, changed, goOn, skillOf, taskOver, type Cast, type Part, type Scene, type Skill } from './scene.ts';
import { freshState, readState, type State } from './state.ts';

/** After so many utterances in a row that made no sense, the line is given up. */
const mostMisses = 7;
/** After so many without an answer to one question, another way is tried. */
const mostTries = 3;
/** The call ends at this silence in a row, when nothing is under way. */
const lastSilence = 3;
/** It ends at this one even while a tool is under way. */
const mostSilences = 8;
/** How often the caller is asked to wait for a tool before it counts as failed. */
const mostWaits = 4;

/** One turn of the conversation: what happened in, what to say and do out. Pure. */
export function react(cast: Cast, turn: Turn): TurnReply {
  const scene = sceneOf(cast, turn);
  const reactions: {
    readonly [Type in TurnInput['type']]: (scene: Scene, input: TurnInput & { type: Type }) => TurnReply;
  } = {
    start: (so, { callerNumber }) => replyOf(...start(so, callerNumber)),
    heard: (so, { text, interrupted }) => hearText(so, text, interrupted),
    digits: (so, { digits }) => hearDigits(so, digits),
    silence: (so) => replyOf(so, silence(so)),
    result: (so, { tool, result }) => replyOf(so, resultOf(so, tool, result)),
    resumed: (so) => replyOf(so, resumed(so)),
  };
  const reaction = reactions[turn.input.type] as (scene: Scene, input: TurnInput) => TurnReply;
  return reaction(scene, turn.input);
}

/** The scene a turn plays in. A state nobody can read is a call about which nothing is known. */
export function sceneOf(cast: Cast, { state: kept, briefing, now }: Pick<Turn, 'state' | 'briefing' | 'now'>): Scene {
  const state = readState(kept) ?? {
    ...freshState(openingLanguage(briefing.language, cast.languages)),
    ask: 'help' as const,
  };
  return inLanguage({ state, briefing, nowMs: now, cast }, state.language);
}

function inLanguage(scene: Omit<Scene, 'language'>, id: string): Scene {
  const language = scene.cast.languages.find((one) => one.id === id) ?? scene.cast.languages[0];
  if (!language) throw new Error('the receptionist has no language');
  return { ...scene, language: language.item, state: { ...scene.state, language: language.id } };
}

function start(scene: Scene, callerNumber: string | undefined): [Scene, Part] {
  const caller = callerNumber !== undefined && /^\+\d{6,15}$/.test(callerNumber) ? callerNumber : null;
  const { briefing, cast } = scene;
  const state = { ...freshState(openingLanguage(briefing.language, cast.languages)), caller };
  const greeting = briefing.greeting.trim();
  const asks = /[?？]$/u.test(greeting);
  const say = greeting === '' ? [] : [{ phrase: 'restate' as const, words: { said: greeting } }];
  return [inLanguage({ ...scene, state }, state.language), { say, ask: 'help', ...(asks && { quiet: true as const }) }];
}

function hearText(before: Scene, text: string, interrupted: boolean): TurnReply {
  const { state, cast } = before;
  const spoken = whichLanguage(text, state.language, cast.languages, state.ask === 'name');
  const scene = inLanguage(before, spoken);
  const heard = { ...hear(text, scene.language, expectation(scene)), interrupted };
  return answer(changed(scene, { spoke: true, silences: 0, patience: 0 }), heard);
}

function hearDigits(scene: Scene, digits: string): TurnReply {
  return answer(changed(scene, { silences: 0, patience: 0 }), keyed(digits, scene.language, expectation(scene)));
}

function expectation({ state, nowMs, briefing }: Scene): Expectation {
  const number = state.ask === 'number' || state.ask === 'own-number' || state.ask === 'confirm-number';
  const time = state.ask === 'when' || state.ask === 'pick';
  return { nowMs, timeZone: briefing.timeZone, number, time, dictating: number && state.digits !== '' };
}

/** The highest bid answers. What was said by the way - a name, a number - is kept whoever answers. */
function answer(before: Scene, heard: Heard): TurnReply {
  const scene = changed(before, byTheWay(before, heard));
  const { skill, bid } = winner(scene, heard);
  if (scene.state.pending.length > 0 && bid < urgentBid) {
    const stillRunning = scene.state.pending.filter((tool) => tool !== 'transfer');
    if (stillRunning.length > 0) return replyOf(scene, waiting(scene));
  }
  const attending = changed(scene, { pending: scene.state.pending.filter((tool) => tool !== 'transfer') });
  if (!skill || bid <= 0) return replyOf(attending, missed(attending, heard));
  const understood = changed(attending, { misses: 0, tries: 0 });
  const aside = asideOf(understood, heard, skill);
  const then = changed(understood, aside.set ?? {});
  return replyOf(understood, both(aside, skill.item.answer(then, heard)));
}

/** Bids from here on are heard even while a tool is running. */
const urgentBid = 90;

type Winner = { readonly skill: Item<Skill> | undefined; readonly bid: number };

function winner(scene: Scene, heard: Heard): Winner {
  const none: Winner = { skill: undefined, bid: 0 };
  return scene.cast.skills.reduce<Winner>((best, skill) => {
    const bid = skill.item.bid(scene, heard);
    return bid > best.bid ? { skill, bid } : best;
  }, none);
}

function asideOf(scene: Scene, heard: Heard, winning: Item<Skill>): Part {
  const asides = scene.cast.skills
    .filter(({ id }) => id !== winning.id)
    .flatMap(({ item }) => item.aside?.(scene, heard) ?? []);
  return asides.reduce<Part>((so, aside) => both(so, aside), {});
}

function byTheWay(scene: Scene, heard: Heard): Partial<State> {
  const { ask } = scene.state;
  const introduced = heard.introduced !== undefined && ask !== 'name' ? { name: heard.introduced } : {};
  const asked = ask === 'number' || ask === 'own-number' || ask === 'confirm-number';
  const number =
    asked || heard.card || heard.keyed || heard.digits.length < 7
      ? undefined
      : phoneNumber(heard.digits, homeCountry(scene));
  return { ...introduced, ...(number?.complete && { callback: number.number, callbackSure: false }) };
}

function waiting(scene: Scene): Part {
  const waits = scene.state.waits + 1;
  if (waits < mostWaits) return { set: { waits }, say: [{ phrase: 'stillWorking' }], quiet: true };
  const tool = scene.state.pending[0] ?? '';
  const lost = resultOf(changed(scene, { waits: 0 }), tool, { ok: false, why: 'unavailable' });
  return both(lost, { ...lost, say: [], set: { silences: scene.state.silences } });
}

/** Not understood: asks again in other words, then goes another way, in the end gives up politely. */
function missed(scene: Scene, heard: Heard): Part {
  const { ask } = scene.state;
  const misses = scene.state.misses + 1;
  const tries = scene.state.tries + 1;
  const counted = changed(scene, { misses, tries });
  // Cut off in mid-sentence we probably missed the beginning: just listen.
  if (heard.interrupted && misses === 1) return { set: { misses }, say: [{ phrase: 'imHere' }], quiet: true };
  if (misses >= mostMisses) return { ...gaveUp(scene, 'lineBad'), set: { misses } };
  if (tries >= mostTries) return both({ set: { misses, tries: 0 } }, anotherWay(counted));
  const phrase = misses === 1 ? 'notUnderstood' : 'notUnderstoodAgain';
  return { set: { misses, tries }, say: [{ phrase }], ask: ask ?? 'more' };
}

function anotherWay(scene: Scene): Part {
  const { ask, task } = scene.state;
  const giveUp = ask === null ? undefined : questions[ask].giveUp;
  if (giveUp && task !== null) {
    const set = giveUp.set(scene.state);
    return goOn(scene, { set, say: giveUp.say ? [{ phrase: giveUp.say }] : [] });
  }
  const offer = scene.briefing.canTransfer ? 'person-or-message' : 'message';
  return { set: { offer }, say: [{ phrase: 'notUnderstoodAgain' }], ask: 'offer' };
}

function gaveUp(scene: Scene, phrase: 'lineBad' | 'silenceBye'): Part {
  return { say: [{ phrase, words: { business: scene.briefing.business } }], ask: null, end: true };
}

/** Nobody says anything: asks, rephrases, saves what was told, says goodbye. */
function silence(scene: Scene): Part {
  const { patience, pending, task } = scene.state;
  const silences = scene.state.silences + 1;
  if (silences >= mostSilences) return { ...gaveUp(scene, 'silenceBye'), set: { silences, pending: [], ...taskOver } };
  if (pending.length > 0) return both({ set: { silences } }, waiting(changed(scene, { silences })));
  if (patience > 0) return { set: { patience: patience - 1 }, say: [{ phrase: 'takeYourTime' }], quiet: true };
  if (silences === 1) return { set: { silences }, say: [{ phrase: 'stillThere' }] };
  if (silences < lastSilence) return { set: { silences }, say: [{ phrase: 'silenceHelp' }] };
  const nothing = hear('', scene.language, expectation(scene));
  const saving =
    task === 'message' && !scene.state.ending ? skillOf(scene.cast, task)?.wrapUp?.(scene, nothing) : undefined;
  if (saving) return { ...saving, set: { ...saving.set, silences, ending: true } };
  return { ...gaveUp(scene, 'silenceBye'), set: { silences, ...taskOver } };
}

/** Goes to the open task if it asked for the tool, else to whoever knows it. A failure nobody waits for is ignored. */
function resultOf(before: Scene, tool: string, result: ToolResult): Part {
  const at = before.state.pending.indexOf(tool);
  const awaited = at >= 0;
  const set = {
    pending: before.state.pending.filter((_, index) => index !== at),
    waits: 0,
    silences: awaited ? 0 : before.state.silences,
  };
  const scene = changed(before, set);
  const skill = awaited || result.ok ? skillFor(scene, tool) : undefined;
  const part = both({ set }, skill?.result?.(scene, tool, result) ?? {});
  if (!scene.state.ending || part.use) return part;
  const bye = { phrase: 'bye' as const, words: { business: scene.briefing.business } };
  return { set: { ...part.set, ending: false }, say: [...(part.say ?? []), bye], ask: null, end: true };
}

function skillFor({ cast, state }: Scene, tool: string): Skill | undefined {
  const open = skillOf(cast, state.task);
  return open?.tools?.includes(tool) ? open : cast.skills.find(({ item }) => item.tools?.includes(tool))?.item;
}

/** The line is back: what was said last may not have been heard. */
function resumed(scene: Scene): Part {
  const { gist, pending } = scene.state;
  if (pending.length > 0) return { say: [{ phrase: 'lineBack' }, { phrase: 'stillWorking' }], quiet: true };
  if (gist === '') return { say: [{ phrase: 'lineBack' }] };
  return { say: [{ phrase: 'lineBack' }, { phrase: 'restate', words: { said: gist } }], quiet: true };
}

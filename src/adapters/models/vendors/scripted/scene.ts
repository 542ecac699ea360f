import type { Item } from '#base';
import type { Briefing, ToolResult, ToolUse } from '../../model.ts';
import type { Heard } from './hear/heard.ts';
import type { Language } from './language.ts';
import type { Line } from './phrases.ts';
import type { Ask, Done, State } from './state.ts';

/** Everything a decision may look at. */
export type Scene = {
  readonly state: State;
  readonly briefing: Briefing;
  readonly language: Language;
  readonly nowMs: number;
  readonly cast: Cast;
};

/** The catalogues: who can be spoken to, and what can be done for them. */
export type Cast = {
  readonly languages: readonly Item<Language>[];
  readonly skills: readonly Item<Skill>[];
};

/**
 * What a skill answers: changes to the state, words, the question that is open afterwards, and at most one tool.
 * `ask` undefined leaves the open question open and puts it again; null leaves no question.
 */
export type Part = {
  readonly set?: Partial<State>;
  readonly say?: readonly Line[];
  readonly ask?: Ask | null;
  readonly use?: ToolUse;
  /** The open question stays open without being put again. */
  readonly quiet?: true;
  /** The call ends after these words. */
  readonly end?: true;
};

/**
 * Something the receptionist can do. Every skill bids for each utterance and the highest bid answers; a skill adds
 * itself by being a file in `skills/`. All of it is pure.
 */
export type Skill = {
  /** How surely these words are meant for this skill, on the scale of `bids`; 0 when not at all. */
  bid(scene: Scene, heard: Heard): number;
  answer(scene: Scene, heard: Heard): Part;
  /** Words in front of another skill's answer: sympathy, a greeting. */
  aside?(scene: Scene, heard: Heard): Part | undefined;
  /** For a task of several steps: what comes next, as the state stands. */
  next?(scene: Scene): Part;
  /** For a task: the tool that saves what there is when the caller says goodbye; undefined when nothing is due. */
  wrapUp?(scene: Scene, heard: Heard): Part | undefined;
  /** Tools whose results this skill understands. */
  readonly tools?: readonly string[];
  result?(scene: Scene, tool: string, result: ToolResult): Part;
};

/** The scale of bids, so that skills can be read against each other. */
export const bids = {
  /** Life and limb, and the right to be left alone: whatever else is going on. */
  safety: 100,
  refusal: 95,
  /** Truth about ourselves, and what must never be taken for an answer. */
  honesty: 90,
  /** How we talk: repeat, wait, another language, a person instead. */
  control: 82,
  /** An answer that fits the open question exactly. */
  fitting: 70,
  /** Words where words were asked for. */
  freeText: 67,
  /** A wish of its own, said in so many words. */
  wish: 62,
  question: 55,
  /** Feelings, thanks, greetings: only when nothing else is in the words. */
  courtesy: 30,
  /** Better than not having understood. */
  guess: 10,
} as const;

/** The scene with the state changed. */
export function changed(scene: Scene, set: Partial<State>): Scene {
  return { ...scene, state: { ...scene.state, ...set } };
}

/** One part after the other: state and words add up, the second decides what is asked and used. */
export function both(first: Part, second: Part): Part {
  return { ...second, set: { ...first.set, ...second.set }, say: [...(first.say ?? []), ...(second.say ?? [])] };
}

/** A skill by id. */
export function skillOf(cast: Cast, id: string | null): Skill | undefined {
  return cast.skills.find((one) => one.id === id)?.item;
}

/** Sets, then goes on with the task: its next step as the state then stands. Without a task, asks what else. */
export function goOn(scene: Scene, first: Part): Part {
  const then = changed(scene, first.set ?? {});
  const open = skillOf(scene.cast, then.state.task);
  return both(first, open?.next?.(then) ?? { ask: 'more' });
}

/** One more thing that came of the call. */
export function didToo({ state }: Scene, what: Done): Pick<State, 'done'> {
  return { done: [...state.done, what].slice(-12) };
}

/** The task is over, for better or worse. Who they are and how to reach them stays known. */
export const taskOver = {
  task: null,
  offer: null,
  body: '',
  urgent: null,
  reason: '',
  hunt: null,
  change: null,
} as const satisfies Partial<State>;

import type { Heard } from '../hear/heard.ts';
import { bids, changed, skillOf, type Part, type Scene, type Skill } from '../scene.ts';
import type { Line } from '../phrases.ts';

/** Goodbye, from either side. What the caller has told and not seen saved is saved first. */
export default {
  bid(scene, heard) {
    const { ask } = scene.state;
    if (heard.intents.has('wrongNumber')) return heard.wordCount <= 14 ? bids.control - 2 : 0;
    if (heard.intents.has('goodbye')) return byeBid(heard);
    if ((ask !== 'more' && ask !== 'help') || wantsMore(heard)) return 0;
    return isDone(scene, heard) ? bids.fitting : 0;
  },
  answer(scene, heard) {
    if (heard.intents.has('wrongNumber')) return farewell(scene, [line(scene, 'wrongNumber')]);
    // A number that was just denied is not passed on.
    const denied = scene.state.ask === 'confirm-number' && heard.answer === 'no';
    const then = denied ? changed(scene, { callback: null }) : scene;
    const saving = skillOf(scene.cast, scene.state.task)?.wrapUp?.(then, heard);
    if (saving) return { ...saving, set: { ...saving.set, ending: true } };
    const thanked = heard.intents.has('thanks') ? ([{ phrase: 'welcome' }] as const) : [];
    return farewell(scene, [...thanked, line(scene, 'bye')]);
  },
} satisfies Skill;

/** Before anything was done for the caller, a lone "no" is more likely misheard than a goodbye. */
function isDone({ state }: Scene, { answer, intents }: Heard): boolean {
  if (intents.has('nothingElse')) return true;
  const isOver = state.ask === 'more' || state.done.length > 0;
  return isOver && (answer === 'no' || intents.has('thanks'));
}

/** A long tale may hold a "goodbye" that is none. */
function byeBid(heard: Heard): number {
  if (wantsMore(heard)) return 0;
  return heard.wordCount <= 12 ? bids.control - 4 : bids.courtesy + 5;
}

/** Something is asked for in the same breath. */
function wantsMore({ intents }: Heard): boolean {
  return (['book', 'move', 'cancel', 'message', 'lookup', 'hours', 'question', 'person'] as const).some((one) =>
    intents.has(one),
  );
}

function line({ briefing }: Scene, phrase: 'wrongNumber' | 'bye'): Line {
  return { phrase, words: { business: briefing.business } };
}

function farewell(_scene: Scene, say: readonly Line[]): Part {
  return { say, ask: null, end: true };
}

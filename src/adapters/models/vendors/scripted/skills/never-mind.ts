import { subjectOfChange } from '../asks.ts';
import { whenWords } from '../clock.ts';
import { bids, taskOver, type Skill } from '../scene.ts';
import type { Ask } from '../state.ts';

/** Questions that a "no, thank you" answers by wanting none of it. */
const aboutTimes: ReadonlySet<Ask> = new Set<Ask>(['when', 'pick', 'which', 'move-or-cancel', 'confirm-move']);

/** "Forget it": the open task is dropped, and nothing of it is kept but who called. */
export default {
  bid({ state }, heard) {
    // "Cancel" is an answer where an appointment is to be moved or cancelled.
    if (state.ask === 'move-or-cancel' && heard.intents.has('cancel')) return 0;
    const refused = heard.answer === 'no' && (heard.intents.has('thanks') || heard.intents.has('nothingElse'));
    if (refused && state.task !== null && state.ask !== null && aboutTimes.has(state.ask)) return bids.control - 6;
    const dropped = heard.intents.has('neverMind') && heard.wordCount <= 7 && heard.when === undefined;
    return dropped && (state.task !== null || state.ask === 'offer') ? bids.control - 6 : 0;
  },
  answer(scene) {
    const kept = subjectOfChange(scene.state);
    if (kept)
      return { set: taskOver, say: [{ phrase: 'keptAppointment', words: whenWords(scene, kept.at) }], ask: 'more' };
    return { set: taskOver, say: [{ phrase: 'dropped' }], ask: 'more' };
  },
} satisfies Skill;

import { subjectOfChange } from '../asks.ts';
import { whenWords } from '../clock.ts';
import type { Heard } from '../hear/heard.ts';
import { bids, taskOver, type Skill } from '../scene.ts';
import type { Ask, State } from '../state.ts';

/** Questions that a "no, thank you" answers by wanting none of it. */
const aboutTimes: ReadonlySet<Ask | null> = new Set<Ask>(['when', 'pick', 'which', 'move-or-cancel', 'confirm-move']);

/** "Forget it": the open task is dropped, and nothing of it is kept but who called. */
export default {
  bid: ({ state }, heard) => (declines(state, heard) || drops(state, heard) ? bids.control - 6 : 0),
  answer(scene) {
    const kept = subjectOfChange(scene.state);
    const words = kept && whenWords(scene, kept.at);
    return { set: taskOver, say: [words ? { phrase: 'keptAppointment', words } : { phrase: 'dropped' }], ask: 'more' };
  },
} satisfies Skill;

function declines({ task, ask }: State, { answer, intents }: Heard): boolean {
  const politely = answer === 'no' && (intents.has('thanks') || intents.has('nothingElse')) && !intents.has('question');
  return politely && task !== null && aboutTimes.has(ask);
}

/** "Cancel it" is an answer where an appointment is to be moved or cancelled. */
function drops({ task, ask }: State, { intents, wordCount, when }: Heard): boolean {
  if (!intents.has('neverMind') || wordCount > 7 || when !== undefined) return false;
  return task === 'change' ? !intents.has('cancel') : task !== null || ask === 'offer';
}

import type { Heard } from '../hear/heard.ts';
import { bids, type Scene, type Skill } from '../scene.ts';

/** Greetings, thanks, "how are you", "what can you do": answered when nothing else was said. */
export default {
  bid(scene, { intents, introduced, wordCount, answer }) {
    if (intents.has('help')) return bids.question - 5;
    if (wantsMore(scene, answer, wordCount)) return bids.courtesy - 2;
    if (intents.has('howAreYou')) return bids.question - 5;
    const greeted = intents.has('greeting') || intents.has('thanks');
    const named =
      introduced !== undefined && wordCount <= 10 && (scene.state.ask === 'help' || scene.state.ask === 'more');
    return greeted ? bids.courtesy : named ? bids.courtesy - 5 : 0;
  },
  answer(scene, { intents, answer, wordCount }) {
    const { state, briefing } = scene;
    if (!intents.has('help') && wantsMore(scene, answer, wordCount))
      return { say: [{ phrase: 'imHere' }], ask: 'help', quiet: true };
    if (intents.has('help')) {
      const phrase = briefing.canBook === false ? 'whatICanDoWithout' : 'whatICanDo';
      return { say: [{ phrase, words: { business: briefing.business } }] };
    }
    if (intents.has('howAreYou')) return { say: [{ phrase: 'imWell' }] };
    if (intents.has('thanks'))
      return { say: [{ phrase: 'welcome' }], ...(state.task === null && { ask: 'more' as const }) };
    return { say: [{ phrase: 'hello', words: { name: state.name ?? '' } }] };
  },
} satisfies Skill;

/** A bare yes to "anything else?". */
function wantsMore({ state }: Scene, answer: Heard['answer'], wordCount: number): boolean {
  return (state.ask === 'more' || state.ask === 'help') && answer === 'yes' && wordCount <= 4;
}

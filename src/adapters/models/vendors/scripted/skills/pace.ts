import type { Heard } from '../hear/heard.ts';
import { bids, type Scene, type Skill } from '../scene.ts';

/** How we talk: say it again, wait a moment, I'm listening. */
export default {
  bid(scene, heard) {
    if (heard.intents.has('repeat')) return repeatBid(scene, heard);
    if (heard.intents.has('hold') && heard.wordCount <= 8 && heard.when === undefined) return bids.control - 1;
    return heard.intents.has('backchannel') && heard.answer === undefined ? bids.courtesy + 2 : 0;
  },
  answer({ state }, { intents }) {
    if (intents.has('repeat')) return { say: [{ phrase: 'again', words: { said: state.gist } }], quiet: true };
    if (intents.has('hold')) return { set: { patience: 2 }, say: [{ phrase: 'takeYourTime' }], quiet: true };
    return state.ask === 'help' || state.ask === null ? { say: [{ phrase: 'imHere' }], quiet: true } : {};
  },
} satisfies Skill;

/** "Excuse me, could you tell me ..." holds more than a plea to repeat. */
function repeatBid({ state }: Scene, heard: Heard): number {
  if (state.gist === '') return 0;
  const telling = state.ask === 'body' || state.ask === 'reason';
  return heard.wordCount <= (telling ? 5 : 12) ? bids.control : 0;
}

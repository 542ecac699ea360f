import type { Heard } from '../hear/heard.ts';
import { plain } from '../hear/plain.ts';
import { bids, type Scene, type Skill } from '../scene.ts';

/** Who is speaking here. "Are you a person?" is always answered with the truth (Utah 13-77-103, EU AI Act 50). */
export default {
  bid(scene, heard) {
    if (heard.intents.has('machine')) return bids.honesty;
    return heard.intents.has('who') || namesUs(scene, heard) ? bids.question + 2 : 0;
  },
  answer({ briefing }, { intents }) {
    const phrase = intents.has('machine') ? 'machine' : 'whoIsThis';
    return { say: [{ phrase, words: { business: briefing.business, agent: briefing.agent } }] };
  },
} satisfies Skill;

/** "Is this Hill Street Dental?": little more than our own name, with a question mark. */
function namesUs({ briefing }: Scene, { plain: words, wordCount, intents }: Heard): boolean {
  const name = plain(briefing.business);
  return intents.has('question') && name !== '' && words.includes(name) && wordCount <= name.split(' ').length + 3;
}

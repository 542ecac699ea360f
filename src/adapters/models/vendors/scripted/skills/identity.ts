import { bids, type Skill } from '../scene.ts';

/** Who is speaking here. "Are you a person?" is always answered with the truth (Utah 13-77-103, EU AI Act 50). */
export default {
  bid: (_scene, { intents }) => (intents.has('machine') ? bids.honesty : intents.has('who') ? bids.question + 2 : 0),
  answer({ briefing }, { intents }) {
    const phrase = intents.has('machine') ? 'machine' : 'whoIsThis';
    return { say: [{ phrase, words: { business: briefing.business, agent: briefing.agent } }] };
  },
} satisfies Skill;

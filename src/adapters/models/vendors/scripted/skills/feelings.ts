import type { Heard } from '../hear/heard.ts';
import { bids, type Part, type Scene, type Skill } from '../scene.ts';

/** Anger and swearing: one apology, then help, a person or a message. Endless abuse ends the call. */
export default {
  bid: (_scene, heard) => (isUpset(heard) ? bids.courtesy + 10 : 0),
  answer(scene, heard) {
    const words = soothing(scene, heard);
    if ((words.set?.swearing ?? 0) > 3) {
      return {
        ...words,
        say: [{ phrase: 'profanityBye', words: { business: scene.briefing.business } }],
        ask: null,
        end: true,
      };
    }
    const offer = scene.briefing.canTransfer ? 'person-or-message' : 'message';
    return { ...words, set: { ...words.set, offer }, ask: 'offer' };
  },
  aside: (scene, heard) => (isUpset(heard) ? soothing(scene, heard) : undefined),
} satisfies Skill;

function isUpset({ intents }: Heard): boolean {
  return intents.has('anger') || intents.has('profanity');
}

function soothing({ state }: Scene, { intents }: Heard): Part {
  const swearing = state.swearing + (intents.has('profanity') ? 1 : 0);
  const phrase = state.anger === 0 ? 'sorryAnger' : intents.has('profanity') ? 'profanity' : 'calmAnger';
  return { set: { anger: state.anger + 1, swearing }, say: [{ phrase }] };
}

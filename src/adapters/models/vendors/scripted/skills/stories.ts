import { bids, type Skill } from '../scene.ts';
import { clip } from '../state.ts';

/** A tale without a stated wish: it is about something, so an appointment or a message will be right. */
export default {
  bid: ({ state }, heard) => (state.task === null && heard.wordCount >= 4 ? bids.guess : 0),
  answer({ briefing }, heard) {
    const offer = briefing.canBook === false ? ('message' as const) : ('booking-or-message' as const);
    const set = {
      offer,
      body: clip(heard.text, 1_000),
      ...(heard.intents.has('urgent') && { urgent: true }),
    };
    return { set, say: [{ phrase: 'story' }], ask: 'offer' };
  },
} satisfies Skill;

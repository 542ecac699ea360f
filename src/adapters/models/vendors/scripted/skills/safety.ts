import { bids, type Skill } from '../scene.ts';

/** Danger to life: nobody may wait on this line for help. The open question stays, for a false alarm. */
export default {
  bid: (_scene, { intents }) => (intents.has('emergency') ? bids.safety : 0),
  answer: () => ({ say: [{ phrase: 'emergency' }], quiet: true }),
} satisfies Skill;

import { bids, type Skill } from '../scene.ts';

/** Card numbers are not wanted here; secretary/calls masks them before anything is kept. */
export default {
  bid: (_scene, { card }) => (card ? bids.refusal - 3 : 0),
  answer: () => ({ say: [{ phrase: 'noCards' }] }),
} satisfies Skill;

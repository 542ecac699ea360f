import { bids, type Skill } from '../scene.ts';

/** Card numbers are not wanted here; secretary/calls masks them before anything is kept. */
export default {
  bid: (_scene, { card }) => (card ? bids.refusal - 3 : 0),
  // Digits gathered so far may be the beginning of that card.
  answer: () => ({ set: { digits: '' }, say: [{ phrase: 'noCards' }] }),
} satisfies Skill;

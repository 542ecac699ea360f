import { bids, didToo, goOn, type Part, type Scene, type Skill } from '../scene.ts';
import type { PhraseKey } from '../phrases.ts';

const failures: Readonly<Record<string, PhraseKey>> = {
  'busy': 'transferBusy',
  'no-answer': 'transferNoAnswer',
  'not-offered': 'transferNotOffered',
};

/** Puts the caller through, and takes a message when that fails. The open task waits meanwhile. */
export default {
  bid(scene, heard) {
    if (!heard.intents.has('person')) return 0;
    const tellingAStory = scene.state.ask === 'body' || scene.state.ask === 'reason';
    return tellingAStory && heard.wordCount > 10 ? 0 : bids.control + 3;
  },
  answer: putThrough,
  next: putThrough,
  tools: ['transfer'],
  result(scene, _tool, result) {
    if (result.ok) return goOn(scene, {});
    const phrase = failures[result.why] ?? 'transferFailed';
    const done = scene.state.done.filter(({ what }) => what !== 'transferred');
    return { set: { done, offer: 'message' }, say: [{ phrase }], ask: 'offer' };
  },
} satisfies Skill;

/** A transfer that succeeds takes the call away, so it is noted now and struck out when it comes back. */
function putThrough(scene: Scene): Part {
  if (!scene.briefing.canTransfer) {
    return { set: { offer: 'message' }, say: [{ phrase: 'transferNotOffered' }], ask: 'offer' };
  }
  const { done } = didToo(scene, { what: 'transferred' });
  return { set: { done }, say: [{ phrase: 'putThrough' }], ask: scene.state.ask, use: { tool: 'transfer', input: {} } };
}

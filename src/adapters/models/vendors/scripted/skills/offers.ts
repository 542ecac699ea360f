import type { Heard } from '../hear/heard.ts';
import { bids, both, changed, goOn, skillOf, taskOver, type Part, type Scene, type Skill } from '../scene.ts';
import { usesOf, type Offer } from '../state.ts';

/** The skills an offer is about, in the order it names them. */
const leads: Readonly<Record<Exclude<Offer, 'retry'>, readonly [string, ...string[]]>> = {
  'message': ['message'],
  'person': ['person'],
  'person-or-message': ['person', 'message'],
  'booking-or-message': ['booking', 'message'],
  'stop-calling': ['stop-calling'],
};

/** Answers to "shall I ...?" that are a yes, a no or "the second". */
export default {
  bid({ state }, heard) {
    const answered =
      heard.answer !== undefined ||
      heard.choice !== undefined ||
      heard.intents.has('nothingElse') ||
      (heard.intents.has('dontCare') && !asks(heard));
    // "No, a message" says what is wanted, and the skill for it knows better.
    const named = heard.intents.has('message') || heard.intents.has('person') || heard.intents.has('book');
    return state.ask === 'offer' && answered && !named ? bids.fitting : 0;
  },
  answer(scene, heard) {
    const offer = scene.state.offer ?? 'message';
    if (refused(heard)) return leave(scene);
    if (offer === 'retry') return goOn(scene, { set: { offer: null } });
    const choices = leads[offer];
    const chosen = heard.choice === undefined ? undefined : choices.at(heard.choice);
    const insists = heard.intents.has('dontCare') || usesOf(scene.state.recent.slice(-6), 'whichOffer') > 0;
    if (choices.length > 1 && chosen === undefined && !insists) {
      return { say: [{ phrase: 'whichOffer' }] };
    }
    return open(scene, chosen ?? choices[0]);
  },
} satisfies Skill;

/** "Whatever. What are your hours?" answers no offer. */
function asks({ intents }: Heard): boolean {
  return intents.has('question') || intents.has('hours');
}

function refused(heard: Heard): boolean {
  return (
    heard.choice === undefined &&
    (heard.answer === 'no' || (heard.answer === undefined && heard.intents.has('nothingElse')))
  );
}

/** Back to the open task, or to what else there is. */
function leave(scene: Scene): Part {
  const given = scene.state.offer === 'retry' || scene.state.task === null ? taskOver : { offer: null };
  return goOn(scene, { set: given, say: [{ phrase: 'allRight' }] });
}

function open(scene: Scene, skill: string): Part {
  const { body, reason, urgent } = scene.state;
  const isTask = skill === 'message' || skill === 'booking';
  const kept = skill === 'message' ? { body, urgent } : { reason: reason || body.slice(0, 300) };
  const set = isTask ? { ...taskOver, task: skill, ...kept } : { offer: null };
  const then = changed(scene, set);
  return both({ set }, skillOf(scene.cast, skill)?.next?.(then) ?? { ask: 'more' });
}

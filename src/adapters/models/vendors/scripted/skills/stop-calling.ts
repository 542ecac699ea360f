import { fill } from '../phrases.ts';
import { bids, didToo, goOn, taskOver, type Part, type Scene, type Skill } from '../scene.ts';

/**
 * "Take me off your list": done at once, by any words that mean it (47 CFR 64.1200(a)(10)), and confirmed only when
 * the number is on the list. Without a number to see, the team is told by message.
 */
export default {
  bid: (_scene, { intents }) => (intents.has('stopCalling') ? bids.refusal : 0),
  answer: stop,
  next: stop,
  tools: ['stop-calling'],
  result(scene, _tool, result) {
    if (!result.ok) return result.why === 'number-withheld' ? withheld(scene) : failed(scene);
    const { done } = didToo(scene, { what: 'stopped' });
    return { set: { ...taskOver, done }, say: [{ phrase: 'stopped' }], ask: 'more' };
  },
} satisfies Skill;

function stop(): Part {
  return {
    set: { leaveAlone: true },
    say: [{ phrase: 'stopNow' }],
    ask: null,
    use: { tool: 'stop-calling', input: {} },
  };
}

function withheld(scene: Scene): Part {
  const set = { ...noteFor(scene, ''), callback: null, callbackSure: false, digits: '' };
  return { set, say: [{ phrase: 'stopWithheld' }], ask: 'number', quiet: true };
}

function failed(scene: Scene): Part {
  const { caller } = scene.state;
  const known = caller === null ? {} : { callback: caller, callbackSure: true };
  return goOn(scene, { set: { ...noteFor(scene, caller ?? ''), ...known }, say: [{ phrase: 'stopFailed' }] });
}

/** The wish as a message, asking for no more than the number. */
function noteFor(scene: Scene, number: string) {
  const body = fill(scene.language.phrases.stopBody[0], { number });
  const declined = [...new Set([...scene.state.declined, 'name' as const, 'own-number' as const])].filter(
    (one) => one !== 'number',
  );
  return { ...taskOver, task: 'message', body, urgent: true, declined };
}

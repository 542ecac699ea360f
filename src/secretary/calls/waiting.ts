import type { Conversation, Step } from './conversation.ts';
import { acknowledgeAll } from './hearing.ts';
import { limits } from './limits.ts';
import { phrase } from './phrases.ts';
import { join, say, settle, think } from './steps.ts';

/* What happens while the caller waits for an answer by text, and when the one who was asked does not give it. Pure. */

/**
 * The first failure is tried again, unless the caller has been asked to wait already. After that the model is lost, and
 * the scripted receptionist takes over with what waits. Undefined when that one has failed as well.
 */
export function tryAnother(call: Conversation): Step | undefined {
  const failures = call.failures + 1;
  if (failures < 2 && call.patience === 0) return think({ ...call, failures }, call.asked);
  if (call.standIn) return undefined;
  return join(think({ ...call, standIn: true, model: null, failures: 0 }, call.asked), [{ do: 'model-lost' }]);
}

/** By webhook the words so far are given to the carrier, which comes back for the rest when it has played them. */
export function askToWait(call: Conversation): Step {
  const waiting = { ...call, patience: 1 };
  // While it plays them nothing more can be given.
  const [spoken, said] = call.held > 0 ? [waiting, []] : say(waiting, phrase(call.language, 'moment'));
  const held = call.channel === 'gather' ? spoken.seq : 0;
  return [
    { ...spoken, held: call.held > 0 ? call.held : held },
    [...said, { do: 'wait', turn: call.turn, ms: limits.thinkingMs[1] }],
  ];
}

/** The carrier has played what it was given; what was said meanwhile is still to be heard. */
export function cameBack(call: Conversation): Step {
  if (!(call.held > 0)) return [call, []];
  const later = call.unheard.filter(({ seq }) => seq >= call.held);
  if (call.phase === 'over') return [{ ...call, unheard: later, held: 0 }, []];
  const given = call.unheard.filter(({ seq }) => seq < call.held);
  const [next, done] = spokenBefore({ ...call, unheard: given });
  return [{ ...next, unheard: later }, done];
}

/** The carrier went on after what it had to say: that has been spoken. */
export function spokenBefore(call: Conversation): Step {
  const [settled, acknowledged] = settle(call, acknowledgeAll(call.unheard));
  const first = call.disclosed ? [] : [{ do: 'disclosed' as const }];
  return [{ ...settled, disclosed: true, held: 0 }, [...acknowledged, ...first]];
}

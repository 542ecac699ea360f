import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveProduct } from '../live-product.ts';
import type { Script } from '../stand-in-model/stand-in.ts';

/** A model that greets, answers, takes a message with a tool and says goodbye. */
const receptionist: Script = ({ heard, prompted, result, lines }) => {
  if (prompted !== undefined) return { say: /"([^"]*)"[^"]*$/.exec(prompted)?.[1] ?? 'Are you still there?' };
  if (result !== undefined)
    return { say: JSON.stringify(result).includes('"ok":false') ? 'That failed.' : 'I noted it.' };
  if (heard.includes('message'))
    return {
      say: 'Let me write that down.',
      use: { tool: 'take-message', input: { name: 'Alex Sample', callback: null, body: heard, urgent: false } },
    };
  if (heard.includes('goodbye')) return { say: 'Goodbye.', use: { tool: 'end-call', input: {} } };
  return { say: `That is answer ${lines.filter(({ by }) => by === 'caller').length}.` };
};

test('a call is held live: the caller is greeted, answered and helped, and the books say what was heard', async (t) => {
  const live = await liveProduct(t, { script: receptionist });
  const call = live.ring();
  assert.match(await call.said(), /AI assistant/);
  assert.equal(await call.said(), 'How can I help you today?');
  await call.say('What does it cost?');
  assert.equal(await call.said(), 'That is answer 1.');
  await call.say('Please take a message, my crown is loose.');
  assert.equal(await call.said(), 'Let me write that down.');
  assert.equal(await call.said(), 'I noted it.');
  await call.say('No, goodbye.');
  assert.equal(await call.said(), 'Goodbye.');
  assert.equal((await call.ended).how, 'product-hung-up');

  const { transcript, endReason, disclosedAt } = await live.finished();
  assert.equal(endReason, 'completed');
  assert.ok(disclosedAt);
  assert.deepEqual(transcript.map(({ speaker, heard }) => `${speaker}: ${heard}`).slice(1), [
    'agent: How can I help you today?',
    'caller: What does it cost?',
    'agent: That is answer 1.',
    'caller: Please take a message, my crown is loose.',
    'agent: Let me write that down.',
    'agent: I noted it.',
    'caller: No, goodbye.',
    'agent: Goodbye.',
  ]);
  const { items } = await live.read<{ items: { body: string }[] }>('/api/v1/messages');
  assert.match(items[0]?.body ?? '', /crown is loose/);
  assert.ok(call.mostWaitingMs() <= 400, 'never more than 400 ms ahead at the carrier');
  const latency = await live.read<{ turns: number }>(`/api/v1/agents/${live.setUp.agent}/latency`);
  assert.ok(latency.turns >= 3);
});

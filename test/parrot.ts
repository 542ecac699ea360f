import type { TextModel, TurnInput, TurnReply } from '#adapters/models';

type Does = Pick<TurnReply, 'say'> & Partial<Pick<TurnReply, 'use' | 'expect'>>;

/**
 * A model that does exactly what a test's caller tells it, so that tests of the call itself do not depend on
 * what a receptionist would say. "book <instant>", "message <words>", "person", "bye", "stop", "break", "say <words>".
 */
export const parrot: TextModel = {
  processor: { name: 'Parrot', purpose: 'tests', data: [], region: 'this machine', hosts: [], keeps: [] },
  async turn({ state, input }) {
    const turns = typeof state === 'number' ? state : 0;
    return { state: turns + 1, language: 'en-US', expect: 'speech', ...answer(input) };
  },
  async debrief({ state }) {
    return {
      outcome: state === null ? 'abandoned' : 'nothing-needed',
      summary: 'The caller spoke with the parrot.',
      extraction: { language: 'en-US', reason: 'parrot' },
      isLead: state !== null,
    };
  },
};

function answer(input: TurnInput): Does {
  switch (input.type) {
    case 'start':
      return { say: ['How can I help?'] };
    case 'heard':
      return obey(input.text);
    case 'digits':
      return { say: [`You keyed ${input.digits}.`] };
    case 'silence':
      return { say: [`Are you there? ${input.count}.`] };
    case 'resumed':
      return { say: ['We were cut off.'] };
    case 'result':
      return { say: [input.result.ok ? `Done: ${input.tool}.` : `Not done: ${input.result.why}.`] };
  }
}

function obey(text: string): Does {
  const [verb, ...rest] = text.split(' ');
  const words = rest.join(' ');
  const use = (tool: string, given = {}) => ({ say: ['One moment.'], use: { tool, input: given } });
  if (verb === 'book') return use('book', { startsAt: words, name: null, phone: null, reason: null });
  if (verb === 'message') return use('take-message', { name: null, callback: null, body: words, urgent: false });
  if (verb === 'stop') return use('stop-calling');
  if (verb === 'person') return use('transfer');
  if (verb === 'bye') return { say: ['Goodbye.'], use: { tool: 'end-call', input: {} } };
  if (verb === 'break') throw new Error('the parrot is ill');
  return { say: [verb === 'say' ? words : `You said: ${text}.`] };
}

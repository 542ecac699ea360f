import type { TurnReply } from '#adapters/models';
import { advance } from '../src/secretary/calls/conduct.ts';
import {
  ringing,
  type CallEvent,
  type Channel,
  type Conversation,
  type ToDo,
} from '../src/secretary/calls/conversation.ts';

/* A call on paper: the pure machine, and what may happen to it. */

export const start = (channel: Channel = 'relay') =>
  ringing({
    channel,
    language: 'en-US',
    opening: 'Thank you for calling. This is an AI assistant.',
    callerNumber: undefined,
    canTransfer: true,
    canPress: true,
    standIn: false,
  });

export const reply = (say: string[], use?: TurnReply['use']): TurnReply => ({
  state: { v: 1 },
  say,
  language: 'en-US',
  expect: 'speech',
  ...(use ? { use } : {}),
});

/** Plays events given as functions of the state, so that an answer can name the turn it belongs to. */
export function play(channel: Channel, events: readonly ((call: Conversation) => CallEvent)[]) {
  return events.reduce<{ call: Conversation; done: ToDo[] }>(
    ({ call, done }, make) => {
      const [next, todos] = advance(call, make(call));
      return { call: next, done: [...done, ...todos] };
    },
    { call: start(channel), done: [] },
  );
}

export const answered = () => ({ type: 'answered' }) as const;
export const opened = () => ({ type: 'opened' }) as const;
export const heard = (text: string) => () => ({ type: 'heard', text }) as const;
export const replied =
  (say: string[], use?: TurnReply['use']) =>
  ({ turn }: Conversation) =>
    ({ type: 'replied', turn, reply: reply(say, use) }) as const;

/** Over a gather the carrier says that what was spoken before has been played, with every webhook. */
export const listened = (channel: Channel) =>
  channel === 'gather' ? opened : () => ({ type: 'played', text: '' }) as const;

export function timeoutNow({ turn }: Conversation): CallEvent {
  return { type: 'timeout', turn };
}

export const failed = ({ turn }: Conversation) => ({ type: 'model-failed', turn }) as const;

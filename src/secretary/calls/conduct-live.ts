import type { TurnInput } from '#adapters/models';
import type { Waiting } from '#media';
import { maskCards } from '#base';
import type { CallEvent, Conversation, LineEvent, Step } from './conversation.ts';
import { acknowledgeAll, acknowledgeInterrupted, acknowledgePlayed } from './hearing.ts';
import { limits } from './limits.ts';
import { pressKeys } from './press.ts';
import { end, join, maskChunks, rest, settle, write } from './steps.ts';

/**
 * The conduct of a call while a speech model holds the conversation: it takes turns by itself, we write down what
 * was heard, run its tools, and take over when it is lost. Undefined for what every channel has in common. Pure.
 */
export function advanceLive(call: Conversation, event: CallEvent): Step | undefined {
  if (call.channel !== 'live') return undefined;
  switch (event.type) {
    case 'happened':
      return event.n <= call.taken ? [call, []] : take({ ...call, taken: event.n }, event.event);
    case 'ran':
      return ran(call, event);
    case 'timeout':
      return event.turn === call.turn ? timeout(call) : [call, []];
    default:
      return undefined;
  }
}

/**
 * The call is over, and the line tells the rest of it: words that were still being transcribed or played, and what was
 * measured. It is written down, and nothing follows from it.
 */
export function afterwards(call: Conversation, happened: CallEvent): Step {
  if (happened.type !== 'happened') return [call, []];
  const { n, event } = happened;
  const isRest = ['heard', 'keyed', 'spoke', 'played', 'interrupted', 'told'].includes(event.type);
  return isRest && n > call.taken ? take({ ...call, taken: n }, event) : [call, []];
}

function take(call: Conversation, event: LineEvent): Step {
  if (event.type === 'opened') return opened(call);
  if (event.type === 'told') return [call, [{ do: 'keep', stream: call.connected, n: call.taken, fact: event.fact }]];
  if (!call.disclosed) return [call, []];
  switch (event.type) {
    case 'heard':
      return heard(call, event.text);
    case 'keyed':
      return goOn(write({ ...call, silences: 0 }, maskCards(event.digits), 'digits'));
    case 'spoke':
      return goOn(spoke(call, maskCards(event.text)));
    case 'played':
      return goOn(settle(call, acknowledgePlayed(call.unheard, event.text)));
    case 'interrupted':
      return goOn(settle(call, acknowledgeInterrupted(call.unheard, event.heard)));
    case 'asks':
      return asks(call, event);
    case 'quiet':
      return quiet(call);
    case 'model-lost':
      return modelLost(call, event.waiting);
  }
}

/** The stream has started: the opening before it has been spoken. */
function opened(call: Conversation): Step {
  if (call.phase !== 'opening') return [call, []];
  const [settled, acknowledged] = settle(call, acknowledgeAll(call.unheard));
  const first = call.disclosed ? [] : [{ do: 'disclosed' as const }];
  const talking = rest({ ...settled, disclosed: true, phase: 'talking' });
  return join(talking, [...acknowledged, ...first, { do: 'prompt', input: call.asked }]);
}

function heard(call: Conversation, said: string): Step {
  if (said.trim() === '') return [call, []];
  const [masked, masks, text] = maskChunks(call, said);
  const [noted, note] = write(masked, text, 'speech');
  return goOn([{ ...noted, silences: 0, lastWords: text }, [...masks, ...note]]);
}

function spoke(call: Conversation, text: string): Step {
  const { seq } = call;
  return [{ ...call, seq: seq + 1, unheard: [...call.unheard, { seq, text }] }, [{ do: 'spoke', seq, text }]];
}

/** A tool at a time: another one that is asked for meanwhile is refused, and the model asks again. */
function asks(call: Conversation, { key, use }: LineEvent & { type: 'asks' }): Step {
  if (call.phase !== 'talking') return [call, []];
  if (use.tool === 'end-call') return leave(call, 'end');
  if (use.tool === 'transfer' && call.canTransfer) return leave(call, 'transfer');
  if (use.tool === 'transfer') return refuse(call, key, 'not-offered');
  if (call.running) return refuse(call, key, 'busy');
  if (use.tool === 'press-keys') return pressed(call, { key, use });
  const turn = call.turn + 1;
  return [
    { ...call, turn, running: { use, key } },
    [
      { do: 'run', key, use },
      { do: 'wait', turn, ms: limits.thinkingMs[1] },
    ],
  ];
}

/** Pressed is pressed: whoever takes over is not to do it again, and begins with what was said before. */
function pressed(call: Conversation, { key, use }: Pick<LineEvent & { type: 'asks' }, 'key' | 'use'>): Step {
  const [[next, done], result] = pressKeys({ ...call, lastResult: null }, use);
  return goOn([next, [...done, { do: 'result', key, result }]]);
}

function refuse(call: Conversation, key: string, why: string): Step {
  return goOn([call, [{ do: 'result', key, result: { ok: false, why } }]]);
}

/** A tool's answer counts once, and only the one that is being waited for. */
function ran(call: Conversation, { key, result }: CallEvent & { type: 'ran' }): Step {
  if (call.running?.key !== key) return [call, []];
  const lastResult = { type: 'result', tool: call.running.use.tool, result } as const;
  return goOn([{ ...call, running: null, lastResult }, [{ do: 'result', key, result }]]);
}

function quiet(call: Conversation): Step {
  if (call.phase !== 'talking' || call.running) return [call, []];
  const silences = call.silences + 1;
  if (silences > limits.silences) return leave({ ...call, endReason: 'caller-silent' }, 'end');
  const [noted, note] = write({ ...call, silences }, '', 'silence');
  return goOn([noted, [...note, { do: 'prompt', input: { type: 'silence', count: silences } }]]);
}

/**
 * The scripted receptionist takes over, with what the caller is waiting for. The line closes its stream next, and the
 * carrier asks where to go on: that is when the relay is offered.
 */
function modelLost(call: Conversation, waiting: Waiting): Step {
  if (call.phase === 'leaving') return [call, []];
  const asked = waitedFor(call, waiting);
  const next = {
    ...call,
    channel: 'relay',
    standIn: true,
    phase: 'opening',
    running: null,
    unheard: [],
    asked,
  } as const;
  return join(rest(next), [{ do: 'model-lost' }]);
}

/** A tool that has not run yet will not; who wanted it still does. */
function waitedFor({ running, lastResult, lastWords }: Conversation, waiting: Waiting): TurnInput {
  if (waiting === 'result' && !running && lastResult) return lastResult;
  if (waiting === 'nothing' || lastWords === '') return { type: 'resumed' };
  return { type: 'heard', text: lastWords, interrupted: false };
}

function timeout(call: Conversation): Step | undefined {
  if (call.phase !== 'talking') return undefined;
  if (call.running) return ran(call, { type: 'ran', key: call.running.key, result: { ok: false, why: 'unavailable' } });
  return join(end(call, 'carrier-silent'), [{ do: 'hang-up' }]);
}

/** The line closes the stream once the last words are heard; the carrier then asks what comes next. */
function leave(call: Conversation, after: 'end' | 'transfer'): Step {
  const turn = call.turn + 1;
  return [
    { ...call, phase: 'leaving', after, turn, patience: 1, running: null },
    [{ do: 'leave' }, { do: 'wait', turn, ms: limits.lineLeavingMs }],
  ];
}

/** Every sign of life starts the watch anew; in other phases their own timers go on. */
function goOn([call, todos]: Step): Step {
  return call.phase === 'talking' ? join(rest({ ...call, phase: 'talking' }), todos) : [call, todos];
}

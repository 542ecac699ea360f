import type { ToolResult, ToolUse, TurnInput, TurnReply } from '#adapters/models';
import { maskCards } from '#base';
import { advanceLive, afterwards } from './conduct-live.ts';
import type { CallEvent, Channel, Conversation, EndReason, Step } from './conversation.ts';
import { acknowledgeAll, acknowledgeInterrupted, acknowledgePlayed } from './hearing.ts';
import { limits } from './limits.ts';
import { phrase } from './phrases.ts';
import { pressKeys } from './press.ts';
import { end, join, maskChunks, rest, say, sayAll, settle, think, write } from './steps.ts';
import { askToWait, cameBack, spokenBefore, tryAnother } from './waiting.ts';

/**
 * The whole conduct of a call: what happened leads to what to do. Pure, so that every order of events can be tried.
 * Whenever a turn begins, a `wait` for that very turn is set: no state but `over` may be silent without a limit.
 */
export function advance(call: Conversation, event: CallEvent): Step {
  if (call.phase === 'over') return event.type === 'back' ? cameBack(call) : afterwards(call, event);
  return advanceLive(call, event) ?? advanceText(call, event);
}

/** What a call by text does, and what every call does that no speech model is asked about. */
function advanceText(call: Conversation, event: CallEvent): Step {
  switch (event.type) {
    case 'answered':
      return open(call);
    case 'opened':
      return opened(call);
    case 'heard':
      return heard(call, event.text);
    case 'keyed':
      return keyed(call, event.digits);
    case 'quiet':
      return call.phase === 'listening' ? quiet(call) : [call, []];
    case 'speaking':
      return call.phase === 'listening' ? rest({ ...call, phase: 'listening' }) : [call, []];
    case 'interrupted':
      return settle({ ...call, interrupted: true }, acknowledgeInterrupted(call.unheard, event.heard));
    case 'played':
      return played(call, event.text);
    case 'replied':
      return event.turn === call.turn && call.phase === 'thinking' ? replied(call, event.reply) : [call, []];
    case 'model-failed':
      return event.turn === call.turn && call.phase === 'thinking' ? modelFailed(call) : [call, []];
    case 'ran':
      return ran(call, event.key, event.result);
    case 'timeout':
      return event.turn === call.turn ? timeout(call) : [call, []];
    case 'back':
      return cameBack(call);
    case 'lost':
      return lost(call);
    case 'left':
      return left(call);
    case 'transferred':
      return transferred(call, event.how);
    case 'happened':
      // The call went on by another channel; whatever the line still tells is past.
      return [call, []];
    case 'hung-up':
      return end(call, reasonOfHangUp(call));
    case 'abandoned':
      return join(end(call, call.phase === 'leaving' ? call.endReason : 'carrier-silent'), [{ do: 'hang-up' }]);
  }
}

/** Says who speaks, then opens the channel. Over a relay nothing more happens until the carrier has spoken it. */
function open(call: Conversation): Step {
  const [spoken, said] = say(call, call.opening, 'disclosure');
  if (spoken.channel === 'gather') return join(think(spoken, spoken.asked), said);
  return join(connect(spoken), said);
}

/** The carrier went on after the opening. */
function opened(call: Conversation): Step {
  const [next, done] = spokenBefore(call);
  return call.phase === 'opening' ? join(think(next, next.asked), done) : [next, done];
}

function heard(call: Conversation, said: string): Step {
  if (!call.disclosed || said.trim() === '') return [call, []];
  const [attentive, acknowledged] = settle(call, acknowledgeAll(call.unheard));
  const [masked, masks, text] = maskChunks(attentive, said);
  const [noted, note] = write(masked, text, 'speech');
  const done = [...acknowledged, ...masks, ...note];
  if (call.phase === 'running') return [{ ...noted, meanwhile: `${noted.meanwhile} ${text}`.trim() }, done];
  if (call.phase === 'opening' || call.phase === 'transferring' || call.after === 'transfer') return [noted, done];
  const before = call.phase === 'thinking' && call.asked.type === 'heard' ? `${call.asked.text} ` : '';
  const input: TurnInput = { type: 'heard', text: before + text, interrupted: call.interrupted };
  return join(think({ ...noted, silences: 0, keyed: '', interrupted: false }, input), done);
}

/** Words have been played. When they were the last ones before leaving, nobody has to wait any longer. */
function played(call: Conversation, text: string): Step {
  const [settled, acknowledged] = settle(call, acknowledgePlayed(call.unheard, text));
  const isDone = call.phase === 'leaving' && call.patience === 0 && settled.unheard.length === 0;
  return isDone ? join(leavingTakesLong(settled), acknowledged) : [settled, acknowledged];
}

/** Keys are gathered until # or a pause; a person may be reached with 0 at any time. */
function keyed(call: Conversation, digits: string): Step {
  if (!call.disclosed || call.phase !== 'listening') return [call, []];
  const [attentive, acknowledged] = settle(call, acknowledgeAll(call.unheard));
  const all = (call.keyed + digits).slice(0, limits.keys);
  const isComplete = all.endsWith('#') || all.length >= limits.keys || call.channel === 'gather';
  if (isComplete) return join(keysDone({ ...attentive, keyed: all }), acknowledged);
  const turn = call.turn + 1;
  return [{ ...attentive, keyed: all, turn }, [...acknowledged, { do: 'wait', turn, ms: limits.betweenKeysMs }]];
}

function keysDone(call: Conversation): Step {
  const digits = maskCards(call.keyed.replace(/#$/, ''));
  const [noted, note] = write(call, digits, 'digits');
  return join(think({ ...noted, keyed: '', silences: 0 }, { type: 'digits', digits }), note);
}

function quiet(call: Conversation): Step {
  if (call.keyed !== '') return keysDone(call);
  const silences = call.silences + 1;
  if (silences > limits.silences) return leave({ ...call, endReason: 'caller-silent' }, 'end');
  const [noted, note] = write({ ...call, silences }, '', 'silence');
  return join(think(noted, { type: 'silence', count: silences }), note);
}

function replied(call: Conversation, reply: TurnReply): Step {
  const known = {
    ...call,
    model: reply.state,
    language: reply.language,
    expect: reply.expect,
    failures: 0,
    patience: 0,
    lastWords: call.standIn ? call.lastWords : wordsIn(call.asked, call.lastWords),
  };
  const [spoken, said] = sayAll(known, reply.say);
  const { use } = reply;
  if (!use) return join(listen(spoken), said);
  if (use.tool === 'end-call') return join(leave(spoken, 'end'), said);
  if (use.tool === 'transfer') return join(spoken.canTransfer ? leave(spoken, 'transfer') : notOffered(spoken), said);
  if (use.tool === 'press-keys') return join(pressed(spoken, use), said);
  const turn = spoken.turn + 1;
  const key = `${turn}`;
  return [
    { ...spoken, phase: 'running', turn, running: { use, key } },
    [...said, { do: 'run', key, use }, { do: 'wait', turn, ms: limits.thinkingMs[0] }],
  ];
}

function wordsIn(asked: TurnInput, before: string): string {
  if (asked.type === 'heard') return asked.text;
  return asked.type === 'digits' ? asked.digits : before;
}

/** The model goes on at once: what it says next follows the keys. */
function pressed(call: Conversation, use: ToolUse): Step {
  const [[next, done], result] = pressKeys(call, use);
  return join(think(next, { type: 'result', tool: use.tool, result }), done);
}

function notOffered(call: Conversation): Step {
  return think(call, { type: 'result', tool: 'transfer', result: { ok: false, why: 'not-offered' } });
}

/** A tool's answer counts once, and only the one that is being waited for. */
function ran(call: Conversation, key: string, result: ToolResult): Step {
  if (call.phase !== 'running' || call.running?.key !== key) return [call, []];
  return think({ ...call, running: null }, { type: 'result', tool: call.running.use.tool, result });
}

/** When nobody can answer it is said, and the call ends with a way on. */
function modelFailed(call: Conversation): Step {
  const next = tryAnother(call);
  if (next) return next;
  const [spoken, said] = say(call, phrase(call.language, 'trouble'));
  return join(leave({ ...spoken, endReason: 'failed' }, 'end'), said);
}

function timeout(call: Conversation): Step {
  switch (call.phase) {
    case 'opening':
      return join(end(call, 'carrier-silent'), [{ do: 'hang-up' }]);
    case 'listening':
      return quiet(call);
    case 'thinking':
    case 'running':
      return slow(call);
    case 'leaving':
      return leavingTakesLong(call);
    default:
      return join(end(call, 'carrier-silent'), [{ do: 'hang-up' }]);
  }
}

/** Nobody waits in silence: first a word, then somebody else answers. */
function slow(call: Conversation): Step {
  if (call.patience > 0) {
    if (call.phase === 'thinking') return modelFailed(call);
    return ran(call, call.running?.key ?? '', { ok: false, why: 'unavailable' });
  }
  return askToWait(call);
}

function leavingTakesLong(call: Conversation): Step {
  if (call.patience > 0) return join(end(call, call.endReason), [{ do: 'hang-up' }]);
  return [{ ...call, patience: 1 }, [{ do: 'leave' }, { do: 'wait', turn: call.turn, ms: limits.leavingMs }]];
}

/** The relay broke. It is opened again; if that happens twice, the rest of the call goes by webhook. */
function lost(call: Conversation): Step {
  if (call.phase === 'leaving') return left(call);
  const losses = call.losses + 1;
  if (losses > limits.losses) return join(end(call, 'failed'), [{ do: 'hang-up' }]);
  const asked: TurnInput = call.phase === 'opening' ? call.asked : { type: 'resumed' };
  const [told, before] = call.phase === 'opening' ? spokenBefore(call) : [call, []];
  // What was being said when the line broke stays unacknowledged for ever: nobody knows whether it was heard.
  const next = { ...told, losses, channel: channelAfter(call, losses), running: null, keyed: '', unheard: [], asked };
  // Between an audio stream and what follows it nobody speaks; a word fills the gap.
  const isGap = call.channel === 'live' || (call.standIn && call.phase === 'opening' && call.disclosed);
  const [spoken, said] = isGap ? say(next, phrase(call.language, 'moment')) : [next, []];
  return join(reopen(spoken), [...before, ...said]);
}

/** One more try on the same channel, then the next simpler one. A line that gave up its model has said so before. */
function channelAfter({ channel }: Conversation, losses: number): Channel {
  if (channel === 'live') return losses > 1 ? 'relay' : 'live';
  return losses > 1 ? 'gather' : channel;
}

function reopen(call: Conversation): Step {
  return call.channel === 'gather' ? think(call, call.asked) : connect(call);
}

/** Offers the carrier a relay or a stream and waits for its socket. */
function connect(call: Conversation): Step {
  const [waiting, wait] = rest({ ...call, phase: 'opening' });
  return [{ ...waiting, connected: waiting.turn, taken: 0 }, wait];
}

/** The relay ended because we asked: now comes what was announced. */
function left(call: Conversation): Step {
  if (call.phase !== 'leaving') return lost(call);
  // By webhook the words stand in the answer that follows; over a relay they have had their time, and are not said twice.
  const unheard = call.channel === 'gather' ? call.unheard : [];
  if (call.after === 'transfer') return rest({ ...call, phase: 'transferring', after: 'nothing', unheard });
  return join(end({ ...call, unheard }, call.endReason), [{ do: 'hang-up' }]);
}

/** Nobody took the transfer: the assistant is back, says so again, and goes on. */
function transferred(call: Conversation, how: 'answered' | 'busy' | 'no-answer' | 'failed'): Step {
  if (call.phase !== 'transferring') return [call, []];
  if (how === 'answered') return join(end(call, 'transferred'), [{ do: 'hang-up' }]);
  const asked: TurnInput = { type: 'result', tool: 'transfer', result: { ok: false, why: how } };
  return open({ ...call, asked, unheard: [], held: 0 });
}

function reasonOfHangUp(call: Conversation): EndReason {
  if (call.phase === 'transferring') return 'transferred';
  return call.phase === 'leaving' && call.after === 'end' ? call.endReason : 'caller-hung-up';
}

function listen(call: Conversation): Step {
  if (call.meanwhile !== '') {
    return think({ ...call, meanwhile: '' }, { type: 'heard', text: call.meanwhile, interrupted: false });
  }
  return rest({ ...call, phase: 'listening' });
}

/** Over a relay the last words need time to be spoken; by webhook the carrier does one thing after the other. */
function leave(call: Conversation, after: 'end' | 'transfer'): Step {
  if (call.channel === 'gather') return left({ ...call, phase: 'leaving', after });
  return rest({ ...call, phase: 'leaving', after, patience: 0 });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#base';
import type { SpeechListener, SpeechLoss } from '../../../speech.ts';
import { cutOff, giveResult, newTalk, promptFor, take, tellKeys } from '../speech/conversation.ts';
import { readEvent } from '../speech/server-event.ts';

/** A conversation without a vendor: what would be sent, what was told, and the vendor's events as they would arrive. */
function conversation() {
  const sent: { type: string; response?: { instructions: string }; response_id?: string }[] = [];
  const told: string[] = [];
  const lost: SpeechLoss[] = [];
  const tell = (what: string) => (one?: unknown) => void told.push(typeof one === 'string' ? `${what} ${one}` : what);
  const listener: SpeechListener = {
    ready: tell('ready'),
    callerBegan: tell('caller began'),
    callerEnded: tell('caller ended'),
    heard: tell('heard'),
    answering: tell('answering'),
    audio: tell('audio'),
    answered: (answer, text) => void told.push(`answered ${answer} ${text}`),
    asks: ({ tool }) => void told.push(`asks ${tool}`),
    rests: tell('rests'),
    used: tell('used'),
    alive: tell('alive'),
    lost: () => assert.fail('a session tells of its loss, not a conversation'),
  };
  const clock = manualClock(0);
  const way = {
    send: (message: string) => void sent.push(JSON.parse(message)),
    lose: (why: SpeechLoss) => void lost.push(why),
    unheardMs: () => 0,
  };
  const talk = newTalk({ clock, log: () => {} }, { instructions: 'Be kind.' }, listener, way);
  const comes = (type: string, members: object = {}) => {
    const event = readEvent(Buffer.from(JSON.stringify({ type, event_id: 'e', ...members })));
    assert.ok(event, `${type} is not of its shape`);
    take(talk, event);
  };
  return {
    talk,
    sent,
    told,
    lost,
    clock,
    comes,
    begin: (id: string) => comes('response.created', { response: { id, status: 'in_progress' } }),
    audio: (response_id: string, item_id: string) =>
      comes('response.output_audio.delta', { response_id, item_id, delta: Buffer.alloc(160).toString('base64') }),
    call: (response_id: string, call_id: string) =>
      comes('response.output_item.done', {
        response_id,
        item: {
          id: `item-${call_id}`,
          type: 'function_call',
          status: 'completed',
          call_id,
          name: 'book',
          arguments: '{}',
        },
      }),
    end: (id: string, status = 'completed') => comes('response.done', { response: { id, status, output: [] } }),
    caller: (what: 'started' | 'stopped') =>
      comes(`input_audio_buffer.speech_${what}`, { audio_start_ms: 0, audio_end_ms: 0, item_id: 'turn' }),
    conflict: () =>
      comes('error', { error: { type: 'invalid_request_error', code: 'conversation_already_has_active_response' } }),
    creates: () => sent.filter(({ type }) => type === 'response.create').length,
  };
}

test('a result is told at once, and an answer to it is wanted only when the one that is being made is over', () => {
  const { begin, call, creates, end, sent, talk } = conversation();
  begin('r1');
  call('r1', 'c1');
  giveResult(talk, 'c1', { ok: true, value: {} });
  assert.deepEqual(
    sent.map(({ type }) => type),
    ['conversation.item.create'],
  );
  end('r1');
  assert.equal(creates(), 1);
});

test('an answer to several results is wanted once, when all have come', () => {
  const { begin, call, creates, end, talk } = conversation();
  begin('r1');
  call('r1', 'c1');
  call('r1', 'c2');
  end('r1');
  giveResult(talk, 'c2', { ok: true, value: {} });
  assert.equal(creates(), 0);
  giveResult(talk, 'c1', { ok: true, value: {} });
  assert.equal(creates(), 1);
});

test('nothing is wanted while the caller speaks; the answer to their turn covers a result that was there before', () => {
  const { begin, call, caller, comes, creates, end, talk } = conversation();
  begin('r1');
  call('r1', 'c1');
  end('r1');
  caller('started');
  giveResult(talk, 'c1', { ok: true, value: {} });
  comes('conversation.item.added', { item: { id: 'x', type: 'function_call_output', call_id: 'c1' } });
  caller('stopped');
  begin('r2');
  end('r2');
  assert.equal(creates(), 0);
});

test('a result that came too late for the answer to a turn gets one of its own', () => {
  const { begin, call, caller, creates, end, talk } = conversation();
  begin('r1');
  call('r1', 'c1');
  end('r1');
  caller('started');
  giveResult(talk, 'c1', { ok: true, value: {} });
  caller('stopped');
  begin('r2');
  assert.equal(creates(), 0);
  end('r2');
  assert.equal(creates(), 1);
});

test('an answer that the vendor refused because it was making another is wanted again after that', () => {
  const { begin, conflict, creates, end, sent, talk } = conversation();
  promptFor(talk, 'Say goodbye.');
  begin('theirs');
  conflict();
  assert.equal(creates(), 1);
  end('theirs');
  assert.equal(creates(), 2);
  assert.equal(sent.at(-1)?.response?.instructions, 'Be kind.\n\nSay goodbye.');
  begin('ours');
  end('ours');
  assert.equal(creates(), 2, 'and then no more');
});

test('an answer that begins while the caller speaks is stopped, and wanted again when they have been answered', () => {
  const { audio, begin, caller, creates, end, sent, talk, told } = conversation();
  promptFor(talk, 'Say goodbye.');
  caller('started');
  begin('r1');
  assert.deepEqual(sent.at(-1), { type: 'response.cancel', response_id: 'r1' });
  audio('r1', 'a1');
  end('r1', 'cancelled');
  caller('stopped');
  begin('r2');
  end('r2');
  assert.equal(creates(), 2);
  assert.ok(!told.some((one) => one.startsWith('audio')));
});

test('an answer of the vendor that is stopped brings nothing back that was said before', () => {
  const { begin, caller, creates, end, talk } = conversation();
  promptFor(talk, 'Say goodbye.');
  begin('r1');
  end('r1');
  caller('started');
  begin('theirs');
  end('theirs', 'cancelled');
  caller('stopped');
  begin('r3');
  end('r3');
  assert.equal(creates(), 1);
});

test('what was prompted while an answer was being made is said after it, all of it at once', () => {
  const { begin, creates, end, sent, talk } = conversation();
  begin('r1');
  promptFor(talk, 'Say one.');
  promptFor(talk, 'Say two.');
  tellKeys(talk, '5');
  end('r1');
  assert.equal(creates(), 1);
  assert.equal(sent.at(-1)?.response?.instructions, 'Be kind.\n\nSay one.\n\nSay two.');
});

test('each answer is told from its beginning to its end, and no audio of another in between', () => {
  const { audio, begin, comes, end, told } = conversation();
  begin('r1');
  audio('r1', 'a1');
  comes('response.output_audio_transcript.delta', { response_id: 'r1', item_id: 'a1', delta: 'One' });
  audio('r1', 'a2');
  comes('response.output_audio_transcript.done', { response_id: 'r1', item_id: 'a2', transcript: 'Two.' });
  audio('r1', 'a1');
  end('r1');
  audio('r1', 'a2');
  audio('never announced', 'a3');
  assert.deepEqual(told, [
    'answering a1',
    'audio a1',
    'answered a1 One',
    'answering a2',
    'audio a2',
    'answered a2 Two.',
    'rests',
  ]);
});

test('a listener that cuts an answer as it begins gets none of its audio', () => {
  const { audio, begin, sent, talk, told } = conversation();
  const { answering } = talk.tell;
  Object.assign(talk.replies.tell, {
    answering: (answer: string) => {
      answering(answer);
      cutOff(talk, answer, 0);
    },
  });
  begin('r1');
  audio('r1', 'a1');
  audio('r1', 'a1');
  assert.deepEqual(told, ['answering a1']);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ['response.cancel', 'conversation.item.truncate'],
  );
});

test('a function call that is told twice is asked for once', () => {
  const { begin, call, comes, told } = conversation();
  begin('r1');
  call('r1', 'c1');
  const item = { id: 'i', type: 'function_call', status: 'completed', call_id: 'c1', name: 'book', arguments: '{}' };
  comes('response.done', { response: { id: 'r1', status: 'completed', output: [item] } });
  assert.deepEqual(told, ['asks book', 'rests']);
});

test('a function call that is told only at the end is asked for', () => {
  const { begin, comes, told } = conversation();
  begin('r1');
  const item = { id: 'i', type: 'function_call', status: 'completed', call_id: 'c1', name: 'book', arguments: '{}' };
  comes('response.done', { response: { id: 'r1', status: 'completed', output: [item] } });
  assert.deepEqual(told, ['asks book', 'rests']);
});

test('arguments that are JSON but no object run no tool', () => {
  for (const input of ['[]', 'null', '"book"', '7', '{']) {
    const { begin, comes, sent, told } = conversation();
    begin('r1');
    const item = { id: 'i', type: 'function_call', status: 'completed', call_id: 'c1', name: 'book', arguments: input };
    comes('response.output_item.done', { response_id: 'r1', item });
    assert.deepEqual([told, sent.map(({ type }) => type)], [[], ['conversation.item.create']]);
  }
});

test('a tool may take as long as it likes: nothing is due from the vendor meanwhile', () => {
  const { begin, call, clock, end, lost } = conversation();
  begin('r1');
  call('r1', 'c1');
  end('r1');
  clock.advance(60_000);
  assert.deepEqual(lost, []);
});

test('a wanted answer that is never begun, and one that never ends, are losses', () => {
  const never = conversation();
  promptFor(never.talk, 'Say hello.');
  never.clock.advance(8_000);
  assert.deepEqual(never.lost, ['too-slow']);
  const endless = conversation();
  endless.begin('r1');
  endless.audio('r1', 'a1');
  endless.comes('response.output_item.done', { response_id: 'r1', item: { id: 'a1', type: 'message' } });
  endless.clock.advance(7_999);
  assert.deepEqual(endless.lost, []);
  endless.clock.advance(1);
  assert.deepEqual(endless.lost, ['too-slow']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryItem } from '../../../speech.ts';
import { openTalk, plan, standInFor, until } from '../../../../../../test/stand-in-model/talk.ts';
import openai from '../index.ts';
import { setUp } from '../speech/setup.ts';

test('a session is set up on the wire exactly as documented: µ-law both ways, and no trace of it is kept (CRY-07)', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn, { env: { SOTTO_OPENAI_SPEECH_MODEL: 'gpt-realtime-2.1' } });
  await until('ready', () => talk.count('ready') === 1);
  const [vendor] = standIn.sessions;
  assert.equal(vendor?.model, 'gpt-realtime-2.1');
  assert.deepEqual(vendor.refusals, []);
  assert.deepEqual(vendor.received, [
    {
      type: 'session.update',
      event_id: 'setup',
      session: {
        type: 'realtime',
        instructions: plan.instructions,
        output_modalities: ['audio'],
        audio: {
          input: {
            format: { type: 'audio/pcmu' },
            noise_reduction: { type: 'near_field' },
            transcription: { model: 'gpt-live-transcribe', language: 'en', keywords: ['Hill Street Dental', 'Sunny'] },
            turn_detection: {
              type: 'semantic_vad',
              eagerness: 'auto',
              create_response: true,
              interrupt_response: true,
            },
          },
          output: { format: { type: 'audio/pcmu' }, voice: 'marin' },
        },
        tools: [
          { type: 'function', name: 'find-slot', description: 'Finds free times.', parameters: plan.tools[0]!.input },
        ],
        tool_choice: 'auto',
        max_output_tokens: 2_048,
        truncation: { type: 'retention_ratio', retention_ratio: 0.8 },
        tracing: null,
        reasoning: { effort: 'low' },
        parallel_tool_calls: false,
      },
    },
  ]);
  assert.equal(vendor.settings().tracing, null);
});

test('a business without terms, another voice and another language are told as that', () => {
  const { session } = JSON.parse(
    setUp({ ...plan, terms: [], voice: 'cedar', language: 'es-MX' }, { withExtras: true }),
  ) as { session: { audio: { input: { transcription: object }; output: { voice: string } } } };
  assert.deepEqual(session.audio.input.transcription, { model: 'gpt-live-transcribe', language: 'es' });
  assert.equal(session.audio.output.voice, 'cedar');
});

test('a model that does not take what only some take is set up without it, still without tracing', async (t) => {
  const standIn = await standInFor(t, { faults: [{ at: 'setup', deed: { do: 'error', code: 'invalid_value' } }] });
  const talk = openTalk(t, openai.speech, standIn);
  await until('ready', () => talk.count('ready') === 1);
  const second = standIn.sessions[0]!.received[1];
  assert.ok(second?.type === 'session.update');
  assert.equal(second.session.tracing, null);
  assert.ok(!('reasoning' in second.session) && !('parallel_tool_calls' in second.session));
  assert.equal(standIn.sessions[0]!.received.length, 2);
});

test('a session that is refused whatever it is asked for is told as refused', async (t) => {
  const deed = { do: 'error', code: 'invalid_value' } as const;
  const standIn = await standInFor(t, { faults: [{ at: 'setup', deed, times: 2 }] });
  const talk = openTalk(t, openai.speech, standIn);
  await until('loss', () => talk.count('lost') === 1);
  assert.deepEqual(talk.all('lost'), [['refused']]);
});

const history: readonly HistoryItem[] = [
  { by: 'agent', text: 'Thank you for calling.' },
  { by: 'caller', text: 'Do you have time on Monday?' },
  {
    by: 'tool',
    callId: 'call_7',
    tool: 'find-slot',
    input: '{"from":"monday"}',
    result: '{"ok":true,"value":{"slots":[]}}',
  },
  { by: 'agent', text: 'Nothing is free on Monday.' },
];

test('a conversation that goes on over another connection has the same items, in the same order', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn, { plan: { history } });
  await until('ready', () => talk.count('ready') === 1);
  talk.say('and on Tuesday?');
  await until('answer', () => talk.count('answered') === 1);
  const [vendor] = standIn.sessions;
  assert.deepEqual(vendor!.conversation.lines(), [
    { by: 'agent', text: 'Thank you for calling.' },
    { by: 'caller', text: 'Do you have time on Monday?' },
    { by: 'call', callId: 'call_7', tool: 'find-slot', input: '{"from":"monday"}' },
    { by: 'result', callId: 'call_7', output: '{"ok":true,"value":{"slots":[]}}' },
    { by: 'agent', text: 'Nothing is free on Monday.' },
    { by: 'caller', text: 'and on Tuesday?' },
    { by: 'agent', text: 'You said: and on Tuesday?' },
  ]);
  assert.deepEqual(vendor!.refusals, []);
  // Nothing was said because of it: the caller hears nothing twice.
  assert.equal(talk.count('answering'), 1);
});

test('a conversation that was held over one connection is replayed over the next as it was', async (t) => {
  const standIn = await standInFor(t);
  const first = openTalk(t, openai.speech, standIn);
  await until('ready', () => first.count('ready') === 1);
  first.say('hello');
  await until('the turn', () => first.count('heard') === 1);
  first.session.close();
  const said: HistoryItem[] = [
    { by: 'caller', text: first.all('heard')[0]![0] },
    { by: 'agent', text: first.all('answered')[0]![1] },
  ];
  const second = openTalk(t, openai.speech, standIn, { plan: { history: said } });
  await until('ready', () => second.count('ready') === 1);
  await until('items', () => standIn.sessions[1]!.conversation.lines().length === 2);
  assert.deepEqual(standIn.sessions[1]!.conversation.lines(), standIn.sessions[0]!.conversation.lines());
});

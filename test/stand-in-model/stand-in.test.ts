import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { audioToWords, wordsToAudio } from '#adapters/carriers';
import { openFaults } from './faults.ts';
import { standInKey, type StandIn, type StandInOptions } from './stand-in.ts';
import { framesOf, standInFor, until } from './talk.ts';

type Event = { readonly type: string; readonly [name: string]: unknown };

/** A bare socket on the stand-in: what it is independent of the product's own client. */
async function dial(t: TestContext, options: StandInOptions = {}) {
  const standIn = await standInFor(t, options);
  const events: Event[] = [];
  const socket = new WebSocket(`${standIn.url.replace('http', 'ws')}/v1/realtime?model=m`, {
    headers: { authorization: `Bearer ${standInKey}` },
  });
  t.after(() => socket.terminate());
  socket.on('message', (data: Buffer) => void events.push(JSON.parse(data.toString('utf8')) as Event));
  await once(socket, 'open');
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  const errors = () =>
    events.filter(({ type }) => type === 'error').map(({ error }) => error as Record<string, unknown>);
  const types = () => events.map(({ type }) => type);
  const speak = (audio: Buffer) => {
    for (const frame of framesOf(audio)) send({ type: 'input_audio_buffer.append', audio: frame });
  };
  return { standIn, socket, events, send, errors, types, speak };
}

const pcmu = { format: { type: 'audio/pcmu' } };
const settings = { type: 'realtime', audio: { input: { ...pcmu, transcription: { model: 'any' } }, output: pcmu } };

test('a session is made, told, and shows what it was told', async (t) => {
  const { events, send } = await dial(t);
  send({ type: 'session.update', session: { ...settings, instructions: 'Be kind.', tracing: null } });
  await until('both', () => events.length === 2);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['session.created', 'session.updated'],
  );
  const session = events[1]?.['session'] as { audio: { input: object }; instructions: string; voice: string };
  assert.equal(session.instructions, 'Be kind.');
  assert.deepEqual(session.audio.input, {
    ...pcmu,
    transcription: { model: 'any' },
    turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
  });
});

const item = (content: object) => ({ type: 'conversation.item.create', item: content });
const text = (type: string) => [{ type, text: 'x' }];

/** Messages that the real one does not document, and the error each gets. */
const mistakes: readonly (readonly [message: unknown, code: string, param: string | null])[] = [
  ['text', 'invalid_json', null],
  [[], 'invalid_json', null],
  [{}, 'invalid_value', 'type'],
  [{ type: 'session.updated' }, 'invalid_value', 'type'],
  [{ type: 'session.update', session: { instructions: 'x' } }, 'missing_required_parameter', 'session'],
  [{ type: 'session.update', session: { type: 'realtime', voice: 'marin' } }, 'unknown_parameter', 'session.voice'],
  [
    { type: 'session.update', session: { type: 'realtime', modalities: ['audio'] } },
    'unknown_parameter',
    'session.modalities',
  ],
  [{ type: 'session.update', session: { type: 'realtime', model: 'other' } }, 'invalid_value', 'session.model'],
  [
    { type: 'session.update', session: { type: 'realtime', max_output_tokens: 9_999 } },
    'invalid_value',
    'session.max_output_tokens',
  ],
  [{ type: 'input_audio_buffer.append', audio: 'no base64!' }, 'invalid_value', 'audio'],
  [{ type: 'input_audio_buffer.append', audio: 'AAAA', more: 1 }, 'unknown_parameter', 'more'],
  [
    { type: 'conversation.item.truncate', item_id: 'i', content_index: 0, audio_end_ms: 1.5 },
    'invalid_value',
    'audio_end_ms',
  ],
  [
    { type: 'conversation.item.truncate', item_id: 'i', content_index: 0, audio_end_ms: 1 },
    'item_truncate_invalid_item_id',
    'item_id',
  ],
  [{ type: 'conversation.item.delete', item_id: 'i' }, 'item_delete_invalid_item_id', 'item_id'],
  [item({ type: 'message', role: 'user', content: text('text') }), 'invalid_value', null],
  [item({ type: 'message', role: 'assistant', content: text('input_text') }), 'invalid_value', null],
  [item({ type: 'function_call_output', call_id: 'nobody', output: '{}' }), 'invalid_tool_call_id', 'item.call_id'],
  [
    { ...item({ type: 'message', role: 'user', content: text('input_text') }), previous_item_id: 'i' },
    'invalid_value',
    'previous_item_id',
  ],
  [{ type: 'response.create', response: { store: false } }, 'unknown_parameter', 'response.store'],
  [{ type: 'response.cancel' }, 'response_cancel_not_active', null],
];

test('whatever is not documented is an error, and the session goes on', async (t) => {
  const { errors, events, send, standIn } = await dial(t);
  for (const [at, [message, code, param]] of mistakes.entries()) {
    send(message);
    await until('its error', () => errors().length === at + 1);
    const error = errors()[at];
    assert.equal(error?.['code'], code, JSON.stringify(message));
    if (param !== null) assert.equal(error['param'], param, JSON.stringify(message));
  }
  send({ type: 'session.update', session: settings });
  await until('life', () => events.at(-1)?.type === 'session.updated');
  assert.equal(standIn.sessions[0]?.refusals.length, mistakes.length);
});

test('a turn is told in the documented order, and the answer is words in pieces of awkward sizes', async (t) => {
  const { events, send, speak, types } = await dial(t);
  send({ type: 'session.update', session: settings });
  speak(wordsToAudio('hello there'));
  await until('words', () => types().includes('conversation.item.input_audio_transcription.completed'));
  const order = types().filter((type, at, all) => type !== all[at - 1] && !type.endsWith('.delta'));
  assert.deepEqual(order, [
    'session.created',
    'session.updated',
    'input_audio_buffer.speech_started',
    'input_audio_buffer.speech_stopped',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'response.content_part.added',
    'response.output_audio.done',
    'response.output_audio_transcript.done',
    'response.content_part.done',
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
    'rate_limits.updated',
    'conversation.item.input_audio_transcription.completed',
  ]);
  const ear = audioToWords();
  const deltas = events
    .filter(({ type }) => type === 'response.output_audio.delta')
    .map(({ delta }) => Buffer.from(String(delta), 'base64'));
  assert.deepEqual(
    deltas.flatMap((piece) => ear.hear(piece)),
    [{ text: 'You said: hello there', whole: true }],
  );
  assert.ok(deltas.some(({ length }) => length % 160 !== 0) && deltas.some(({ length }) => length > 160));
});

test('speech over an answer cancels it; what was not said is not in its transcript', async (t) => {
  const { events, send, speak, types } = await dial(t, {
    pace: 4,
    script: ({ heard }) => ({ say: `${heard} and so on and on` }),
  });
  send({ type: 'session.update', session: settings });
  speak(wordsToAudio('one'));
  await until('audio', () => types().filter((type) => type === 'response.output_audio.delta').length > 4);
  speak(wordsToAudio('stop'));
  await until('both', () => types().filter((type) => type === 'response.done').length === 2);
  const [first, second] = events
    .filter(({ type }) => type === 'response.done')
    .map(({ response }) => response as Event);
  assert.deepEqual(
    [first?.['status'], first?.['status_details']],
    ['cancelled', { type: 'cancelled', reason: 'turn_detected' }],
  );
  assert.equal(second?.['status'], 'completed');
  assert.ok(first);
  const [{ content }] = first['output'] as [{ content: [{ transcript: string }] }];
  assert.ok('one and so on and on'.startsWith(content[0].transcript) && content[0].transcript.length < 21);
});

test('truncation beyond the audio is an error, truncation within it takes the words away', async (t) => {
  const { errors, events, send, speak, standIn, types } = await dial(t);
  send({ type: 'session.update', session: settings });
  speak(wordsToAudio('hello'));
  await until('answer', () => types().includes('response.done'));
  const spoken = events.find(({ type }) => type === 'response.output_audio.done');
  const bytes = events
    .filter(({ type }) => type === 'response.output_audio.delta')
    .reduce((sum, { delta }) => sum + Buffer.from(String(delta), 'base64').length, 0);
  const cut = { type: 'conversation.item.truncate', item_id: spoken?.['item_id'], content_index: 0 };
  send({ ...cut, audio_end_ms: bytes / 8 + 1 });
  await until('error', () => errors().length === 1);
  assert.deepEqual([errors()[0]?.['code'], errors()[0]?.['param']], ['invalid_value', 'audio_end_ms']);
  send({ ...cut, audio_end_ms: bytes / 8 });
  await until('truncated', () => types().includes('conversation.item.truncated'));
  assert.deepEqual(standIn.sessions[0]?.conversation.lines().at(-1), { by: 'agent', text: '' });
});

test('one response at a time', async (t) => {
  const { errors, send, types } = await dial(t, { pace: 4 });
  send({ type: 'session.update', session: settings });
  send({ type: 'response.create', event_id: 'a' });
  send({ type: 'response.create', event_id: 'b' });
  await until('error', () => errors().length === 1);
  assert.deepEqual(
    [errors()[0]?.['code'], errors()[0]?.['event_id']],
    ['conversation_already_has_active_response', 'b'],
  );
  send({ type: 'response.cancel' });
  await until('the end', () => types().includes('response.done'));
  assert.equal(errors().length, 1);
});

test('a caller who falls silent within a word has stopped speaking; with an end point, silence ends a turn', async (t) => {
  const { events, speak, types } = await dial(t, { endpointMs: 100 });
  const audio = wordsToAudio('one two');
  speak(audio.subarray(0, audio.length - 320));
  speak(Buffer.alloc(8 * 1_200, 0xff));
  speak(audio);
  speak(Buffer.alloc(8 * 100, 0xff));
  await until('two turns', () => types().filter((type) => type === 'input_audio_buffer.committed').length === 2);
  const ends = events
    .filter(({ type }) => type === 'input_audio_buffer.speech_stopped')
    .map((event) => event['audio_end_ms']);
  const lengthMs = audio.length / 8;
  assert.deepEqual(ends, [lengthMs - 40 + 1_000, lengthMs - 40 + 1_200 + lengthMs + 100]);
});

test('faults that are planned for one key meet nobody else; an answer that is ignored never begins', async (t) => {
  const faults = openFaults([{ at: 'due', deed: { do: 'ignore' } }]);
  const { send, speak, standIn, types } = await dial(t, {
    clientOf: (key) => (key === standInKey ? { faults } : undefined),
  });
  send({ type: 'session.update', session: settings });
  speak(wordsToAudio('hello'));
  const transcribed = 'conversation.item.input_audio_transcription.completed';
  await until('words', () => types().includes(transcribed));
  assert.ok(!types().includes('response.created'));
  send({ type: 'response.create' });
  await until('answer', () => types().includes('response.done'));
  assert.equal((await ask(standIn, question(strict), 'sk-other')).status, 401);
  standIn.faults.plan({ at: 'text', deed: { do: 'refuse', status: 503 } });
  assert.equal((await ask(standIn, question(strict))).status, 200);
});

test('an echo gives every frame back as it came, within one response', async (t) => {
  const { events, send, types } = await dial(t, { echo: true });
  send({ type: 'session.update', session: settings });
  const frames = framesOf(Buffer.from(Array.from({ length: 480 }, (_, at) => at % 256)));
  for (const audio of frames) send({ type: 'input_audio_buffer.append', audio });
  await until('all', () => types().filter((type) => type === 'response.output_audio.delta').length === 3);
  const deltas = events.filter(({ type }) => type === 'response.output_audio.delta');
  assert.deepEqual(
    deltas.map(({ delta }) => delta),
    frames,
  );
  assert.equal(new Set(deltas.map((event) => event['response_id'])).size, 1);
  assert.equal(types().filter((type) => type === 'response.created').length, 1);
});

async function ask({ url }: StandIn, body: unknown, key = standInKey) {
  const headers = { 'authorization': `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/responses`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const question = (schema: object) => ({
  model: 'm',
  input: 'hi',
  text: { format: { type: 'json_schema', name: 'a', schema, strict: true } },
});
const open = { type: 'object', properties: { a: { type: 'string' } } };
const strict = { ...open, required: ['a'], additionalProperties: false };

test('the Responses API answers with the smallest value of a schema, and refuses one that is not strict', async (t) => {
  const standIn = await standInFor(t);
  const { status, json } = await ask(standIn, question(strict));
  assert.deepEqual([status, json['status'], json['store']], [200, 'completed', true]);
  assert.match(JSON.stringify(json['output']), /"text":"\{\\"a\\":\\"text\\"\}"/);
  for (const schema of [
    open,
    { ...strict, required: [] },
    { ...strict, properties: { a: { type: 'string', pattern: 'x' } } },
  ]) {
    const refused = await ask(standIn, question(schema));
    assert.deepEqual([refused.status, (refused.json['error'] as Event)['code']], [400, 'invalid_json_schema']);
  }
  assert.equal((await ask(standIn, { ...question(strict), stored: false })).status, 400);
  assert.equal((await ask(standIn, question(strict), 'sk-wrong')).status, 401);
});

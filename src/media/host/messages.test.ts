import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Happening, ToDesk, ToLine } from '../desk.ts';
import { readToDesk, readToLine } from './messages.ts';

const id = '00000000-0000-7000-8000-000000000001';
const call = { organisation: id, id, turn: 1 };

const happenings: readonly Happening[] = [
  { type: 'opened' },
  { type: 'heard', text: '' },
  { type: 'spoke', text: 'Hello.' },
  { type: 'played', text: 'He' },
  { type: 'interrupted', heard: 'He' },
  { type: 'keyed', digits: '#' },
  { type: 'asks', callId: 'a', tool: 'book', input: '{}' },
  { type: 'quiet' },
  { type: 'drained' },
  { type: 'model-lost', why: 'dropped', waiting: 'words' },
  { type: 'turn', times: { endpointMs: 1, modelMs: 2, sentMs: 3, heardMs: 4 } },
  { type: 'used', inputTokens: 1, outputTokens: 2, audioSeconds: 0.5 },
  { type: 'recorded', segments: 1, ms: 5_000, announced: true },
  { type: 'closed', how: 'stopped' },
];

const sockets = { egress: 3, database: 0, unexpected: [{ peer: '192.0.2.1:443', count: 2 }] };

const egress = [{ vendor: 'openai', host: 'a.test', sent: 1, refused: 2, failed: 0, unlisted: 1 }];

const toDesk: readonly ToDesk[] = [
  { ask: 1, join: { carrier: 'twilio', organisation: id, account: id, callId: 'CA1', token: 't' } },
  { load: { calls: 1, delayP50Ms: 0, delayP99Ms: 1.5, rssBytes: 9, draining: false, sockets, egress } },
  ...happenings.map((happened) => ({ call, n: 1, at: 0, happened })),
];

const plan = {
  call,
  speech: { instructions: '', tools: [], language: 'en', voice: 'x', terms: [], history: [] },
  model: { vendor: 'openai', key: 'k', baseUrl: null, by: 'organisation' as const },
  taken: 0,
  recording: null,
};

const toLine: readonly ToLine[] = [
  { answer: 1, plan },
  { answer: 2, refused: 'stream-token-invalid' },
  { call, taken: 7 },
  { call, order: { do: 'result', callId: 'a', result: { ok: true, value: {} } } },
  { call, order: { do: 'prompt', instruction: 'Say goodbye.' } },
  { call, order: { do: 'press', digits: '1w2#D' } },
  { call, order: { do: 'leave' } },
  { call, order: { do: 'close' } },
  { allowed: { reach: ['s3', 'openai'], use: ['s3'] } },
  { drain: true },
  { end: true },
];

/** The message with each of its fields, at any depth, taken out or replaced by something of another kind. */
function spoiled(message: unknown): unknown[] {
  if (typeof message !== 'object' || message === null) return [];
  return Object.entries(message).flatMap(([key, value]) => {
    const { [key]: _gone, ...rest } = message as Record<string, unknown>;
    const odd = typeof value === 'object' ? 7 : { odd: 1 };
    return [rest, { ...message, [key]: odd }, ...spoiled(value).map((inner) => ({ ...message, [key]: inner }))];
  });
}

test('every message of a line and of the desk is read as it was written', () => {
  for (const message of toDesk) assert.deepEqual(readToDesk(JSON.parse(JSON.stringify(message))), message);
  for (const message of toLine) assert.deepEqual(readToLine(JSON.parse(JSON.stringify(message))), message);
  const withoutToken = { ask: 1, join: { carrier: 'c', organisation: id, account: id, callId: 'CA1' } };
  assert.deepEqual(readToDesk(withoutToken), withoutToken);
});

test('a message of a line that lacks something, or has it of another kind, is refused', () => {
  for (const message of toDesk) {
    for (const bad of spoiled(message)) {
      const isStillGood = JSON.stringify(bad).includes('"join"') && !JSON.stringify(bad).includes('token');
      if (!isStillGood) assert.equal(readToDesk(bad), undefined, JSON.stringify(bad));
    }
  }
});

test('a message of the desk without what the line relies on is refused', () => {
  const bad = [
    { answer: 0, plan },
    { answer: 1 },
    { answer: 1, plan: { ...plan, call: { ...call, id: 'x' } } },
    { answer: 1, plan: { ...plan, taken: '1' } },
    { answer: 1, plan: { ...plan, speech: null } },
    { call, taken: null },
    { call: { ...call, turn: '1' }, taken: 1 },
    { call, order: { do: 'dance' } },
    { call, order: { do: 'result', callId: 'a', result: {} } },
    { call, order: { do: 'prompt' } },
    { call, order: { do: 'press' } },
    { call, order: { do: 'press', digits: '' } },
    { call, order: { do: 'press', digits: '1,2' } },
    { call, order: { do: 'press', digits: '1'.repeat(33) } },
    { taken: 1 },
    { drain: 'yes' },
    { end: 1 },
  ];
  for (const message of [...bad, null, 1, 'text', [], {}]) assert.equal(readToLine(message), undefined);
});

test('junk from a line is refused', () => {
  const junk = [null, 1, 'text', [], {}, { call, n: 0, at: 0, happened: { type: 'quiet' } }, { ask: 1 }];
  const odd = [{ type: 'constructor' }, { type: 'toString' }, { type: 'new' }, 'quiet'];
  for (const message of [...junk, ...odd.map((happened) => ({ call, n: 1, at: 0, happened }))])
    assert.equal(readToDesk(message), undefined, JSON.stringify(message));
});

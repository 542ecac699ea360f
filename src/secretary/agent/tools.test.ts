import assert from 'node:assert/strict';
import { test } from 'node:test';
import { purposes } from '#safeguards/retention';
import { controlTools, keysIn, optionalTools, toolList } from './index.ts';
import { tools } from './tool-list.ts';

const names = [
  'book',
  'cancel',
  'end-call',
  'find-mine',
  'find-slot',
  'move',
  'stop-calling',
  'take-message',
  'transfer',
];

const all = new Set(purposes);
const offered = async (named: readonly string[], agreed = all) =>
  (await toolList(named, agreed)).map(({ name }) => name);

test('the tools a model is offered are these, and an optional one only when its business names it', async () => {
  assert.deepEqual(await offered([]), names);
  assert.deepEqual(await offered(optionalTools), [...names, ...optionalTools].toSorted());
  assert.deepEqual(await offered(['anything']), names);
  assert.ok(optionalTools.every((name) => tools.has(name)));
});

test('without an agreement to appointments no tool that makes, finds or changes one is offered', async () => {
  const rest = ['end-call', 'stop-calling', 'take-message', 'transfer'];
  assert.deepEqual(await offered([], new Set(['messages'] as const)), rest);
  assert.deepEqual(await offered([], new Set(['messages', 'leads', 'recordings'] as const)), rest);
});

test('keys are pressed only as a keypad has them, up to 32', () => {
  for (const digits of ['1', '0123456789*#ABCDw', 'w', '1'.repeat(8), 'w'.repeat(32)])
    assert.deepEqual(keysIn({ digits }, []), { digits });
  const bad = [{}, { digits: '' }, { digits: '1 2' }, { digits: 'a' }, { digits: 'W' }, { digits: 1 }];
  for (const input of [...bad, { digits: '1'.repeat(33) }, { digits: '1', more: true }, { digits: '1\n' }])
    assert.deepEqual(keysIn(input, []), { why: 'input-invalid' }, JSON.stringify(input));
});

test('the number of a payment card is never pressed, not in pieces either', () => {
  for (const digits of ['4111111111111111', '4111w1111w1111w1111#', '1*4111111111111111'])
    assert.deepEqual(keysIn({ digits }, []), { why: 'card-number' }, digits);
  assert.deepEqual(keysIn({ digits: '1111#' }, ['4111', '1111', '1111']), { why: 'card-number' });
  assert.deepEqual(keysIn({ digits: '1111#' }, ['4111', '1111']), { digits: '1111#' });
});

test('a tool either runs here or is carried out by the call, and the call knows which', () => {
  const control = [...tools].filter(([, item]) => 'control' in item).map(([name]) => name);
  assert.deepEqual(control.toSorted(), [...controlTools].toSorted());
  assert.ok([...tools.values()].every((item) => 'control' in item !== 'run' in item));
});

test('every tool says in a sentence what it does and takes a closed object, written as plain JSON Schema', async () => {
  for (const { name, describe, input } of await toolList(optionalTools, all)) {
    assert.match(describe, /^[A-Z].{20,}\.$/, name);
    const schema = JSON.parse(JSON.stringify(input)) as {
      type: string;
      additionalProperties: boolean;
      required?: string[];
    };
    assert.deepEqual([schema.type, schema.additionalProperties], ['object', false], name);
  }
});

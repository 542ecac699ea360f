import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlTools, toolList } from './index.ts';
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

test('the tools a model is offered are these', async () => {
  assert.deepEqual(
    (await toolList()).map(({ name }) => name),
    names,
  );
});

test('a tool either runs here or is carried out by the call, and the call knows which', () => {
  const control = [...tools].filter(([, item]) => 'control' in item).map(([name]) => name);
  assert.deepEqual(control.toSorted(), [...controlTools].toSorted());
  assert.ok([...tools.values()].every((item) => 'control' in item !== 'run' in item));
});

test('every tool says in a sentence what it does and takes a closed object, written as plain JSON Schema', async () => {
  for (const { name, describe, input } of await toolList()) {
    assert.match(describe, /^[A-Z].{20,}\.$/, name);
    const schema = JSON.parse(JSON.stringify(input)) as {
      type: string;
      additionalProperties: boolean;
      required?: string[];
    };
    assert.deepEqual([schema.type, schema.additionalProperties], ['object', false], name);
  }
});

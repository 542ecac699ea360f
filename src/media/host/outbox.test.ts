import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallName, Happening } from '../desk.ts';
import { openOutbox, type Outbox, type OutboxOptions } from './outbox.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const name = (n: number): CallName => ({ organisation, id: `00000000-0000-7000-8000-00000000000${n}`, turn: 1 });
const heard = (text: string): Happening => ({ type: 'heard', text });
const closed: Happening = { type: 'closed', how: 'stopped' };

/** An outbox, and a desk that is there or not. */
function outbox(limits: OutboxOptions['limits'] = {}) {
  const wire = {
    isThere: true,
    backlog: 0,
    closed: 0,
    sent: [] as { call: CallName; n: number; happened: Happening }[],
  };
  const box = openOutbox({
    send(json) {
      if (wire.isThere) wire.sent.push(JSON.parse(json));
      return wire.isThere;
    },
    backlog: () => wire.backlog,
    closed: () => (wire.closed += 1),
    limits,
  });
  return { box, wire, numbers: () => wire.sent.map(({ n }) => n) };
}

function fill(box: Outbox, call: CallName, count: number): boolean[] {
  return Array.from({ length: count }, (_, at) => box.put(call, heard(String(at + 1)), 0));
}

test('happenings go out in order, numbered from the one after the last that was taken', () => {
  const { box, wire, numbers } = outbox();
  box.open(name(1), 40);
  fill(box, name(1), 3);
  assert.deepEqual(numbers(), [41, 42, 43]);
  assert.deepEqual(
    wire.sent.map(({ happened }) => happened),
    [heard('1'), heard('2'), heard('3')],
  );
});

test('what was not taken is kept while the desk is away and comes again, all of it, when one is back', () => {
  const { box, wire, numbers } = outbox();
  box.open(name(1), 0);
  fill(box, name(1), 3);
  box.taken(name(1), 1);
  wire.isThere = false;
  fill(box, name(1), 2);
  wire.isThere = true;
  wire.sent = [];
  box.resend();
  assert.deepEqual(numbers(), [2, 3, 4, 5]);
  assert.deepEqual(box.carried(), [{ call: name(1), taken: 1 }]);
});

test('a line runs ahead of its desk by so many happenings a call and no further', () => {
  const { box, numbers } = outbox({ ahead: 2 });
  box.open(name(1), 0);
  box.open(name(2), 0);
  fill(box, name(1), 5);
  fill(box, name(2), 1);
  assert.deepEqual(numbers(), [1, 2, 1]);
  box.taken(name(1), 1);
  assert.deepEqual(numbers(), [1, 2, 1, 3]);
  box.taken(name(1), 3);
  assert.deepEqual(numbers(), [1, 2, 1, 3, 4, 5]);
});

test('nothing is sent into a full socket, and it goes on when that has emptied', () => {
  const { box, wire, numbers } = outbox({ unsentBytes: 10 });
  box.open(name(1), 0);
  wire.backlog = 10;
  fill(box, name(1), 2);
  assert.deepEqual(numbers(), []);
  wire.backlog = 0;
  box.pump();
  assert.deepEqual(numbers(), [1, 2]);
});

test('a book is closed when the end of its call is taken, not before, and nothing is written into it after the end', () => {
  const { box, wire } = outbox();
  box.open(name(1), 0);
  box.put(name(1), heard('a'), 0);
  box.put(name(1), closed, 0);
  assert.equal(box.put(name(1), heard('late'), 0), false);
  box.taken(name(1), 1);
  assert.deepEqual([box.isEmpty(), wire.closed], [false, 0]);
  box.taken(name(1), 2);
  assert.deepEqual([box.isEmpty(), wire.closed], [true, 1]);
  box.taken(name(1), 2);
  assert.equal(wire.closed, 1);
});

test('whoever waits until the desk knows what was told waits for all of it and no more, and is called once', () => {
  const { box } = outbox();
  const called: string[] = [];
  box.whenTaken(name(1), () => called.push('nothing is told'));
  box.open(name(1), 0);
  box.whenTaken(name(1), () => called.push('nothing is outstanding'));
  fill(box, name(1), 2);
  box.whenTaken(name(1), () => called.push('two are told'));
  fill(box, name(1), 1);
  assert.deepEqual(called.splice(0), ['nothing is told', 'nothing is outstanding']);
  box.taken(name(1), 1);
  assert.deepEqual(called, []);
  box.taken(name(1), 2);
  box.taken(name(1), 3);
  assert.deepEqual(called, ['two are told']);
});

test('a call that tells too much is not kept any further, but its end is, and other calls go on', () => {
  for (const limits of [{ happenings: 2 }, { bytes: 400 }]) {
    const { box, wire } = outbox(limits);
    wire.isThere = false;
    box.open(name(1), 0);
    const kept = fill(box, name(1), 9).filter(Boolean).length;
    assert.equal(kept, 2);
    assert.equal(box.put(name(1), closed, 0), true);
    wire.isThere = true;
    box.resend();
    assert.deepEqual(
      wire.sent.map(({ happened }) => happened),
      [heard('1'), heard('2'), closed],
    );
    box.taken(name(1), 3);
    box.open(name(2), 0);
    assert.equal(box.put(name(2), heard('a'), 0), true);
  }
});

test('one happening that is too long for the wire is not kept', () => {
  const { box } = outbox({ messageBytes: 200 });
  box.open(name(1), 0);
  assert.equal(box.put(name(1), heard('x'.repeat(200)), 0), false);
  assert.equal(box.put(name(1), heard('x'), 0), true);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, TurnInput, TurnReply } from '../../../model.ts';
import receptionist from '../index.ts';
import { briefing, callerNumber, friday } from './desk.ts';

/** Tools that answer late, twice or never. */

const slot = '2026-11-23T14:00:00Z';
const booked: TurnInput = {
  type: 'result',
  tool: 'book',
  result: { ok: true, value: { appointmentId: 'a1', startsAt: slot } },
};

function say(text: string): TurnInput {
  return { type: 'heard', text, interrupted: false };
}

async function after(inputs: readonly TurnInput[]): Promise<TurnReply> {
  let reply = await receptionist.turn({ state: null, input: { type: 'start', callerNumber }, briefing, now: friday });
  for (const input of inputs) reply = await turn(reply.state, input);
  return reply;
}

function turn(state: Json, input: TurnInput): Promise<TurnReply> {
  return receptionist.turn({ state, input, briefing, now: friday });
}

const found: TurnInput = { type: 'result', tool: 'find-slot', result: { ok: true, value: { slots: [slot] } } };
const asked: readonly TurnInput[] = [say('book monday at 9, this is Al'), found, say('yes'), say('skip')];

test('while a tool is running the caller is asked to wait, and the tool is not asked for twice', async () => {
  const running = await after(asked);
  assert.equal(running.use?.tool, 'book');
  const reply = await turn(running.state, say('hello?'));
  assert.match(reply.say.join(' '), /one moment/);
  assert.equal(reply.use, undefined);
  assert.match((await turn(reply.state, booked)).say.join(' '), /You're booked/);
});

test('a tool that never answers is given up, with a way on and no claim', async () => {
  let reply = await after(asked);
  for (let waits = 0; waits < 4; waits++) reply = await turn(reply.state, say('hello?'));
  assert.match(reply.say.join(' '), /can't get into the calendar.*message/);
});

test('a booking that succeeds after it was given up is told, because it stands', async () => {
  let reply = await after(asked);
  for (let waits = 0; waits < 4; waits++) reply = await turn(reply.state, say('hello?'));
  reply = await turn(reply.state, booked);
  assert.match(reply.say.join(' '), /You're booked for Monday the 23rd at 9 in the morning/);
  assert.equal(
    (await receptionist.debrief({ state: reply.state, briefing, now: friday })).outcome,
    'appointment-booked',
  );
});

test('a failure nobody waits for changes nothing', async () => {
  const before = await after([say('book monday at 9, this is Al'), found]);
  const stray: TurnInput = { type: 'result', tool: 'book', result: { ok: false, why: 'taken' } };
  const reply = await turn(before.state, stray);
  assert.equal(reply.use, undefined);
  assert.doesNotMatch(reply.say.join(' '), /faster|booked/);
});

test('stop calling is heard even while another tool is running', async () => {
  const running = await after(asked);
  assert.equal((await turn(running.state, say('stop calling me'))).use?.tool, 'stop-calling');
});

test('a line that comes back while a tool runs waits for the tool', async () => {
  const running = await after(asked);
  const reply = await turn(running.state, { type: 'resumed' });
  assert.match(reply.say.join(' '), /cut off.*moment/);
  assert.match((await turn(reply.state, booked)).say.join(' '), /You're booked/);
});

test('a result that makes no sense is not taken for one that does', async () => {
  const nonsense: TurnInput = {
    type: 'result',
    tool: 'find-slot',
    result: { ok: true, value: { slots: ['soon', 3, null] } },
  };
  const reply = await after([say('book monday at 9'), nonsense]);
  assert.equal(reply.use?.tool, 'find-slot');
  assert.doesNotMatch(reply.say.join(' '), /is free/);
});

test('an unusable caller number is treated as none', async () => {
  const start: TurnInput = { type: 'start', callerNumber: 'anonymous' };
  let reply = await receptionist.turn({ state: null, input: start, briefing, now: friday });
  for (const text of ['leave a message', 'the heating is off again', 'Al']) reply = await turn(reply.state, say(text));
  assert.match(reply.say.join(' '), /What number can we reach you on/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, manualClock, turnEnd } from '#base';
import { callId, organisation, planOf } from '../../../test/line-desk.ts';
import type { LinePlan } from '../desk.ts';
import { openAsks } from './asks.ts';

const joining = { carrier: 'twilio', organisation, account: organisation, callId: 'CA1', token: 't' };
const plan = planOf(callId(1));

function line(isThere = true) {
  const clock = manualClock(0);
  const sent: { ask: number; join: object }[] = [];
  const late: LinePlan[] = [];
  const asks = openAsks(
    { clock },
    {
      send: (json) => isThere && sent.push(JSON.parse(json)) > 0,
      late: (one) => late.push(one),
    },
  );
  return { clock, sent, late, asks };
}

const isAway = (error: unknown) => isProblem(error, 'not-running');

test('each question gets its own answer, in whatever order they come', async () => {
  const { asks, sent } = line();
  const questions = [asks.ask(joining), asks.ask(joining)];
  assert.deepEqual(
    sent.map(({ join }) => join),
    [joining, joining],
  );
  const [first, second] = sent.map(({ ask }) => ask);
  asks.answered({ answer: second ?? 0, plan });
  asks.answered({ answer: first ?? 0, refused: 'stream-token-invalid' });
  await assert.rejects(questions[0]!, (error) => isProblem(error, 'stream-token-invalid'));
  assert.equal(await questions[1], plan);
});

test('a refusal in words that are not ours is a refusal', async () => {
  const { asks } = line();
  const question = asks.ask(joining);
  asks.answered({ answer: 1, refused: 'toString' });
  await assert.rejects(question, (error) => isProblem(error, 'internal'));
});

test('without a desk nobody is let in: at once when it is away, and when it goes', async () => {
  await assert.rejects(line(false).asks.ask(joining), isAway);
  const { asks } = line();
  const question = asks.ask(joining);
  asks.lost();
  await assert.rejects(question, isAway);
});

test('a desk that takes too long has not answered, and a plan that comes too late is given back', async () => {
  const { asks, clock, late } = line();
  const question = asks.ask(joining);
  clock.advance(4_999);
  await turnEnd();
  clock.advance(1);
  await assert.rejects(question, isAway);
  asks.answered({ answer: 1, refused: 'not-found' });
  assert.deepEqual(late, []);
  asks.answered({ answer: 1, plan });
  assert.deepEqual(late, [plan]);
});

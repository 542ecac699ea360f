import assert from 'node:assert/strict';
import test from 'node:test';
import { gathered } from './gathered.ts';

test('what is asked in one turn is answered in one round, each asker with its own', async () => {
  const rounds: number[] = [];
  const doubled = gathered<number, number>(async (asks) => {
    rounds.push(asks.length);
    return asks.map((ask) => ask * 2);
  });
  const answers = await Promise.all([1, 2, 3].map((ask) => doubled.ask(ask)));
  assert.deepEqual([answers, rounds], [[2, 4, 6], [3]]);
});

test('a round takes five hundred at most, and asks that come meanwhile wait for the next', async () => {
  const rounds: number[] = [];
  const echo = gathered<number, number>(async (asks) => {
    rounds.push(asks.length);
    if (rounds.length === 1) late = echo.ask(-1);
    return asks;
  });
  let late: Promise<number> | undefined;
  const answers = await Promise.all(Array.from({ length: 700 }, (_, ask) => echo.ask(ask)));
  assert.deepEqual(
    answers,
    Array.from({ length: 700 }, (_, ask) => ask),
  );
  assert.equal(await late, -1);
  assert.deepEqual(rounds, [500, 201]);
});

test('a round that fails tells its askers, and the next round works', async () => {
  const picky = gathered<string, string>(async (asks) => {
    if (asks.includes('bad')) throw new Error('refused');
    return asks;
  });
  const first = await Promise.allSettled([picky.ask('good'), picky.ask('bad')]);
  assert.deepEqual(
    first.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(await picky.ask('good'), 'good');
});

test('settled waits for what is under way', async () => {
  const done: string[] = [];
  const work = gathered<string, string>(async (asks) => {
    done.push(...asks);
    return asks;
  });
  const asked = work.ask('a');
  await work.settled();
  assert.deepEqual(done, ['a']);
  await asked;
  await work.settled();
});

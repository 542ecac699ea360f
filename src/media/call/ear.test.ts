import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentFrame } from './audio.ts';
import { listen, openEar, signOfLife, suspicion, type Ear, type Moment } from './ear.ts';

const loud = Buffer.alloc(160, 0x20).toString('base64');
const quiet: Moment = { callerSpeaks: false, owedSince: undefined };

/** Frames of one kind from then on, looked at every 100 ms; what came of it, and when. */
function pass(ear: Ear, payload: string, [from, to]: readonly [number, number], moment: Moment = quiet) {
  const found: (readonly [number, string])[] = [];
  for (let now = from; now < to; now += 20) {
    listen(ear, payload, { at: now / 20, isHeard: moment.callerSpeaks }, now);
    const what = now % 100 === 0 ? suspicion(ear, moment, now) : undefined;
    if (what) found.push([now, what]);
  }
  return found;
}

test('a model that says nothing of someone who spoke is asked for a sign of life, and dead without one', () => {
  const ear = openEar(0);
  assert.deepEqual(pass(ear, loud, [0, 1_000]), []);
  assert.deepEqual(pass(ear, silentFrame, [1_000, 3_000]).slice(0, 2), [
    [1_500, 'ask'],
    [2_200, 'dead'],
  ]);
});

test('one that gives a sign is left in peace until somebody speaks again', () => {
  const ear = openEar(0);
  pass(ear, loud, [0, 1_000]);
  assert.deepEqual(pass(ear, silentFrame, [1_000, 1_600]), [[1_500, 'ask']]);
  signOfLife(ear, 1_600);
  ear.isUnclaimed = false;
  assert.deepEqual(pass(ear, silentFrame, [1_600, 60_000]), []);
});

test('sounds that are shorter than a word, and a quiet line, raise no suspicion', () => {
  const ear = openEar(0);
  for (let at = 0; at < 20_000; at += 2_000) {
    assert.deepEqual(pass(ear, loud, [at, at + 180]), []);
    assert.deepEqual(pass(ear, silentFrame, [at + 180, at + 2_000]), []);
  }
});

test('a model may wait for more of what the caller says, as long as it is there, but not for ever', () => {
  const ear = openEar(0);
  const speaking: Moment = { callerSpeaks: true, owedSince: undefined };
  pass(ear, loud, [0, 1_000], speaking);
  const asked: number[] = [];
  for (let now = 1_000; now < 9_900; now += 100) {
    const what = suspicion(ear, speaking, now);
    assert.notEqual(what, 'dead');
    if (what !== 'ask') continue;
    asked.push(now);
    signOfLife(ear, now + 50);
  }
  assert.ok(asked.length >= 8, 'it is asked about once a second');
  assert.equal(suspicion(ear, speaking, 10_000), 'dead');
});

test('one that owes an answer is asked before the caller has to wait for long', () => {
  const ear = openEar(0);
  signOfLife(ear, 5_000);
  const owing: Moment = { callerSpeaks: false, owedSince: 5_000 };
  assert.deepEqual(pass(ear, silentFrame, [5_000, 7_050], owing), [
    [6_300, 'ask'],
    [7_000, 'dead'],
  ]);
});

test('a process that was held up does not take its own delay for the model', () => {
  const ear = openEar(0);
  pass(ear, loud, [0, 1_000]);
  assert.deepEqual(pass(ear, silentFrame, [1_000, 1_600]), [[1_500, 'ask']]);
  assert.equal(suspicion(ear, quiet, 4_000), undefined, 'the first look after a long delay');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, middle, wrongCount } from './figures.ts';
import { lossDown, lossUp, openLedger, reactions } from './ledger.ts';
import { openPlayback } from './playback.ts';
import { median, spreadOf } from './samples.ts';
import type { CarrierReport, ModelReport } from './talk.ts';

function ledgerOf(...seqs: number[]) {
  const ledger = openLedger();
  for (const seq of seqs) ledger.add(seq);
  return ledger.read();
}

test('a frame that never reached the model is lost, unless it was sent before the session was there', () => {
  assert.equal(lossUp(6, ledgerOf(3, 4, 6)), 1);
  assert.equal(lossUp(6, ledgerOf(3, 4, 5)), 1);
  assert.equal(lossUp(6, ledgerOf(3, 4, 5, 6)), 0);
  assert.equal(lossUp(6, ledgerOf()), 6);
});

test('only the tail of an answer that was spoken over may be missing', () => {
  const cut = { first: 1, last: 5, cutUs: 1 };
  const whole = { first: 10, last: 12, cutUs: undefined };
  const sent = ledgerOf(1, 2, 3, 4, 5, 10, 11, 12);
  assert.deepEqual(lossDown([cut, whole], sent, ledgerOf(1, 2, 3, 10, 11, 12)), { lost: 0, cut: 2 });
  assert.deepEqual(lossDown([cut, whole], sent, ledgerOf(1, 3, 4, 5, 10, 11)), { lost: 2, cut: 0 });
});

test('a frame that was lost on the way to the model is not lost once more on the way back', () => {
  const answer = { first: 1, last: 4, cutUs: undefined };
  assert.deepEqual(lossDown([answer], ledgerOf(1, 3, 4), ledgerOf(1, 3, 4)), { lost: 0, cut: 0 });
});

test('a frame that comes twice or too late is out of order', () => {
  assert.equal(ledgerOf(1, 2, 2, 3).disordered, 1);
  assert.equal(ledgerOf(1, 3, 2).disordered, 1);
  assert.equal(ledgerOf(1, 2, 3).disordered, 0);
});

test('a barge-in that cleared nothing before the next one is missed', () => {
  const answers = [1_000, 5_000, 9_000].map((cutUs, at) => ({ first: at * 10, last: at * 10 + 9, cutUs }));
  const clears = [3_000, 9_500].map((atUs) => ({ atUs, lastSeq: 29 }));
  assert.deepEqual(reactions(answers, clears, ledgerOf()), { tookMs: [2, 0.5], missed: 1, stale: 0 });
  assert.deepEqual(reactions(answers.slice(0, 1), [], ledgerOf()), { tookMs: [], missed: 1, stale: 0 });
});

test('audio of an answer that comes after it was cleared is stale, and the next answer is not', () => {
  const answers = [
    { first: 1, last: 5, cutUs: 1_000 },
    { first: 8, last: 9, cutUs: undefined },
  ];
  const clears = [{ atUs: 2_000, lastSeq: 3 }];
  assert.equal(reactions(answers, clears, ledgerOf(1, 2, 3, 4, 5, 8, 9)).stale, 2);
  assert.equal(reactions(answers, clears, ledgerOf(1, 2, 3, 8, 9)).stale, 0);
});

test('a mark comes back when what was sent before it has been played, or at once when that is cleared', () => {
  const playback = openPlayback();
  playback.play(800, 1_000);
  playback.mark('a');
  playback.play(800, 1_000);
  playback.mark('b');
  assert.deepEqual([playback.due(1_099), playback.due(1_100), playback.due(1_150)], [[], ['a'], []]);
  playback.clear(1_160);
  assert.deepEqual(playback.due(1_160), ['b']);
  assert.equal(playback.mostAheadMs(), 200);
});

test('percentiles are values that were measured', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
  assert.deepEqual(spreadOf(hundred), { p50: 50, p95: 95, p99: 99 });
  assert.deepEqual(spreadOf([7]), { p50: 7, p95: 7, p99: 7 });
  assert.equal(median([9, 1, 5]), 5);
});

const cost = { cpuSeconds: 0, rssBytes: 0 };
const free = { main: cost, child: cost, postgres: cost };
const busy = { ...free, main: { cpuSeconds: 3, rssBytes: 2 * 1024 * 1024 } };
const machine = [
  { usedSeconds: 100, ourSeconds: 10 },
  { usedSeconds: 145, ourSeconds: 40 },
] as const;
const round = { calls: 2, tookMs: 30_000, before: free, from: free, until: busy, machine };
const call = { sent: 3, got: ledgerOf(1, 2, 3), clears: [], isDropped: false };
const session = { got: ledgerOf(1, 2, 3), answers: [{ first: 1, last: 3, cutUs: undefined }] };

function ends(change: { carrier?: Partial<CarrierReport>; model?: Partial<ModelReport> } = {}) {
  const calls = [0, 1].map((number) => ({ ...call, number }));
  const sessions = [0, 1].map((number) => ({ ...session, number }));
  const times = Float64Array.of(1, 2, 3);
  const carrier = { calls, downMs: times, lateMs: times, altered: 0, crossed: 0, marks: 0, aheadMs: 20 };
  const model = { sessions, upMs: times, altered: 0, crossed: 0, silence: 0 };
  return judge({ ...carrier, ...change.carrier }, { ...model, ...change.model }, round);
}

test('cost is for each call: CPU seconds a minute, kilobytes grown since before the first one', () => {
  const figures = ends();
  assert.equal(wrongCount(figures), 0);
  assert.deepEqual(figures.cpu, { main: 3, child: 0, postgres: 0 });
  assert.deepEqual(figures.memory, { main: 1024, child: 0, postgres: 0 });
});

test('what other programs took of the machine is told', () => {
  assert.equal(ends().othersBusy, 0.5);
});

test('a stream that ended, never reached the model or reached it twice is a wrong, and so is every bad frame', () => {
  const [first, second] = [0, 1].map((number) => ({ ...call, number }));
  const [one, two] = [0, 1].map((number) => ({ ...session, number }));
  const dropped = ends({ carrier: { calls: [{ ...first!, isDropped: true }, second!] } });
  assert.equal(dropped.wrongs.dropped, 1);
  assert.equal(ends({ model: { sessions: [one!] } }).wrongs.dropped, 1);
  assert.equal(ends({ model: { sessions: [one!, two!, two!] } }).wrongs.dropped, 1);
  assert.equal(ends({ model: { altered: 1 }, carrier: { altered: 1 } }).wrongs.altered, 2);
  assert.equal(ends({ carrier: { crossed: 1 } }).wrongs.crossed, 1);
});

test('the middle round stands for the others, and the wrongs of all of them are kept', () => {
  const slow = ends({ carrier: { downMs: Float64Array.of(9) } });
  const wrong = ends({ model: { crossed: 1 } });
  const figures = middle([slow, wrong, ends()]);
  assert.equal(figures.down.p50, 2);
  assert.equal(figures.wrongs.crossed, 1);
});

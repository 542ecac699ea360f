import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, failed, heard, listened, opened, play, replied, timeoutNow } from '../../../test/call-machine.ts';
import { advance } from './conduct.ts';

const back = () => ({ type: 'back' }) as const;

test('a model that fails twice is lost: the scripted receptionist answers the question that waits', () => {
  for (const channel of ['relay', 'gather'] as const) {
    const question = heard('What does a cleaning cost?');
    const before = play(channel, [answered, opened, replied(['How can I help?']), listened(channel), question]);
    const once = advance(before.call, failed(before.call));
    assert.deepEqual([once[0].standIn, once[0].model], [false, { v: 1 }], 'once may be chance');
    const [call, todos] = advance(once[0], failed(once[0]));
    assert.deepEqual([call.standIn, call.model, call.phase, call.channel], [true, null, 'thinking', channel]);
    assert.deepEqual(
      todos.map((one) => one.do),
      ['model-lost', 'think', 'wait'],
    );
    assert.deepEqual(call.asked, { type: 'heard', text: 'What does a cleaning cost?', interrupted: false });
  }
});

test('a model that answers neither nor fails is lost too, after the caller was asked to wait', () => {
  const { call, done } = play('relay', [answered, opened, replied(['Hello.']), heard('Are you open?'), timeoutNow]);
  assert.ok(done.some((one) => one.do === 'say' && /moment/.test(one.text)));
  const [next, todos] = advance(call, timeoutNow(call));
  assert.ok(next.standIn && todos.some((one) => one.do === 'model-lost'));
});

test('a failure after the caller was asked to wait is not tried again: nobody is asked to wait twice', () => {
  const { call } = play('relay', [answered, opened, replied(['Hello.']), heard('Are you open?'), timeoutNow, failed]);
  assert.ok(call.standIn);
});

test('a tool that had been run when the model was lost is answered for by the one who takes over', () => {
  const { call } = play('relay', [
    answered,
    opened,
    replied(['One moment.'], { tool: 'take-message', input: {} }),
    ({ running }) => ({ type: 'ran', key: running?.key ?? '', result: { ok: true, value: {} } }),
    failed,
    failed,
  ]);
  assert.ok(call.standIn);
  assert.deepEqual(call.asked, { type: 'result', tool: 'take-message', result: { ok: true, value: {} } });
});

test('only when the scripted receptionist cannot answer either is it said, and the call ends with a way on', () => {
  const { done, call } = play('relay', [answered, opened, failed, failed, failed, failed]);
  assert.equal(done.filter((one) => one.do === 'model-lost').length, 1);
  assert.ok(done.some((one) => one.do === 'say' && /call again/.test(one.text)));
  assert.deepEqual([call.after, call.endReason], ['end', 'failed']);
});

test('words that its own model had answered are known when it is lost: the stand-in does not know all of the call', () => {
  const lost = [heard('And on Sunday?'), failed, failed];
  const late = play('relay', [
    answered,
    opened,
    replied(['Hello.']),
    heard('Are you open?'),
    replied(['Yes.']),
    ...lost,
  ]);
  assert.equal(late.call.lastWords, 'Are you open?');
  const early = play('relay', [answered, opened, replied(['Hello.']), ...lost, replied(['No.']), heard('Thank you.')]);
  assert.equal(early.call.lastWords, '');
});

test('by webhook the caller is asked to wait in an answer of its own, and the carrier comes back for the rest', () => {
  const { call, done } = play('gather', [answered, replied(['Hello.']), opened, heard('Are you open?'), timeoutNow]);
  assert.ok(done.some((one) => one.do === 'say' && /moment/.test(one.text)));
  assert.deepEqual([call.phase, call.held], ['thinking', call.seq]);
  const [early] = advance(call, back());
  assert.deepEqual([early.phase, early.held, early.unheard], ['thinking', 0, []], 'and the model is still asked');
  const [answering] = advance(call, replied(['Yes, we are.'])(call));
  const [late, todos] = advance(answering, back());
  assert.deepEqual(
    [late.phase, late.unheard.map(({ text }) => text)],
    ['listening', ['Yes, we are.']],
    'what came while the carrier spoke is not said yet',
  );
  assert.deepEqual(
    todos.map((one) => one.do === 'acknowledge' && one.heard),
    ['One moment, please.'],
  );
});

test('when the opening was given with the word to wait, it is heard once the carrier is back', () => {
  const { call } = play('gather', [answered, timeoutNow]);
  const [next, todos] = advance(call, back());
  assert.ok(next.disclosed && todos.some((one) => one.do === 'disclosed'));
});

test('over a relay the carrier has nothing to come back for', () => {
  const { call } = play('relay', [answered, opened, replied(['Hello.']), heard('Are you open?'), timeoutNow]);
  assert.equal(call.held, 0);
});

test('what was said with the word to wait is not said again when the call is over meanwhile', () => {
  const goodbye = replied(['Goodbye.'], { tool: 'end-call', input: {} });
  const { call } = play('gather', [answered, replied(['Hello.']), opened, heard('bye'), timeoutNow, goodbye, back]);
  assert.deepEqual([call.phase, call.unheard.map(({ text }) => text)], ['over', ['Goodbye.']]);
});

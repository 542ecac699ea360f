import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { openPhone } from '../phone.ts';
import { openStandIn, type StandInOptions } from '../stand-in-model/stand-in.ts';

async function standInFor(t: TestContext, options: StandInOptions) {
  const standIn = await openStandIn(options);
  t.after(() => standIn.close());
  return standIn;
}

suite('over real sockets, with the vendor file of OpenAI', { concurrency: true }, () => {
  test('a caller is answered, speaks over the answer, and is told and remembered as far as they heard it', async (t) => {
    const standIn = await standInFor(t, {});
    const phone = await openPhone(t, standIn);
    await phone.say('Good morning.');
    await phone.when(() => phone.sentences.includes('You said: Good morning.'));
    await phone.when(() => phone.told.some(({ type }) => type === 'turn'));
    await phone.say('I have a long story about my tooth and about the other one that hurts');
    await phone.when(() => phone.wordsSoFar() >= 8);
    await phone.say('Stop.');
    await phone.when(() => phone.sentences.includes('You said: Stop.'));
    await phone.when(() => phone.told.filter(({ type }) => type === 'played').length === 2);
    const cut = phone.told.find((one) => one.type === 'interrupted');
    assert.ok(cut?.type === 'interrupted');
    assert.match(cut.heard, /^You said: I have/);
    const [broken] = phone.sentences.filter((sentence) => sentence.endsWith(' -'));
    assert.ok(broken, 'the caller heard it break off');
    // What counts as heard is what was acknowledged, up to the end of a word; on this wire a mark takes no time.
    assert.ok(cut.heard.length <= broken.length + 12, `${cut.heard} was told, ${broken} was heard`);
    phone.hangUp();
    await phone.when(() => phone.told.at(-1)?.type === 'closed');
    assert.deepEqual(
      phone.told.flatMap((one) => (one.type === 'heard' ? [one.text] : [])),
      ['Good morning.', 'I have a long story about my tooth and about the other one that hurts', 'Stop.'],
    );
    assert.deepEqual(
      standIn.sessions.flatMap(({ refusals }) => refusals),
      [],
    );
    assert.ok(!phone.logged.includes('error.internal'));
  });

  test('a model that falls silent in the middle of a turn is replaced, and the next one answers what was said', async (t) => {
    const standIn = await standInFor(t, { faults: [{ at: 'caller-begins', deed: { do: 'hang' } }] });
    const phone = await openPhone(t, standIn);
    await phone.say('Hello, are you there?');
    await phone.when(() => phone.sentences.includes('You said: Hello, are you there?'));
    assert.equal(standIn.sessions.length, 2);
    assert.ok(!phone.told.some(({ type }) => type === 'model-lost'));
  });

  test('a model that cannot be brought back is told as lost, and the stream is closed for what comes next', async (t) => {
    const standIn = await standInFor(t, {});
    const phone = await openPhone(t, standIn);
    await phone.say('Good morning.');
    standIn.faults.plan({ at: 'handshake', deed: { do: 'refuse', status: 401 } });
    standIn.faults.plan({ at: 'turn', deed: { do: 'drop' } });
    await phone.say('And now?');
    await phone.when(() => phone.told.at(-1)?.type === 'closed');
    // What the caller said last went with the session: nobody knows what to answer.
    assert.deepEqual(phone.told.at(-2), { type: 'model-lost', why: 'key-refused', waiting: 'nothing' });
  });
});

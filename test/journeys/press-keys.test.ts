import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wordsToAudio, type EmulatedCall } from '#adapters/carriers';
import { liveProduct, type LiveProduct } from '../live-product.ts';
import type { Script } from '../stand-in-model/stand-in.ts';
import type { TextScript } from '../stand-in-model/text-endpoint.ts';

const digits = '1w42#';
const use = { tool: 'press-keys', input: { digits } };

/** A secretary that does as the menu of another machine says. */
const obedient: Script = ({ heard, prompted, result }) => {
  if (prompted !== undefined) return { say: /"([^"]*)"[^"]*$/.exec(prompted)?.[1] ?? 'Hello?' };
  if (result !== undefined) return { say: JSON.stringify(result).includes('"ok":true') ? 'Pressed.' : 'Not pressed.' };
  return heard.includes('press one') ? { say: 'I press it.', use } : { say: 'Very well.' };
};

/** The same one, turn by turn. */
const obedientByText: TextScript = ({ input, text }) => {
  if (text.format.name !== 'turn') return undefined;
  const last = typeof input === 'string' ? input : (input.at(-1)?.content ?? '');
  const said = (sentence: string) => ({ say: [sentence], language: 'en-US', expect: 'speech', use: null });
  if (last.includes('press one')) return { ...said('I press it.'), use };
  return said(last.includes('"ok":true') ? 'Pressed.' : 'Very well.');
};

/** Waits for a sentence that matches; what else is said before it does not matter. */
async function until(call: EmulatedCall, wanted: RegExp): Promise<void> {
  while (!wanted.test(await call.said()));
}

async function pressedIn(live: LiveProduct) {
  const { transcript } = await live.finished();
  return transcript.filter(({ speaker, kind }) => speaker === 'agent' && kind === 'digits');
}

const written = [{ speaker: 'agent', kind: 'digits', meant: digits, heard: digits }];
const plain = (entries: Awaited<ReturnType<typeof pressedIn>>) =>
  entries.map(({ speaker, kind, meant, heard }) => ({ speaker, kind, meant, heard }));

suite('the menu of another machine gets exactly the keys it asks for', { concurrency: 2 }, () => {
  test('as tones of a live call, whoever speaks over them', async (t) => {
    const live = await liveProduct(t, { agent: '{ model: openai, tools: [press-keys] }', script: obedient });
    const call = live.ring();
    await until(call, /How can I help/);
    await call.say('For opening hours press one.');
    assert.equal(await call.keysHeard(1), '1');
    await call.playAudio(wordsToAudio('For anything else hold the line.'));
    assert.equal(await call.keysHeard(4), '142#');
    await until(call, /Very well/);
    await call.hangUp();
    assert.equal(await call.keysHeard(4), '142#', 'and no other');
    assert.ok(call.transcript.some(({ speaker, text }) => speaker === 'secretary' && text === '142#'));
    assert.deepEqual(plain(await pressedIn(live)), written);
  });

  for (const speech of ['relay', 'gather']) {
    test(`over ${speech}, between what is said before and after`, async (t) => {
      const agent = `{ model: openai, speech: ${speech}, tools: [press-keys] }`;
      const live = await liveProduct(t, { agent, text: obedientByText });
      const call = live.ring();
      await until(call, /How can I help/);
      await call.say('For opening hours press one.');
      assert.equal(await call.keysHeard(4), '142#');
      await until(call, /Pressed\./);
      await call.say('You have reached nobody.');
      await until(call, /Very well/);
      await call.hangUp();
      assert.equal(call.transcript.filter(({ text }) => text === '142#').length, 1);
      assert.deepEqual(plain(await pressedIn(live)), written);
    });
  }

  test('but no keys of a secretary whose business did not name the tool', async (t) => {
    const live = await liveProduct(t, { agent: '{ model: openai }', script: obedient });
    const call = live.ring();
    await until(call, /How can I help/);
    await call.say('For opening hours press one.');
    await until(call, /Not pressed/);
    await call.hangUp();
    assert.deepEqual(await pressedIn(live), []);
    const offered = JSON.stringify(live.standIn.sessions[0]?.settings().tools);
    assert.ok(offered.includes('take-message') && !offered.includes('press-keys'));
    assert.ok(!call.steps.some(({ what }) => what === 'keys-heard'));
  });
});

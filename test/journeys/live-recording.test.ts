import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { audioToWords, wordsToAudio, type EmulatedCall } from '#adapters/carriers';
import { liveProduct, type LiveProduct } from '../live-product.ts';

type Link = { readonly ms: number; readonly url: string };

/** One conversation of three turns. */
async function converse(live: LiveProduct): Promise<EmulatedCall> {
  const call = live.ring();
  const heard = async (wanted: RegExp) => {
    while (!wanted.test(await call.said()));
  };
  await heard(/How can I help/);
  await call.say('My crown is loose.');
  await heard(/You said/);
  await call.say('Thank you.');
  await heard(/You said/);
  await call.hangUp();
  return call;
}

/** The two sides of a stereo µ-law file, caller and agent, without the header. */
function sidesOf(wav: Buffer): readonly [Buffer, Buffer] {
  const data = wav.subarray(wav.indexOf('data', 0, 'latin1') + 8);
  const side = (offset: number) => Buffer.from(data.filter((_byte, at) => at % 2 === offset));
  return [side(0), side(1)];
}

function wordsIn(audio: Buffer): string {
  const words = audioToWords();
  return words
    .hear(Buffer.concat([audio, Buffer.alloc(16_000, 0xff)]))
    .map(({ text }) => text)
    .join(' ');
}

async function bytesUnder(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}

suite('recording', { concurrency: 2 }, () => {
  test('a recorded call says so first, inside the recording, and plays as long as it was heard', async (t) => {
    const live = await liveProduct(t, { record: true });
    const call = await converse(live);
    const { id, transcript } = await live.finished();
    assert.match(transcript[0]?.heard ?? '', /This call is recorded/);
    assert.match(transcript[1]?.heard ?? '', /^This call is recorded/);

    const link = await live.read<Link>(`/api/v1/calls/${id}/recording`);
    const wav = Buffer.from(await (await fetch(link.url)).arrayBuffer());
    const [caller, agent] = sidesOf(wav);
    assert.match(wordsIn(agent), /^This call is recorded\. How can I help you\?.*You said: My crown is loose\./);
    assert.equal(wordsIn(caller), 'My crown is loose. Thank you.');
    const played = call.steps.find(({ what }) => what === 'stream-over')!.atMs;
    const opened = call.steps.find(({ what }) => what === 'socket-open')!.atMs;
    assert.ok(Math.abs(caller.length / 8 - link.ms) < 1, 'the file is as long as it says');
    assert.ok(Math.abs(link.ms - (played - opened)) < 1_000, `${link.ms} of ${played - opened} ms`);

    const seeked = await fetch(link.url, { headers: { range: 'bytes=80000-80999' } });
    assert.equal(seeked.status, 206);
    assert.deepEqual(Buffer.from(await seeked.arrayBuffer()), wav.subarray(80_000, 81_000));
    const stored = await bytesUnder(join(live.dataDir, 'objects'));
    assert.ok(stored.length >= wav.length && !stored.includes(wordsToAudio('crown').subarray(0, 40)), 'it lies sealed');
  });

  test('with recording off no byte of sound is written anywhere', async (t) => {
    const live = await liveProduct(t);
    await Promise.all(Array.from({ length: 50 }, () => converse(live)));
    const everything = await bytesUnder(live.dataDir);
    const silence = Buffer.alloc(64, 0xff).toString('base64');
    for (const sound of [wordsToAudio('crown').subarray(0, 40), wordsToAudio('My crown is loose.').subarray(0, 160)]) {
      assert.ok(!everything.includes(sound) && !everything.includes(sound.toString('base64').slice(0, 40)));
    }
    assert.ok(!everything.includes(silence), 'no silence either');
    assert.ok(everything.length > 1_000_000, 'there was something to search');
    assert.ok(!(await readdir(live.dataDir)).includes('objects'), 'there is not even a place for it');
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hearOutput, watchOutput } from './output-watch.ts';

/** Something that is written to. */
function paper() {
  const lines: string[] = [];
  const write = (chunk: string | Uint8Array) => lines.push(Buffer.from(chunk as string).toString()) > 0;
  return { lines, write };
}

test('what is written while somebody listens is heard, and written all the same', async () => {
  const output = paper();
  const { write } = output;
  output.write('before ');
  const { result, text } = await watchOutput(async () => {
    output.write('during ');
    output.write(Buffer.from('bytes '));
    return 7;
  }, [output]);
  output.write('after');
  assert.deepEqual([result, text], [7, 'during bytes ']);
  assert.equal(output.lines.join(''), 'before during bytes after');
  assert.equal(output.write, write);
});

test('who listens without an end hears everything until told to stop', () => {
  const output = paper();
  const { write } = output;
  const heard: string[] = [];
  const end = hearOutput((chunk) => void heard.push(chunk.toString()), [output]);
  output.write('one ');
  output.write(Buffer.from('two '));
  end();
  output.write('three');
  assert.equal(heard.join(''), 'one two ');
  assert.equal(output.lines.join(''), 'one two three');
  assert.equal(output.write, write);
});

test('several listen at once and end in any order', async () => {
  const output = paper();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const [first, second] = gates.map(({ promise }) => watchOutput(() => promise, [output]));
  output.write('both ');
  gates[0].resolve();
  assert.equal((await first)?.text, 'both ');
  output.write('second');
  gates[1].resolve();
  assert.equal((await second)?.text, 'both second');
  assert.deepEqual(output.lines, ['both ', 'second']);
});

test('an error of the work goes up, and nobody listens any more', async () => {
  const output = paper();
  const { write } = output;
  await assert.rejects(
    watchOutput(() => Promise.reject(new Error('no')), [output]),
    /no/,
  );
  assert.equal(output.write, write);
});

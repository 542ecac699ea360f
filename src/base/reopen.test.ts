import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { joined, socketPair } from './reopen.ts';
import { watchSockets } from './socket-watch.ts';

test('what is written to one end of a pair is read from the other, both ways, and the end of one is the end of both', async () => {
  const [near, far] = await socketPair();
  near.write('there');
  far.write('and back');
  const [there] = (await once(far.resume(), 'data')) as [Buffer];
  const [back] = (await once(near.resume(), 'data')) as [Buffer];
  assert.deepEqual([there.toString(), back.toString()], ['there', 'and back']);
  const closed = once(far, 'close');
  near.destroy();
  await closed;
});

test('many pairs at once are each their own', async () => {
  const pairs = await Promise.all(Array.from({ length: 50 }, () => socketPair()));
  for (const [at, [near, far]] of pairs.entries()) {
    near.write(String(at));
    const [got] = (await once(far.resume(), 'data')) as [Buffer];
    assert.equal(got.toString(), String(at));
    near.destroy();
    far.destroy();
  }
});

test('a pair is no way out, so the books do not name it', async (t) => {
  const watch = watchSockets({ isEgress: () => false });
  t.after(() => watch.stop());
  const [near, far] = await socketPair();
  assert.deepEqual((await watch.ledger()).unexpected, []);
  near.destroy();
  far.destroy();
});

test('streams that are joined end together, and are told to be over once', async () => {
  const [near, far] = await socketPair();
  const other = new PassThrough();
  let overs = 0;
  const over = Promise.withResolvers<void>();
  joined(near, other, () => {
    overs += 1;
    over.resolve();
  });
  far.destroy();
  await over.promise;
  assert.deepEqual([overs, near.destroyed, other.destroyed], [1, true, true]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, seededRandom } from '#base';
import { testKeystore } from '../../../test/keys.ts';
import { isOutdated, openPasswords } from './password-hash.ts';

const random = seededRandom('password-hash');
const keys = testKeystore(random);
const quick = { parameters: { memory: 64, passes: 1, parallelism: 1 } };

test('a password is right when it is the one, and never when there is nothing to compare it with', async () => {
  const passwords = openPasswords({ random, keys });
  const [right, wrong, none] = await passwords.turn(async ({ make, check }) => {
    const kept = await make('seven grey herons wading');
    assert.match(kept, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    return [
      await check('seven grey herons wading', kept),
      await check('seven grey herons wadinG', kept),
      await check('seven grey herons wading', undefined),
    ];
  });
  assert.deepEqual([right, wrong, none], [true, false, false]);
  assert.equal(passwords.hashes(), 4);
});

test('a stolen table can be tried against nothing: without the pepper of this installation no guess is right', async () => {
  const other = testKeystore(seededRandom('other'));
  const foreign = { ...other, derive: (purpose: string) => Buffer.from(other.derive(purpose)).reverse() };
  const kept = await openPasswords({ random, keys }, quick).turn(({ make }) => make('seven grey herons wading'));
  const isRight = await openPasswords({ random, keys: foreign }, quick).turn(({ check }) =>
    check('seven grey herons wading', kept),
  );
  assert.equal(isRight, false);
});

test('two are hashed at once and a few wait; the rest is told to come back, and turns go on after a failure', async () => {
  const passwords = openPasswords({ random, keys }, { ...quick, running: 2, waiting: 3 });
  const gates: (() => void)[] = [];
  const state = { running: 0, most: 0 };
  const turn = (fails: boolean) =>
    passwords.turn(async () => {
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await new Promise<void>((resolve) => gates.push(resolve));
      state.running -= 1;
      if (fails) throw new Error('this one failed');
    });
  const turns = Array.from({ length: 8 }, (_, at) =>
    turn(at % 2 === 0).then(
      () => 'done',
      (error: Error) => error,
    ),
  );
  for (let done = 0; done < 5; done += 1) {
    while (gates.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    gates.shift()!();
  }
  const outcomes = await Promise.all(turns);
  assert.equal(state.most, 2);
  assert.equal(outcomes.filter((one) => isProblem(one, 'busy')).length, 3);
  assert.equal(await passwords.turn(async () => 'still working'), 'still working');
});

test('what is no hash of ours is refused as a wrong password, and counts as outdated', async () => {
  const passwords = openPasswords({ random, keys }, quick);
  for (const kept of [
    '',
    '$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA',
    '$2b$10$abcdefghijklmnopqrstuv',
    'x'.repeat(10_000),
  ]) {
    assert.equal(await passwords.turn(({ check }) => check('anything at all', kept)), false);
    assert.equal(isOutdated(kept), true);
  }
});

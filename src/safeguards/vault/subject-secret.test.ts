import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, seededRandom, type KeySubject } from '#base';
import { openSubjectSecret, subjectSecret } from './subject-secret.ts';
import { testKeystore } from '../../../test/keys.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const recording = (id: string): KeySubject => ({ organisation, kind: 'recording', id });
const one = recording('00000000-0000-7000-8000-000000000001');
const other = recording('00000000-0000-7000-8000-000000000002');

test('a secret is the same for one subject and purpose, and another for any other', async (t) => {
  const ctx = { keys: testKeystore(seededRandom('subject secrets')) };
  t.after(() => ctx.keys.close());
  const { keyId, secret } = await subjectSecret(ctx, one, 'recording');
  assert.equal(secret.length, 32);
  assert.deepEqual(await subjectSecret(ctx, one, 'recording'), { keyId, secret });
  assert.deepEqual(await openSubjectSecret(ctx, organisation, keyId, 'recording'), secret);
  const others = [await subjectSecret(ctx, one, 'something'), await subjectSecret(ctx, other, 'recording')];
  for (const different of others) assert.notDeepEqual(different.secret, secret);
  assert.notDeepEqual((await ctx.keys.contentKey(one)).secret, secret, 'the content key itself stays here');
});

test('a secret dies with its content key, and belongs to its organisation', async (t) => {
  const ctx = { keys: testKeystore(seededRandom('subject secrets die')) };
  t.after(() => ctx.keys.close());
  const { keyId } = await subjectSecret(ctx, one, 'recording');
  const erased = (error: unknown) => isProblem(error, 'content-erased');
  const stranger = '00000000-0000-7000-8000-0000000000c2';
  await assert.rejects(openSubjectSecret(ctx, stranger, keyId, 'recording'), erased);
  await ctx.keys.destroy(one);
  await assert.rejects(openSubjectSecret(ctx, organisation, keyId, 'recording'), erased);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isProblem, Personal, seededRandom, type Keystore, type Random } from '#base';
import { testKeystore } from '../../../test/keys.ts';
import vectors from '../../../test/vectors/aes-gcm.json' with { type: 'json' };
import { blindIndex, envelope, looksSealed, seal, unseal } from './seal.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const neighbour = '00000000-0000-7000-8000-0000000000c2';
const call = '0198f000-0000-7000-8000-000000000001';
const subject = { organisation, kind: 'call', id: call } as const;
const place = { table: 'calls', row: call, column: 'summary' };
const hex = (text: string) => Buffer.from(text, 'hex');
const isDamaged = (error: unknown) => isProblem(error, 'content-damaged');

function desk() {
  const random = seededRandom('seal');
  return { random, keys: testKeystore(random) };
}

/** A keystore that knows the vectors' one key, for every organisation. */
function vectorKeys(): Keystore {
  const key = { id: hex(vectors.keyId), secret: hex(vectors.secret) };
  return {
    ...testKeystore(seededRandom('vectors')),
    contentKey: async () => key,
    openKey: async (_organisation, keyId) => (keyId.equals(key.id) ? key : undefined),
  };
}

test('sealing gives the bytes of the vectors, and they open again', async () => {
  const keys = vectorKeys();
  for (const { name, nonce, blob, plain, ...at } of vectors.sealed) {
    const random: Random = { bytes: () => hex(nonce) };
    const made = await seal({ keys, random }, { ...subject, organisation: at.organisation }, at.place, plain);
    assert.equal(made.toString('hex'), blob, name);
    assert.equal((await unseal({ keys }, at.organisation, at.place, made)).reveal(), plain, name);
  }
});

test('every vector that was changed, cut, moved or made otherwise is refused', async () => {
  const keys = vectorKeys();
  for (const { name, blob, organisation: of, place: at, problem } of vectors.refused) {
    await assert.rejects(
      unseal({ keys }, of, at, hex(blob)),
      (error) => isProblem(error) && error.code === problem,
      name,
    );
  }
});

test('what is sealed opens at its place, whatever its words', async () => {
  const ctx = desk();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (words) => {
      const sealed = await seal(ctx, subject, place, new Personal(words));
      assert.ok(looksSealed(sealed));
      assert.equal((await unseal(ctx, organisation, place, sealed)).reveal(), words);
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('a ciphertext opens at no other row, column or table', async () => {
  const ctx = desk();
  const name = fc.oneof(fc.constantFrom('', 'calls', call, 'summary'), fc.string());
  const places = fc.record({ table: name, row: name, column: name });
  await fc.assert(
    fc.asyncProperty(places, places, async (home, elsewhere) => {
      fc.pre(home.table !== elsewhere.table || home.row !== elsewhere.row || home.column !== elsewhere.column);
      const sealed = await seal(ctx, subject, home, 'words');
      await assert.rejects(unseal(ctx, organisation, elsewhere, sealed), isDamaged);
    }),
    { numRuns: 200, seed: 2 },
  );
});

test('a ciphertext moved to another organisation does not open, even under a key of the same id', async () => {
  const ctx = desk();
  const sealed = await seal(ctx, subject, place, 'words');
  await assert.rejects(unseal(ctx, neighbour, place, sealed), (error) => isProblem(error, 'content-erased'));
  const careless = { ...ctx.keys, openKey: (_: string, id: Buffer) => ctx.keys.openKey(organisation, id) };
  await assert.rejects(unseal({ keys: careless }, neighbour, place, sealed), isDamaged);
});

test('a bit flipped anywhere, or any cut, is noticed', async () => {
  const ctx = desk();
  const sealed = await seal(ctx, subject, place, 'words');
  const refused = (error: unknown) => isProblem(error, 'content-damaged') || isProblem(error, 'content-erased');
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    await assert.rejects(unseal(ctx, organisation, place, changed), refused, `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    await assert.rejects(unseal(ctx, organisation, place, sealed.subarray(0, length)), isDamaged, `cut to ${length}`);
  }
});

test('no nonce repeats in ten thousand seals, and equal words never look equal', async () => {
  const ctx = desk();
  const sealed = await Promise.all(Array.from({ length: 10_000 }, () => seal(ctx, subject, place, 'words')));
  assert.equal(new Set(sealed.map((blob) => blob.subarray(17, 29).toString('hex'))).size, 10_000);
  assert.equal(new Set(sealed.map((blob) => blob.subarray(29).toString('hex'))).size, 10_000);
});

test('once its key is destroyed, content answers content-erased and nothing else', async () => {
  const ctx = desk();
  const other = { ...subject, id: neighbour };
  const [gone, kept] = [await seal(ctx, subject, place, 'gone'), await seal(ctx, other, place, 'kept')];
  assert.equal(await ctx.keys.destroy(subject), 1);
  await assert.rejects(unseal(ctx, organisation, place, gone), (error) => isProblem(error, 'content-erased'));
  assert.equal((await unseal(ctx, organisation, place, kept)).reveal(), 'kept');
});

test('an envelope opens and seals under the key of its first value, and looks it up once', async () => {
  const ctx = desk();
  const other = { ...place, column: 'extraction' };
  const [first, second] = [await seal(ctx, subject, place, 'first'), await seal(ctx, subject, other, 'second')];
  let lookups = 0;
  const openKey: Keystore['openKey'] = (of, id) => ((lookups += 1), ctx.keys.openKey(of, id));
  const opened = await envelope({ ...ctx, keys: { ...ctx.keys, openKey } }, organisation, place, first);
  assert.equal(opened.opened.reveal(), 'first');
  assert.equal((await opened.open(other, second)).reveal(), 'second');
  const written = opened.seals(other, 'third');
  assert.equal(lookups, 1);
  assert.equal((await unseal(ctx, organisation, other, written)).reveal(), 'third');
  await assert.rejects(opened.open(place, second), isDamaged);
  await assert.rejects(opened.open(other, Buffer.from('words')), isDamaged);
  const stranger = await seal(ctx, { ...subject, id: neighbour }, other, 'of another');
  assert.equal((await opened.open(other, stranger)).reveal(), 'of another');
  await ctx.keys.destroy(subject);
  await assert.rejects(envelope(ctx, organisation, place, first), (error) => isProblem(error, 'content-erased'));
});

test('what was opened stays wrapped as personal', async () => {
  const ctx = desk();
  const opened = await unseal(ctx, organisation, place, await seal(ctx, subject, place, 'words'));
  assert.equal(JSON.stringify({ opened }), '{"opened":"[personal]"}');
});

test('a sealed value names its key and is told from anything else', async () => {
  const ctx = desk();
  const sealed = await seal(ctx, subject, place, '');
  assert.ok(looksSealed(sealed));
  assert.deepEqual(sealed.subarray(1, 17), (await ctx.keys.contentKey(subject)).id);
  for (const plain of [
    Buffer.alloc(0),
    Buffer.from('a name'),
    Buffer.from('+15005550006 and more words than one'),
    sealed.subarray(1),
  ]) {
    assert.equal(looksSealed(plain), false);
  }
});

test('a blind index finds the same number in one organisation and means nothing in another', async () => {
  const { keys } = desk();
  const ctx = { keys };
  const index = await blindIndex(ctx, organisation, 'phone', new Personal('+15005550006'));
  assert.equal(index.length, 32);
  assert.deepEqual(await blindIndex(ctx, organisation, 'phone', '+15005550006'), index);
  assert.notDeepEqual(await blindIndex(ctx, organisation, 'phone', '+15005550007'), index);
  assert.notDeepEqual(await blindIndex(ctx, organisation, 'email', '+15005550006'), index);
  assert.notDeepEqual(await blindIndex(ctx, neighbour, 'phone', '+15005550006'), index);
  const elsewhere = { keys: testKeystore(seededRandom('another installation')) };
  assert.notDeepEqual(await blindIndex(elsewhere, organisation, 'phone', '+15005550006'), index);
  await assert.rejects(blindIndex(ctx, organisation, 'phone', new Personal('')), TypeError);
});

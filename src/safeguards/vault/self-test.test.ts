import assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import { connect } from 'node:net';
import test from 'node:test';
import { isProblem } from '#base';
import { cryptoSelfTest, type Runtime } from './self-test.ts';

type Crypto = typeof crypto;

const node: Runtime = { crypto, connect };
const broken = (part: Partial<Crypto>): Runtime => ({ ...node, crypto: { ...crypto, ...part } });
const namesFailure = (what: RegExp) => (error: unknown) =>
  isProblem(error, 'crypto-self-test-failed') && what.test(error.message);

test('this runtime passes', async () => {
  await cryptoSelfTest();
});

test('a runtime that takes short GCM tags is refused', async () => {
  const careless = ((...[, key, nonce]: Parameters<Crypto['createDecipheriv']>) => {
    const decipher = crypto.createDecipheriv('aes-256-gcm', key, nonce as Buffer);
    decipher.setAuthTag = () => decipher;
    return decipher;
  }) as Crypto['createDecipheriv'];
  await assert.rejects(
    cryptoSelfTest(broken({ createDecipheriv: careless })),
    namesFailure(/fails: AES-256-GCM refuses short tags\./),
  );
});

test('a runtime that ignores block lists is refused, for addresses and for names', async () => {
  const deaf = ((options: { blockList?: unknown }) =>
    connect({ ...options, blockList: undefined } as never)) as typeof connect;
  await assert.rejects(
    cryptoSelfTest({ crypto, connect: deaf }),
    namesFailure(/fails: a block list stops a connection to an address, a block list stops a connection to a name\./),
  );
});

test('a runtime whose algorithms are missing or wrong is refused, all of them named', async () => {
  const missing = undefined as never;
  await assert.rejects(cryptoSelfTest(broken({ argon2Sync: missing })), namesFailure(/fails: Argon2id gives/));
  await assert.rejects(
    cryptoSelfTest(broken({ generateKeyPairSync: missing })),
    namesFailure(/fails: ML-DSA-44 signs/),
  );
  const wrong = () => new ArrayBuffer(42);
  await assert.rejects(
    cryptoSelfTest(broken({ hkdfSync: wrong, createHmac: missing })),
    namesFailure(/fails: HKDF gives the known answer, HMAC gives/),
  );
  const trusting = (() => true) as unknown as Crypto['verify'];
  await assert.rejects(
    cryptoSelfTest(broken({ verify: trusting })),
    namesFailure(/Ed25519 gives the known answer, ML-DSA-44/),
  );
  const plainly = ((...[, ...rest]: Parameters<Crypto['createCipheriv']>) =>
    crypto.createCipheriv('aes-256-ctr', rest[0], Buffer.alloc(16))) as unknown as Crypto['createCipheriv'];
  await assert.rejects(cryptoSelfTest(broken({ createCipheriv: plainly })), namesFailure(/fails: AES-256-GCM gives/));
});

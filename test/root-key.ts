import { hkdfSync } from 'node:crypto';

/** The root key of every test, as hex. Tests share one cluster, so they must share it. */
export const testRootKey = '5f'.repeat(32);

/** What a keystore with the test root key derives: HKDF-SHA-256, empty salt, info `sotto/v1/<purpose>`. */
export function testDerive(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(testRootKey, 'hex'), '', `sotto/v1/${purpose}`, 32));
}

import { manualClock, type Clock, type Keystore, type Random } from '#base';
import { localRoot } from '#adapters/keys';
import { memoryKeystore } from '#safeguards/vault';
import { testRootKey } from './cluster.ts';

/**
 * A keystore for tests: real SQLite in memory under the test root key, so `derive` gives what `testDerive` gives.
 * The clock decides the day of new keys' epochs; without one every day is the same.
 */
export function testKeystore(random: Random, clock: Clock = manualClock(Date.UTC(2026, 10, 20, 12))): Keystore {
  return memoryKeystore({ root: localRoot(Buffer.from(testRootKey, 'hex'), random), random, clock });
}

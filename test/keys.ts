import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { manualClock, readConfig, systemRandom, type Clock, type Http, type Keystore, type Random } from '#base';
import { localRoot } from '#adapters/keys';
import { memoryKeystore, openKeystore } from '#safeguards/vault';
import { testRootKey } from './cluster.ts';
import { noWayOut } from './no-way-out.ts';

/**
 * A keystore for tests: real SQLite in memory under the test root key, so `derive` gives what `testDerive` gives.
 * The clock decides the day of new keys' epochs; without one every day is the same.
 */
export function testKeystore(random: Random, clock: Clock = sameDay()): Keystore {
  return memoryKeystore({ root: localRoot(Buffer.from(testRootKey, 'hex'), random), random, clock });
}

/**
 * The keystore file of a data directory, opened as the product does and closed with the test. For what only a
 * file shows; everything else takes `testKeystore`.
 */
export async function keystoreIn(
  t: TestContext,
  dataDir: string,
  senses: { readonly clock?: Clock; readonly env?: Readonly<Record<string, string>>; readonly http?: Http } = {},
): Promise<Keystore> {
  const config = readConfig({ SOTTO_DATA_DIR: dataDir, ...senses.env });
  const keys = await openKeystore({
    config,
    random: systemRandom,
    clock: senses.clock ?? sameDay(),
    http: senses.http ?? noWayOut,
  });
  const close = onlyOnce(() => keys.close());
  t.after(close);
  return { ...keys, close };
}

/** An empty folder that goes with the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-keystore-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function sameDay(): Clock {
  return manualClock(Date.UTC(2026, 10, 20, 12));
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

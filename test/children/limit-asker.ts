import { openDb, systemClock, systemRandom } from '#base';
import { localRoot } from '#adapters/keys';
import { openAdmit } from '#database';
import { memoryKeystore } from '#safeguards/vault';
import { testDerive, testRootKey } from '../root-key.ts';

/**
 * A process that asks one limit as often as it is told, all at once, answers how often it was let through, and ends.
 */
process.once('message', (message) => {
  void ask(message as { connection: object; times: number });
});
process.send?.('ready');

async function ask({ connection, times }: { connection: object; times: number }): Promise<void> {
  const db = openDb({ connection, role: 'app', tenantKey: testDerive('tenant-token'), poolSize: 16 });
  const root = localRoot(Buffer.from(testRootKey, 'hex'), systemRandom);
  const keys = memoryKeystore({ root, random: systemRandom, clock: systemClock });
  // The name of a keystore goes into what is derived; all processes of an installation have the same one.
  const admit = openAdmit({ db, keys: { ...keys, derive: testDerive }, log: () => {} });
  const answers = await Promise.all(Array.from({ length: times }, () => admit('public', '192.0.2.1')));
  await db.close();
  await keys.close();
  process.send?.({ admitted: answers.filter(({ ok }) => ok).length });
}

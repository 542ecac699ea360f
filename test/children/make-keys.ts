import { writeSync } from 'node:fs';
import { readConfig, systemClock, systemRandom } from '#base';
import { openKeystore } from '#safeguards/vault';
import { noWayOut } from '../no-way-out.ts';

/**
 * A process that asks a keystore for keys, ten at a time, and tells each one once it was given it:
 * `node test/children/make-keys.ts <data directory> <count>`. Its parent kills it on the way, or races another.
 */
const [dataDir, count] = process.argv.slice(2);
const organisation = '00000000-0000-7000-8000-0000000000c1';
const config = readConfig({ SOTTO_DATA_DIR: dataDir });
const keys = await openKeystore({ config, random: systemRandom, clock: systemClock, http: noWayOut });

for (let from = 0; from < Number(count); from += 10) {
  await Promise.all(
    Array.from({ length: 10 }, async (_, at) => {
      const id = `00000000-0000-7000-8000-${String(from + at).padStart(12, '0')}`;
      const key = await keys.contentKey({ organisation, kind: 'call', id });
      writeSync(1, `${id} ${key.id.toString('hex')} ${key.secret.toString('hex')}\n`);
    }),
  );
}
await keys.close();

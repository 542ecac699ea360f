import { writeSync } from 'node:fs';
import { openHttp, readConfig, systemClock, systemRandom } from '#base';
import { openObjects } from '#adapters/objects';

/**
 * A process that writes one object over and over, `size` bytes that are all the same, and says so after each:
 * `node test/children/put-objects.ts <data directory> <size>`. Its parent kills it on the way.
 */
const [dataDir, size] = process.argv.slice(2);
const config = readConfig({ SOTTO_DATA_DIR: dataDir });
const http = openHttp({ config, log: () => {} });
const objects = await openObjects({ config, clock: systemClock, random: systemRandom, http });

for (let round = 1; ; round += 1) {
  await objects.put('recordings/one', Buffer.alloc(Number(size), round % 256));
  writeSync(1, `${round % 256}\n`);
}

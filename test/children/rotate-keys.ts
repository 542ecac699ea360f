import { writeSync } from 'node:fs';
import { readConfig, systemClock, systemRandom } from '#base';
import { rotateOrganisationKey, rotateRootKey } from '#safeguards/vault';
import { noWayOut } from '../no-way-out.ts';

/**
 * A process that rotates the root key of a data directory, or an organisation's key, and says so:
 * `node test/children/rotate-keys.ts <data directory> [organisation]`. Its parent kills it on the way.
 */
const [dataDir, organisation] = process.argv.slice(2);
const config = readConfig({ SOTTO_DATA_DIR: dataDir });
const senses = { config, random: systemRandom, clock: systemClock, http: noWayOut };

writeSync(1, 'begins\n');
if (organisation) await rotateOrganisationKey(senses, organisation);
else await rotateRootKey(senses);
writeSync(1, 'done\n');

/**
 * `node tools/common-passwords.ts list.json`: writes src/safeguards/identity/common-passwords.bin from a JSON array of
 * passwords. Where the list in use comes from stands in common-passwords.md beside it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintLength, fingerprintOf } from '../src/safeguards/identity/common-passwords.ts';
import { root } from './program.ts';

const list = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly string[];
const prints = new Set(list.map((word) => fingerprintOf(word.toLowerCase()).toString('hex')));
const bytes = Buffer.from([...prints].toSorted().join(''), 'hex');
writeFileSync(join(root, 'src/safeguards/identity/common-passwords.bin'), bytes);
console.log(`${bytes.length / fingerprintLength} passwords, ${bytes.length} bytes`);

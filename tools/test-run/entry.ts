import { test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../program.ts';

/**
 * The one file given to `node --test`: it brings in the planned files in order. Node itself would forget an
 * error thrown while a file loads once that file has declared a test; here it is a failing test of its own.
 */
const planned = JSON.parse(process.env['TEST_FILES'] ?? '[]') as readonly string[];

for (const file of planned) {
  try {
    await import(pathToFileURL(join(root, file)).href);
  } catch (error) {
    test(`${file} can be loaded`, () => {
      throw error;
    });
  }
}

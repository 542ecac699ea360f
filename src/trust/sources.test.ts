import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadClaims } from '#trust';
import { keeperPlaces } from './sources.ts';

const root = join(import.meta.dirname, '../..');

test('whatever keeps a promise is found where it is defined, to the line', async () => {
  for (const { id, item } of await loadClaims()) {
    if (item.kind !== 'proven') continue;
    for (const { name, path, ...place } of await keeperPlaces(id, item.kept)) {
      assert.ok(path !== null, `${id}: ${name}`);
      const lines = (await readFile(join(root, path), 'utf8')).split('\n');
      if ('line' in place && place.line !== null) assert.ok(lines[place.line - 1]?.includes(name), `${path}: ${name}`);
    }
  }
});

test('a name that the file of a claim does not import has no place', async () => {
  const stranger = { strangerInTheHouse: () => undefined }.strangerInTheHouse;
  assert.deepEqual(await keeperPlaces('calls-are-summarised', [stranger]), [
    { name: 'strangerInTheHouse', path: null },
  ]);
});

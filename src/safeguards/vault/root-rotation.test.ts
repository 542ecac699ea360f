import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { manualClock, readConfig, systemRandom } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';
import { noWayOut } from '../../../test/no-way-out.ts';
import { openStoreFile } from './open-keystore.ts';
import { rotateRoot } from './root-rotation.ts';
import type { Store } from './store.ts';
import { places } from './wrapping.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';

function sensesOf(folder: string) {
  const config = readConfig({ SOTTO_DATA_DIR: folder });
  return { config, random: systemRandom, clock: manualClock(Date.UTC(2026, 10, 20, 12)), http: noWayOut };
}

test('an organisation that another process makes as the last one was wrapped again is wrapped again as well', async (t) => {
  const folder = await temporaryFolder(t);
  const senses = sensesOf(folder);
  await (await keystoreIn(t, folder)).close();
  const opened = await openStoreFile(senses, { create: false });
  const { store, id, found } = opened;
  t.after(() => store.close());
  const [root] = store.roots();
  assert.ok(root);
  const named = { id: systemRandom.bytes(16), organisation };
  const wrapped = await found.root.wrap(systemRandom.bytes(32), places.organisation(id, named));
  let isMade = false;
  const between: Store = {
    ...store,
    organisationKeysUnder(rootId, limit) {
      const rows = store.organisationKeysUnder(rootId, limit);
      if (rows.length === 0 && !isMade) {
        isMade = true;
        store.write(() => store.addOrganisationKey({ ...named, rootId: root.id, wrapped }));
      }
      return rows;
    },
  };
  const { organisations } = await rotateRoot({ ...senses, ...opened, store: between });
  assert.equal(organisations, 1);
  assert.deepEqual([store.wrappedBy('active'), store.wrappedBy('retired')], [1, 0]);
});

test('a draft that a killed process left goes with the rotation: it may be another name of the old root key', async (t) => {
  const folder = await temporaryFolder(t);
  await (await keystoreIn(t, folder)).close();
  const left = ['root.key.0123456789abcdef', 'root.key.next-00aa.0123456789abcdef'];
  for (const name of left) await writeFile(join(folder, 'keys', name), 'ab'.repeat(32), { mode: 0o600 });
  const opened = await openStoreFile(sensesOf(folder), { create: false });
  await rotateRoot({ ...sensesOf(folder), ...opened });
  await opened.store.close();
  const files = (await readdir(join(folder, 'keys'))).filter((name) => name.startsWith('root.key'));
  assert.deepEqual(files, ['root.key']);
});

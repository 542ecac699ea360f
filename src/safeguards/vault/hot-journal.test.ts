import assert from 'node:assert/strict';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { newId, systemClock, systemRandom } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';

test('a keystore whose process was killed in the middle of a write opens again with every key it had', async (t) => {
  const [folder, killed] = [await temporaryFolder(t), await temporaryFolder(t)];
  const keys = await keystoreIn(t, folder);
  const organisation = newId({ clock: systemClock, random: systemRandom });
  const subject = { organisation, kind: 'call', id: organisation } as const;
  const before = await keys.contentKey(subject);
  await keys.close();
  await mkdir(join(killed, 'keys'), { mode: 0o700 });
  const place = (of: string, name: string) => join(of, 'keys', name);
  const db = new DatabaseSync(place(folder, 'keystore.db'));
  // Pages that do not fit the cache go to the file before the commit, and the journal that undoes them is on the disk.
  db.exec(`
    pragma cache_size = 1; begin immediate; delete from content_keys; create table filler (bytes);
    insert into filler with recursive n (i) as (select 1 union all select i + 1 from n where i < 400) select randomblob(4000) from n`);
  for (const name of ['keystore.db', 'keystore.db-journal', 'root.key']) {
    await copyFile(place(folder, name), place(killed, name));
  }
  db.exec('rollback');
  db.close();
  assert.ok(
    (await stat(place(killed, 'keystore.db-journal'))).size > 512,
    'what was copied is in the middle of a write',
  );
  const again = await keystoreIn(t, killed);
  assert.deepEqual(await again.contentKey(subject), before);
});

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadCatalogue, loadItem, loadOnce } from '#base';

test('one item of a catalogue is loaded without the others, and only by its name', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-catalogue-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'good.ts'), 'export default 7;');
  await writeFile(join(folder, 'broken.ts'), 'throw new Error("loaded");');
  assert.deepEqual(await loadItem(folder, 'good'), { id: 'good', item: 7 });
  for (const name of ['', 'bad', '../good', 'good.ts']) assert.equal(await loadItem(folder, name), undefined, name);
  await assert.rejects(loadItem(folder, 'broken'), /loaded/);
  await assert.rejects(loadCatalogue(folder), /loaded/);
});

test('what is loaded once is loaded again only when it failed', async () => {
  const answers = [Promise.reject(new Error('not now')), Promise.resolve('here'), Promise.resolve('again')];
  const load = loadOnce(() => answers.shift()!);
  await assert.rejects(load(), /not now/);
  assert.deepEqual(await Promise.all([load(), load()]), ['here', 'here']);
  assert.equal(await load(), 'here');
});

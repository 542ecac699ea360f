import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Edit } from '../mutations/mutation.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a proving ground is made of. */
const copied = ['package.json', 'src', 'test', 'migrations', 'spec', 'docs', 'web'];

/** A copy of the checkout in which the edits are made. An edit that does not fit exactly once is an error. */
export async function scratchCopy(
  edits: readonly Edit[],
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-mutated-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await Promise.all(copied.map((name) => cp(join(root, name), join(folder, name), { recursive: true })));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const edit of edits) await makeEdit(folder, edit);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Throws when the text is not there, or more than once: the source went on and the mutation did not. */
async function makeEdit(folder: string, { file, from, to }: Edit): Promise<void> {
  if (file.startsWith('src/trust/claims/')) throw new Error(`${file} is what judges: it is not what is to be broken`);
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`out of date: ${JSON.stringify(from)} stands ${found} times in ${file}`);
  await writeFile(
    path,
    text.replace(from, () => to),
  );
}

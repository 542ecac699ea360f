import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { problem } from '#base';
import { keysIn, type SeenHead } from '#safeguards/log';
import { parseHash, vkeyOf, type NoteKey } from '#tlog';

/** What a verifier remembers between two looks: whose keys, and the newest head of each log that was right. */
export type Memory = { readonly keys: readonly NoteKey[]; readonly seen: ReadonlyMap<string, SeenHead> };

type Stored = {
  readonly v: 1;
  readonly keys: readonly string[];
  readonly seen: Readonly<Record<string, StoredHead>>;
};
type StoredHead = Omit<SeenHead, 'root'> & { readonly root: string };

/** What that file remembers; nothing where there is none yet. Throws `usage` for one that is something else. */
export async function recall(file: string): Promise<Memory> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw problem('usage', `The file ${file} cannot be read.`, { cause: error });
  });
  if (text === undefined) return { keys: [], seen: new Map() };
  const memory = memoryIn(text);
  if (!memory) throw problem('usage', `${file} is not what ./sotto audit verify writes. Nothing was verified.`);
  return memory;
}

/** Writes it so that whatever breaks off leaves the old or the new one. */
export async function remember(file: string, { keys, seen }: Memory): Promise<void> {
  const heads = [...seen].map(([origin, { size, root, note, organisation }]) => [
    origin,
    { size, root: root.toString('base64'), note, organisation },
  ]);
  const stored: Stored = { v: 1, keys: keys.map(vkeyOf), seen: Object.fromEntries(heads) };
  await writeWhole(file, `${JSON.stringify(stored, null, 2)}\n`);
}

/** Replaces a file at once, and returns when it is on the disk. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function memoryIn(text: string): Memory | undefined {
  try {
    const { v, keys, seen } = JSON.parse(text) as Stored;
    const known = keys.length === 0 ? [] : keysIn(keys.join('\n'));
    const heads = Object.entries(seen).map(([origin, { size, root, note, organisation }]) => {
      const hash = parseHash(root);
      const head = hash && Number.isSafeInteger(size) ? { size, root: hash, note } : undefined;
      return head && ([origin, { ...head, ...(organisation && { organisation }) }] as const);
    });
    if (v !== 1 || !known || heads.includes(undefined)) return undefined;
    return { keys: known, seen: new Map(heads.filter((head) => head !== undefined)) };
  } catch {
    return undefined;
  }
}

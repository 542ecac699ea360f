import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

/** One item of a catalogue: the file's name is its id, its default export is the item. */
export type Item<T> = { readonly id: string; readonly item: T };

/**
 * Loads a catalogue folder: every `name.ts` (or `name/index.ts`) in it, sorted by id.
 * Tests beside the items are not items. A file without a default export is refused by name.
 */
export async function loadCatalogue<T>(folder: string): Promise<readonly Item<T>[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.flatMap((entry) => {
    if (entry.isDirectory()) return [{ id: entry.name, file: join(folder, entry.name, 'index.ts') }];
    if (!entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) return [];
    return [{ id: entry.name.slice(0, -3), file: join(folder, entry.name) }];
  });
  return Promise.all(found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, file }) => load<T>(id, file)));
}

async function load<T>(id: string, file: string): Promise<Item<T>> {
  const module = (await import(pathToFileURL(file).href)) as { default?: T };
  if (module.default === undefined) throw new Error(`catalogue item ${id} has no default export`);
  return { id, item: module.default };
}

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
  const found = await itemsIn(folder);
  return Promise.all(found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, file }) => load<T>(id, file)));
}

/**
 * Loads when it is first asked for, and no second time: the program's own files are the same for as long as it runs. What
 * failed is tried again.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

/** Loads one item of a catalogue and none of the others; undefined when there is none of that id. */
export async function loadItem<T>(folder: string, id: string): Promise<Item<T> | undefined> {
  const found = (await itemsIn(folder)).find((one) => one.id === id);
  return found && load<T>(id, found.file);
}

async function itemsIn(folder: string): Promise<{ id: string; file: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return [{ id: entry.name, file: join(folder, entry.name, 'index.ts') }];
    if (!entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) return [];
    return [{ id: entry.name.slice(0, -3), file: join(folder, entry.name) }];
  });
}

async function load<T>(id: string, file: string): Promise<Item<T>> {
  const module = (await import(pathToFileURL(file).href)) as { default?: T };
  if (module.default === undefined) throw new Error(`catalogue item ${id} has no default export`);
  return { id, item: module.default };
}

import { join } from 'node:path';
import { loadCatalogue, loadItem, type Item } from '#base';
import type { Command } from './command.ts';

export type { Command, Io, Option, Word } from './command.ts';

const folder = join(import.meta.dirname, 'all');

/** Every command, sorted by name. */
export function commands(): Promise<readonly Item<Command>[]> {
  return loadCatalogue<Command>(folder);
}

/** The command of that name, if there is one. What only others need is not loaded: the line starts as small as it can. */
export function commandNamed(name: string): Promise<Item<Command> | undefined> {
  return loadItem<Command>(folder, name);
}

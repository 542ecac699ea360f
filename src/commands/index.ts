import { join } from 'node:path';
import { loadCatalogue, type Item } from '#base';
import type { Command } from './command.ts';

export type { Command, Io, Option } from './command.ts';

/** Every command, sorted by name. */
export function commands(): Promise<readonly Item<Command>[]> {
  return loadCatalogue<Command>(join(import.meta.dirname, 'all'));
}

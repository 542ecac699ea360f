import { join } from 'node:path';
import { loadCatalogue, problem, type Item } from '#base';
import type { Carrier } from './carrier.ts';

/** Every carrier this program can speak to: one file of `vendors/` each, the file name is its id. */
export function carriers(): Promise<readonly Item<Carrier>[]> {
  return loadCatalogue<Carrier>(join(import.meta.dirname, 'vendors'));
}

/** The carrier of that id; throws `vendor-unknown` when there is none. */
export function carrierNamed(list: readonly Item<Carrier>[], id: string): Carrier {
  const found = list.find((one) => one.id === id);
  if (!found)
    throw problem(
      'vendor-unknown',
      'No carrier has that name; the carriers are the files of src/adapters/carriers/vendors.',
    );
  return found.item;
}

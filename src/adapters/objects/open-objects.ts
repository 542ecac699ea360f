import { join } from 'node:path';
import { loadCatalogue, problem, type Config, type Item, type Processor } from '#base';
import { checkedStore, inFolders } from './names.ts';
import type { ObjectReach, ObjectStore, ObjectVendor } from './object-store.ts';

/** Every kind of object store: one file of `vendors/` each. */
export function objectVendors(): Promise<readonly Item<ObjectVendor>[]> {
  return loadCatalogue<ObjectVendor>(join(import.meta.dirname, 'vendors'));
}

/** Opens the object store that the configuration chooses. Throws `vendor-unknown`, or `disk-full`. */
export async function openObjects(reach: ObjectReach): Promise<ObjectStore> {
  return inFolders(await openStore(reach));
}

/** The same with whatever folders. */
export async function openStore(reach: ObjectReach): Promise<ObjectStore> {
  return checkedStore(await (await chosen(reach.config)).open(reach));
}

/** Who keeps the objects of this installation. */
export async function objectProcessor(config: Config): Promise<Processor> {
  return (await chosen(config)).processorFor(config);
}

async function chosen(config: Config): Promise<ObjectVendor> {
  const found = (await objectVendors()).find(({ id }) => id === config.objects);
  if (!found) {
    throw problem('vendor-unknown', 'SOTTO_OBJECTS names a file of src/adapters/objects/vendors: fs or s3.');
  }
  return found.item;
}

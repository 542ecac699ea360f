import { join } from 'node:path';
import { loadCatalogue, type Config, type Random } from '#base';
import type { KeyProvider, NamedRoot } from './key-provider.ts';

const vendors = join(import.meta.dirname, 'vendors');

/**
 * Opens the root key through the provider that the configuration chooses.
 * `create` allows making one at the very first start. Throws `root-key-unreadable` with the way out.
 */
export async function openRootKey(config: Config, create: boolean, random: Random): Promise<NamedRoot> {
  const providers = await loadCatalogue<KeyProvider>(vendors);
  const provider = providers.find(({ item }) => item.chosen(config));
  if (!provider) throw new Error('no key provider is chosen; the file provider should have been');
  return { ...(await provider.item.open(config, { create, random })), provider: provider.id };
}

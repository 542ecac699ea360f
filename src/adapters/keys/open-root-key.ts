import { join } from 'node:path';
import { loadCatalogue, type Config, type Item, type VendorProcessor } from '#base';
import type { KeyProvider, NamedRoot, NextRoot, OpenOptions } from './key-provider.ts';

const vendors = join(import.meta.dirname, 'vendors');

export type Keyring = {
  /** The id of the provider that the configuration chooses. */
  readonly chosen: string;
  /** Its root key. `create` allows making one at the very first start. Throws `root-key-unreadable` with the way out. */
  open(create: boolean): Promise<NamedRoot>;
  /** Those that are laid out to take its place; with `create` there is one. Throws `root-key-unreadable`. */
  next(create: boolean): Promise<readonly NamedNext[]>;
  /** The root keys of other providers that are set up as well: what one moves away from. What fails is left out. */
  others(): Promise<readonly NamedRoot[]>;
};

export type NamedNext = Omit<NextRoot, 'root'> & { readonly root: NamedRoot };

/** Who outside gets to see something where a provider is chosen. */
export async function keyProcessors(): Promise<readonly VendorProcessor[]> {
  const providers = await loadCatalogue<KeyProvider>(vendors);
  return providers.flatMap(({ item }) => item.processor ?? []);
}

/** A key service that is set up, with the hosts it is dialled at; the chosen one holds the root key. */
export type KeyService = { readonly processor: VendorProcessor; readonly isChosen: boolean };

/** The chosen one and those set up beside it: what one can move to. None where nothing leaves this machine. */
export async function keyServicesIn(config: Config): Promise<readonly KeyService[]> {
  const providers = await loadCatalogue<KeyProvider>(vendors);
  return providers.flatMap(({ id, item: { processor, processorFor, isSetUp } }) => {
    const isChosen = id === chosenIn(config);
    if (!processor || !(isChosen || isSetUp(config))) return [];
    return [{ isChosen, processor: { ...processor, hosts: processorFor?.(config).hosts ?? processor.hosts } }];
  });
}

function chosenIn({ keyProvider, rootKey }: Config): string {
  return keyProvider ?? (rootKey === undefined ? 'file' : 'environment');
}

/** Every root key that the configuration gives. Nothing is opened before it is asked for. */
export async function openKeyring(config: Config, senses: Omit<OpenOptions, 'create'>): Promise<Keyring> {
  const providers = await loadCatalogue<KeyProvider>(vendors);
  const id = chosenIn(config);
  const chosen = providers.find((provider) => provider.id === id);
  if (!chosen) throw new Error(`there is no key provider ${id}`);
  const open = async ({ id: provider, item }: Item<KeyProvider>, create: boolean) => ({
    ...(await item.open(config, { ...senses, create })),
    provider,
  });
  return {
    chosen: id,
    open: (create) => open(chosen, create),
    async next(create) {
      const found = await chosen.item.next(config, { ...senses, create });
      return found.map(({ root, settle }) => ({ root: { ...root, provider: id }, settle }));
    },
    async others() {
      const setUp = providers.filter((provider) => provider !== chosen && provider.item.isSetUp(config));
      const opened = await Promise.allSettled(setUp.map((provider) => open(provider, false)));
      return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    },
  };
}

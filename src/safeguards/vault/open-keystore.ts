import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isProblem, newId, problem, type Clock, type Config, type Keystore, type Random } from '#base';
import { openRootKey, type RootKey } from '#adapters/keys';
import { translate } from './failures.ts';
import { keystoreOver } from './keystore.ts';
import type { Installation } from './rows.ts';
import { openStore, type Store } from './store.ts';
import { places } from './wrapping.ts';

export type Senses = { readonly config: Config; readonly random: Random; readonly clock: Clock };

/**
 * Opens the keystore at `<dataDir>/keys/keystore.db`, several processes at once if need be. The first start makes
 * it, and the root key with it; later a missing one is refused (`keystore-missing`) where an embedded database
 * exists that it belongs to. An external database is compared by `id` once it can be asked.
 * Throws `root-key-unreadable`, `root-key-wrong`, `keystore-unavailable` or `disk-full`; nothing is changed then.
 */
export async function openKeystore({ config, random, clock }: Senses): Promise<Keystore> {
  const file = join(config.dataDir, 'keys', 'keystore.db');
  const isThere = await hasContent(file);
  if (!isThere) await refuseOrphans(config);
  const root = await openRootKey(config, !isThere, random);
  if (!isThere) await makeFile(config, file);
  const store = openStore(file);
  try {
    if (!store.installation()) await refuseOrphans(config);
    const installation = store.installation() ?? (await makeInstallation(store, root, { random, clock }));
    await checkRoot(root, installation);
    return keystoreOver({ store, root, installation, random, clock });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A file without a byte is one whose first transaction never came to its end. */
async function hasContent(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw translate(error);
  });
  if (!handle) return false;
  try {
    return (await handle.stat()).size > 0;
  } finally {
    await handle.close();
  }
}

async function refuseOrphans(config: Config): Promise<void> {
  if (config.databaseUrl !== undefined) return;
  const cluster = join(config.dataDir, 'postgres');
  const entries = await readdir(cluster).catch(() => []);
  if (entries.length === 0) return;
  throw problem(
    'keystore-missing',
    `${cluster} holds data, but its keystore keys/keystore.db is gone. Restore the keystore: without it nothing sealed can be read.`,
  );
}

/** SQLite would make the file readable to others; its journal takes the file's mode. */
async function makeFile(config: Config, file: string): Promise<void> {
  try {
    await mkdir(join(config.dataDir, 'keys'), { recursive: true, mode: 0o700 });
    await (await open(file, 'a', 0o600)).close();
  } catch (error) {
    throw translate(error);
  }
}

async function makeInstallation(store: Store, root: RootKey, senses: Omit<Senses, 'config'>): Promise<Installation> {
  const id = newId(senses);
  const sentinel = await root.wrap(Buffer.from('sotto'), places.sentinel(id));
  const mine = { id, rootId: senses.random.bytes(16), sentinel };
  return store.write(() => {
    const theirs = store.installation();
    if (!theirs) store.addInstallation(mine);
    return theirs ?? mine;
  });
}

/** Opening the sentinel is the proof that this is the root key the keystore was made with. */
async function checkRoot(root: RootKey, { id, sentinel }: Installation): Promise<void> {
  await root.unwrap(sentinel, places.sentinel(id)).catch((error: unknown) => {
    if (!isProblem(error, 'root-key-wrong')) throw error;
    throw problem(
      'root-key-wrong',
      'This root key does not open keys/keystore.db. Put back the one it was made with: in keys/root.key, or as SOTTO_ROOT_KEY.',
      { cause: error },
    );
  });
}

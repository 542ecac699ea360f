import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, problem, type Clock, type Config, type Id, type Keystore, type Random } from '#base';
import { openRootKey, type NamedRoot } from '#adapters/keys';
import { lostRoot, translate } from './failures.ts';
import { keystoreOver } from './keystore.ts';
import { hex, rootOf, rootRing } from './root-ring.ts';
import type { RootRow } from './rows.ts';
import { firstVersionOf, openStore, type Store } from './store.ts';
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
  const seed = isThere ? await seedOfFirstVersion(file, root) : undefined;
  if (!isThere) await makeFile(config, file);
  const store = openStore(file, seed);
  try {
    if (!store.installation()) await refuseOrphans(config);
    const id = store.installation() ?? (await makeInstallation(store, root, { random, clock }));
    const active = await activeRoot(store, id, root);
    const roots = rootRing({ store, id }, new Map([[hex(active.id), root]]), async () => [
      await openRootKey(config, false, random),
    ]);
    const keys = keystoreOver({
      store,
      id,
      roots,
      random,
      clock,
      seed: await root.unwrap(active.seed, places.seed(id)),
    });
    await keys.reap(clock.now());
    return keys;
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

async function makeInstallation(store: Store, root: NamedRoot, senses: Omit<Senses, 'config'>): Promise<Id> {
  const id = newId(senses);
  const sentinel = await root.wrap(Buffer.from('sotto'), places.sentinel(id));
  const seed = await root.wrap(senses.random.bytes(32), places.seed(id));
  const { provider } = root;
  return store.write(() => {
    const theirs = store.installation();
    if (theirs) return theirs;
    const [rootId, madeAt] = [senses.random.bytes(16), senses.clock.now()];
    store.addInstallation(id);
    store.addRoot({ id: rootId, state: 'active', provider, madeAt, retiredAt: undefined, sentinel, seed });
    return id;
  });
}

/**
 * What the first version derived from was the root key itself. It becomes the seed, so that everything derived stays as
 * it is when the root changes. The root has to be the right one before anything is written.
 */
async function seedOfFirstVersion(file: string, root: NamedRoot): Promise<Buffer | undefined> {
  const first = firstVersionOf(file);
  if (!first) return undefined;
  if (!root.seed || !(await rootOf(first.id, first, [root]))) throw lostRoot();
  return root.wrap(root.seed, places.seed(first.id));
}

/** The row of the root that this keystore is wrapped by, when that is this one. */
async function activeRoot(store: Store, id: Id, root: NamedRoot): Promise<RootRow & { readonly seed: Buffer }> {
  const row = store.roots().find(({ state }) => state === 'active');
  if (!row?.seed || !(await rootOf(id, row, [root]))) throw lostRoot();
  return { ...row, seed: row.seed };
}

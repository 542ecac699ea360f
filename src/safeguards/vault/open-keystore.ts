import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, problem, type Clock, type Config, type Http, type Id, type Keystore, type Random } from '#base';
import { openKeyring, type Keyring, type NamedRoot } from '#adapters/keys';
import { lostRoot, translate } from './failures.ts';
import { keystoreOver } from './keystore.ts';
import { knownTime } from './known-time.ts';
import { rootRing } from './root-ring.ts';
import { activeOf, finishRotation } from './root-rotation.ts';
import { findRoot, insistOnRoot, type FoundRoot } from './roots.ts';
import type { RootRow } from './rows.ts';
import { firstVersionOf, openStore, type FirstSeed, type Store } from './store.ts';
import { places } from './wrapping.ts';

export type Senses = {
  readonly config: Config;
  readonly random: Random;
  readonly clock: Clock;
  readonly http: Http;
};

/**
 * Opens the keystore at `<dataDir>/keys/keystore.db`, several processes at once if need be. The first start makes
 * it, and the root key with it; later a missing one is refused (`keystore-missing`) where an embedded database
 * exists that it belongs to. An external database is compared by `id` once it can be asked. A rotation of the root that
 * was broken off is finished, and what is due by the schedule is destroyed, before anyone is served,
 * unless the clock is doubted.
 * Throws `root-key-unreadable`, `root-key-wrong`, `keystore-unavailable` or `disk-full`; nothing is changed then.
 */
export async function openKeystore(senses: Senses): Promise<Keystore> {
  const opened = await openStoreFile(senses, { create: true });
  const { store, id, keyring } = opened;
  try {
    // Where it cannot get its proper place, it is found where it is; `keys rotate` tells.
    await opened.found.settle?.().catch(() => {});
    await finishRotation({ ...senses, ...opened });
    const active = activeOf(store.roots());
    const find = async (row: RootRow) => (await insistOnRoot({ store, id, keyring }, row)).root;
    const root = await find(active);
    const seed = await root.unwrap(active.seed, places.seed(id));
    const time = knownTime({ store, clock: senses.clock });
    const keys = keystoreOver({ ...senses, store, id, seed, time, roots: rootRing(store, [[active.id, root]], find) });
    if (!(await time.doubt())) await keys.reap(time.clock.now());
    return keys;
  } catch (error) {
    await store.close();
    throw error;
  }
}

export type Opened = {
  readonly store: Store;
  readonly id: Id;
  readonly keyring: Keyring;
  /** The root key that the keystore is wrapped by. */
  readonly found: FoundRoot;
};

/**
 * The file with its root key; whoever asks closes the store. `create` makes them where there is none, `isAnywhere` is for
 * moving to another provider. Throws as `openKeystore` does.
 */
export async function openStoreFile(
  senses: Senses,
  { create, isAnywhere }: { readonly create: boolean; readonly isAnywhere?: true },
): Promise<Opened> {
  const { config } = senses;
  const file = join(config.dataDir, 'keys', 'keystore.db');
  const isThere = await hasContent(file);
  if (!isThere) await refuseOrphans(config);
  if (!isThere && !create) throw problem('not-found', `There is no keystore in ${config.dataDir} yet.`);
  const keyring = await openKeyring(config, senses);
  const made = isThere ? undefined : await keyring.open(true);
  const seed = isThere ? await seedOfFirstVersion(file, keyring, isAnywhere) : undefined;
  if (!isThere) await makeFile(config, file);
  const store = openStore(file, seed);
  try {
    if (!store.installation()) await refuseOrphans(config);
    const id = store.installation() ?? (await makeInstallation(store, made ?? (await keyring.open(false)), senses));
    const where = { store, id, keyring, ...(isAnywhere && { isAnywhere }) };
    return { store, id, keyring, found: await insistOnRoot(where, activeOf(store.roots())) };
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

async function makeInstallation(store: Store, root: NamedRoot, senses: Pick<Senses, 'random' | 'clock'>): Promise<Id> {
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
async function seedOfFirstVersion(file: string, keyring: Keyring, isAnywhere = false): Promise<FirstSeed | undefined> {
  const first = firstVersionOf(file);
  if (!first) return undefined;
  const root = (await findRoot({ id: first.id, keyring, isAnywhere }, first))?.root;
  if (!root?.seed) throw lostRoot();
  return { wrapped: await root.wrap(root.seed, places.seed(first.id)), provider: root.provider };
}

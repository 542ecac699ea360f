import { problem, type Clock, type Id, type Random } from '#base';
import type { Keyring, NamedRoot, RootKey } from '#adapters/keys';
import { lostRoot, unavailable } from './failures.ts';
import { findRoot, insistOnRoot, nameOf, opens } from './roots.ts';
import type { RootRow } from './rows.ts';
import type { Store } from './store.ts';
import { places } from './wrapping.ts';

export type RotationParts = {
  readonly store: Store;
  readonly id: Id;
  readonly keyring: Keyring;
  readonly random: Random;
  readonly clock: Clock;
};

export type Rotated = {
  /** First bytes of the ids of the roots, as `keys` shows them. */
  readonly from: string;
  readonly to: string;
  /** How many keys of organisations this run wrapped again; others may have been before it was broken off. */
  readonly organisations: number;
};

/** Organisation keys in one write. */
const mostAtOnce = 25;

/**
 * Replaces the root key. In this order, each step durable before the next and all of them repeatable: the new root is
 * laid out beside the old one; it becomes the staged row, with the seed wrapped by it; organisation keys are wrapped again,
 * their rows saying by which root; when none is left the rows change their states in one write, and the old root opens
 * nothing any more; the new one gets its proper place. Wherever it is broken off both roots are known, and the next start,
 * or the next rotation, goes on from there. Nothing below organisation keys is touched.
 */
export async function rotateRoot(parts: RotationParts): Promise<Rotated> {
  const staged = (await stagedRoot(parts)) ?? (await stage(parts));
  return finish(parts, staged);
}

/** Goes on with a rotation that was broken off, when there is one and the configuration gives its new root. */
export async function finishRotation(parts: RotationParts): Promise<Rotated | undefined> {
  const staged = await stagedRoot(parts);
  return staged && finish(parts, staged);
}

type Staged = { readonly row: RootRow; readonly root: RootKey; readonly settle: () => Promise<void> };

/** The staged root; undefined when there is none, or one that is lost and wraps nothing yet. */
async function stagedRoot({ store, id, keyring }: RotationParts): Promise<Staged | undefined> {
  const row = store.roots().find(({ state }) => state === 'staged');
  if (!row) return undefined;
  const found = await findRoot({ id, keyring, isAnywhere: true }, row);
  if (found) return { row, root: found.root, settle: found.settle ?? nothingToSettle };
  const isUnused = store.write(() => {
    if (store.organisationKeysUnder(row.id, 1).length > 0) return false;
    store.deleteRoot(row.id);
    return true;
  });
  if (isUnused) return undefined;
  throw problem(
    'root-key-wrong',
    `A rotation to the root key ${nameOf(row)} was broken off, and that key is not here. Put it back: what it wraps already opens with nothing else.`,
  );
}

async function stage(parts: RotationParts): Promise<Staged> {
  const { store, id, keyring, random, clock } = parts;
  const active = activeOf(store.roots());
  const { root: from } = await insistOnRoot({ store, id, keyring, isAnywhere: true }, active);
  const to = await newRoot(parts, active);
  const seed = await from.unwrap(active.seed, places.seed(id));
  const row: RootRow = {
    id: random.bytes(16),
    state: 'staged',
    provider: to.root.provider,
    madeAt: clock.now(),
    retiredAt: undefined,
    sentinel: await to.root.wrap(Buffer.from('sotto'), places.sentinel(id)),
    seed: await to.root.wrap(seed, places.seed(id)),
  };
  const isMine = store.write(() => {
    const now = store.roots();
    if (!now.some((other) => other.id.equals(active.id) && other.state === 'active')) return false;
    if (now.some(({ state }) => state === 'staged')) return false;
    store.addRoot(row);
    return true;
  });
  if (isMine) return { row, ...to };
  throw unavailable('Another process is rotating the root key. Try again when it is done.');
}

/** The provider's own next root; or its present one, where the keystore is still wrapped by that of another provider. */
async function newRoot({ store, id, keyring }: RotationParts, active: RootRow) {
  const current =
    active.provider === keyring.chosen || active.provider === '' ? await keyring.open(false) : await keyring.open(true);
  if (!(await opens(id, active, current))) {
    await refuseOld(store, id, current);
    return { root: current, settle: nothingToSettle };
  }
  for (const next of await keyring.next(true)) {
    if (next.root.outlivesRotation) return next;
    if (await opens(id, active, next.root)) continue;
    await refuseOld(store, id, next.root);
    return next;
  }
  throw problem('root-key-unreadable', 'The new root key is the one in use. Make another: openssl rand -hex 32');
}

async function refuseOld(store: Store, id: Id, root: NamedRoot): Promise<void> {
  for (const row of store.roots().filter(({ state }) => state === 'retired')) {
    if (!(await opens(id, row, root))) continue;
    throw problem(
      'root-key-wrong',
      `The root key ${nameOf(row)} was replaced once and is not taken again. Make another.`,
    );
  }
}

async function finish(parts: RotationParts, staged: Staged): Promise<Rotated> {
  const { store, id, keyring, clock } = parts;
  const active = activeOf(store.roots());
  if (active.id.equals(staged.row.id)) {
    // Another process that went on with the same rotation was faster.
    await staged.settle();
    return { from: nameOf(active), to: nameOf(active), organisations: 0 };
  }
  const { root: from } = await insistOnRoot({ store, id, keyring, isAnywhere: true }, active);
  let organisations = 0;
  do organisations += await wrapAll(parts, { row: active, root: from }, staged);
  while (!store.write(() => switchRoots(store, active, staged.row, clock.now())));
  await staged.settle();
  return { from: nameOf(active), to: nameOf(staged.row), organisations };
}

/** False while there is something left to wrap: another process may make organisations meanwhile. */
function switchRoots(store: Store, active: RootRow, staged: RootRow, at: number): boolean {
  if (store.organisationKeysUnder(active.id, 1).length > 0) return false;
  if (!store.roots().some(({ id, state }) => state === 'staged' && id.equals(staged.id))) return true;
  store.retireRoot(active.id, at);
  store.setRootState(staged.id, 'active');
  return true;
}

type Wrapping = { readonly row: RootRow; readonly root: RootKey };

async function wrapAll({ store, id }: RotationParts, from: Wrapping, to: Wrapping): Promise<number> {
  let wrapped = 0;
  for (;;) {
    const rows = store.organisationKeysUnder(from.row.id, mostAtOnce);
    if (rows.length === 0) return wrapped;
    const again = await Promise.all(
      rows.map(async (row) => {
        const place = places.organisation(id, row);
        return { row, wrapped: await to.root.wrap(await from.root.unwrap(row.wrapped, place), place) };
      }),
    );
    wrapped += store.write(
      () => again.filter((one) => store.wrapOrganisationKey(one.row, to.row.id, one.wrapped)).length,
    );
  }
}

/** The row of the root that this keystore is wrapped by. */
export function activeOf(rows: readonly RootRow[]): RootRow & { readonly seed: Buffer } {
  const row = rows.find(({ state }) => state === 'active');
  if (!row?.seed) throw lostRoot();
  return { ...row, seed: row.seed };
}

const nothingToSettle = async () => {};

import { isProblem, problem, type Id, type Random } from '#base';
import type { RootKey } from '#adapters/keys';
import { damaged, unavailable } from './failures.ts';
import type { RootRing } from './root-ring.ts';
import type { OrganisationKey } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

/**
 * An organisation's key, unwrapped: for the work at hand. Where unwrapping asks another machine it is kept a while, and
 * counts only while the row, which is read every time, is there unchanged: so its destruction counts at once all the same.
 */
export type OpenOrganisation = OrganisationKey & { readonly secret: Buffer };

export type OrganisationKeys = {
  /** Throws `Moved` when the row is not that any more. */
  open(row: OrganisationKey): Promise<OpenOrganisation>;
  findOrMake(organisation: Id): Promise<OpenOrganisation>;
  /** Undefined when the organisation has no key. */
  find(organisation: Id): Promise<OpenOrganisation | undefined>;
  /** The organisation's key for one purpose, outside the epochs: it lives as long as the organisation. */
  indexKey(organisation: Id, purpose: string): Promise<Buffer>;
};

export type Above = {
  readonly store: Store;
  readonly id: Id;
  readonly roots: RootRing;
  readonly random: Random;
};

/** How many keys of organisations are known without asking again; the oldest give way. */
const mostKnown = 1_000;

type Known = { readonly wrapped: Buffer; readonly secret: Buffer };

/** An organisation's key was wrapped again, or destroyed, since it was read: whoever read it has to look again. */
export class Moved extends Error {}

/** Runs `work` again while keys are wrapped again under it, which takes two rotations to happen twice. */
export async function settled<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries < 4; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
    }
  }
  throw unavailable('Keys are being rotated. Try again.');
}

/** Within a write: nothing may be wrapped by a key that was replaced or destroyed since it was read. */
export function insistOn(store: Store, parent: OrganisationKey): void {
  if (!isCurrent(store, parent)) throw new Moved();
}

/** The same for the root: an organisation's key may not be wrapped by one that was replaced. */
export function insistOnRootOf(store: Store, rootId: Buffer): void {
  if (!store.roots().some(({ id, state }) => id.equals(rootId) && state !== 'retired')) throw new Moved();
}

/** Opens something below an organisation's key; a failure counts only while that key is still the one. */
export function below<T>(store: Store, parent: OrganisationKey, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw isCurrent(store, parent) ? error : new Moved();
  }
}

function isCurrent(store: Store, { organisation, id, wrapped }: OrganisationKey): boolean {
  const now = store.organisationKey(organisation);
  return now !== undefined && now.id.equals(id) && now.wrapped.equals(wrapped);
}

/** The second step of the hierarchy: keys of organisations, wrapped by the root, and the index keys beside the epochs. */
export function organisationKeys(above: Above): OrganisationKeys {
  const { store, id, roots, random } = above;
  const known = new Map<string, Known>();
  const unwrap = async (row: OrganisationKey) => {
    const root = await roots.of(row.rootId);
    if (!root.isFar) return unwrapBy(root, row);
    const name = row.id.toString('hex');
    const found = known.get(name);
    if (found?.wrapped.equals(row.wrapped)) return found.secret;
    const secret = await unwrapBy(root, row);
    known.delete(name);
    known.set(name, { wrapped: row.wrapped, secret });
    if (known.size > mostKnown) for (const oldest of [...known.keys()].slice(0, 1)) known.delete(oldest);
    return secret;
  };
  const unwrapBy = async (root: RootKey, row: OrganisationKey) =>
    root.unwrap(row.wrapped, places.organisation(id, row)).catch((error: unknown) => {
      // The root did open this keystore, so it is the row that is wrong.
      throw isProblem(error, 'root-key-wrong') ? damaged(error) : error;
    });
  const open = async (row: OrganisationKey) => {
    const secret = await unwrap(row).catch((error: unknown) => {
      throw isCurrent(store, row) ? error : new Moved();
    });
    return { ...row, secret };
  };
  const find = async (organisation: Id) => {
    const row = store.organisationKey(organisation);
    return row && open(row);
  };
  const findOrMake = async (organisation: Id) =>
    open(store.organisationKey(organisation) ?? (await makeOrganisation(above, organisation)));
  return {
    open,
    find,
    findOrMake,
    async indexKey(organisation, purpose) {
      const parent = await findOrMake(organisation);
      const place = places.index(parent, purpose);
      const make = () => {
        insistOn(store, parent);
        const theirs = store.indexKey(parent, purpose);
        if (theirs) return theirs;
        const mine = wrapKey(parent.secret, random.bytes(32), place, random);
        store.addIndexKey(parent, purpose, mine);
        return mine;
      };
      const wrapped = store.indexKey(parent, purpose) ?? store.write(make);
      return below(store, parent, () => unwrapKey(parent.secret, wrapped, place));
    },
  };
}

/** Wraps a new key, then writes it, unless another process was faster: then theirs is taken. */
async function makeOrganisation({ store, roots, id, random }: Above, organisation: Id): Promise<OrganisationKey> {
  const named = { id: random.bytes(16), organisation };
  const above = await roots.forNew();
  const wrapped = await above.root.wrap(random.bytes(32), places.organisation(id, named));
  return store.write(() => {
    const theirs = store.organisationKey(organisation);
    if (theirs) return theirs;
    if (store.isEnded(organisation)) throw problem('content-erased', 'This organisation was erased; it gets no keys.');
    insistOnRootOf(store, above.id);
    const mine = { ...named, rootId: above.id, wrapped };
    store.addOrganisationKey(mine);
    return mine;
  });
}

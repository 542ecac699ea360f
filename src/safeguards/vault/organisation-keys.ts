import { isProblem, type Id, type Random } from '#base';
import type { RootKey } from '#adapters/keys';
import { damaged } from './failures.ts';
import type { Installation, OrganisationKey } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

/** An organisation's key, unwrapped: for the work at hand, never kept, so that its destruction counts at once. */
export type OpenOrganisation = OrganisationKey & { readonly secret: Buffer };

export type OrganisationKeys = {
  open(row: OrganisationKey): Promise<OpenOrganisation>;
  findOrMake(organisation: Id): Promise<OpenOrganisation>;
  /** The organisation's key for one purpose, outside the epochs: it lives as long as the organisation. */
  indexKey(organisation: Id, purpose: string): Promise<Buffer>;
};

export type Above = {
  readonly store: Store;
  readonly root: RootKey;
  readonly installation: Installation;
  readonly random: Random;
};

/** The second step of the hierarchy: keys of organisations, wrapped by the root, and the index keys beside the epochs. */
export function organisationKeys(above: Above): OrganisationKeys {
  const { store, root, installation, random } = above;
  const open = async (row: OrganisationKey) => {
    const place = places.organisation(installation.id, row);
    const secret = await root.unwrap(row.wrapped, place).catch((error: unknown) => {
      // The root did open this keystore, so it is the row that is wrong.
      throw isProblem(error, 'root-key-wrong') ? damaged(error) : error;
    });
    return { ...row, secret };
  };
  const findOrMake = async (organisation: Id) =>
    open(store.organisationKey(organisation) ?? (await makeOrganisation(above, organisation)));
  return {
    open,
    findOrMake,
    async indexKey(organisation, purpose) {
      const parent = await findOrMake(organisation);
      const place = places.index(parent, purpose);
      const wrapped =
        store.indexKey(parent, purpose) ??
        store.write(() => {
          const theirs = store.indexKey(parent, purpose);
          if (theirs) return theirs;
          const mine = wrapKey(parent.secret, random.bytes(32), place, random);
          store.addIndexKey(parent, purpose, mine);
          return mine;
        });
      return unwrapKey(parent.secret, wrapped, place);
    },
  };
}

/** Wraps a new key, then writes it, unless another process was faster: then theirs is taken. */
async function makeOrganisation(
  { store, root, installation, random }: Above,
  organisation: Id,
): Promise<OrganisationKey> {
  const named = { id: random.bytes(16), organisation };
  const wrapped = await root.wrap(random.bytes(32), places.organisation(installation.id, named));
  return store.write(() => {
    const theirs = store.organisationKey(organisation);
    if (theirs) return theirs;
    const mine = { ...named, wrapped };
    store.addOrganisationKey(mine, installation.rootId);
    return mine;
  });
}

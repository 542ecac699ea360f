import type { Id } from '#base';
import { insistOn, insistOnRootOf, organisationKeys, settled, type Above } from './organisation-keys.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

/**
 * Gives an organisation another key and wraps what lies directly below it again, epochs and index keys, in one write:
 * every process sees all of it or nothing. Content keys, and what is sealed, stay as they are. Returns how many were
 * wrapped again; undefined when the organisation has no key.
 */
export async function rotateOrganisation(above: Above, organisation: Id): Promise<number | undefined> {
  const { store, id, roots, random } = above;
  const organisations = organisationKeys(above);
  return settled(async () => {
    const parent = await organisations.find(organisation);
    if (!parent) return undefined;
    const secret = random.bytes(32);
    const { id: rootId, root } = await roots.forNew();
    const wrapped = await root.wrap(secret, places.organisation(id, parent));
    const again = (old: Buffer, place: string) => wrapKey(secret, unwrapKey(parent.secret, old, place), place, random);
    return store.write(() => {
      insistOn(store, parent);
      const epochs = store.epochKeysOf(parent);
      for (const epoch of epochs) store.wrapEpochKey(epoch.id, again(epoch.wrapped, places.epoch(parent, epoch)));
      const indexes = store.indexKeysOf(parent);
      for (const { purpose, wrapped: old } of indexes) {
        store.wrapIndexKey(parent, purpose, again(old, places.index(parent, purpose)));
      }
      insistOnRootOf(store, rootId);
      store.wrapOrganisationKey(parent, rootId, wrapped);
      return epochs.length + indexes.length;
    });
  });
}

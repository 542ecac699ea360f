import type { Random } from '#base';
import { below, insistOn, type OpenOrganisation } from './organisation-keys.ts';
import type { EpochKey } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

type Parts = { readonly store: Store; readonly random: Random };
export type OpenEpoch = EpochKey & { readonly secret: Buffer };
type Named = { readonly kind: string; readonly day: string };

/** The key of a kind and day, made once for all. Throws `Moved` when the organisation's key is not that any more. */
export function findOrMakeEpoch(parts: Parts, organisation: OpenOrganisation, named: Named): OpenEpoch {
  const { store } = parts;
  const found = store.epochKey(organisation, named.kind, named.day);
  if (!found) return store.write(() => makeEpoch(parts, organisation, named));
  return below(store, organisation, () => openEpoch(organisation, found));
}

/** Within a write. Looks again, because another process may have been faster. */
function makeEpoch({ store, random }: Parts, organisation: OpenOrganisation, named: Named): OpenEpoch {
  insistOn(store, organisation);
  const theirs = store.epochKey(organisation, named.kind, named.day);
  if (theirs) return openEpoch(organisation, theirs);
  const row = { ...named, id: random.bytes(16) };
  const wrapped = wrapKey(organisation.secret, random.bytes(32), places.epoch(organisation, row), random);
  store.addEpochKey(organisation, { ...row, wrapped });
  return openEpoch(organisation, { ...row, wrapped });
}

export function openEpoch(organisation: OpenOrganisation, row: EpochKey): OpenEpoch {
  return { ...row, secret: unwrapKey(organisation.secret, row.wrapped, places.epoch(organisation, row)) };
}

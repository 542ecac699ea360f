import { iso, isId, type Clock, type ContentKey, type Id, type KeySubject, type Keystore, type Random } from '#base';
import { gathered } from './gathered.ts';
import { organisationKeys, type Above, type OpenOrganisation } from './organisation-keys.ts';
import type { Chain, EpochKey, Owner } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

export type KeystoreParts = Above & { readonly clock: Clock };

/**
 * The keystore over an open store. No key is held between calls and the rows are read every time, so a key that
 * another process destroyed is gone here as well.
 */
export function keystoreOver(parts: KeystoreParts): Keystore {
  const { store, clock } = parts;
  const organisations = organisationKeys(parts);
  const open = async (chain: Chain) => openContent(await organisations.open(chain.organisation), chain);
  const making = gathered<Wanted, ContentKey>(async (asks) => {
    const opened = new Map<Id, OpenOrganisation>();
    for (const id of new Set(asks.map(({ organisation }) => organisation))) {
      opened.set(id, await organisations.findOrMake(id));
    }
    return store.write(() => asks.map((ask) => findOrMake(parts, opened.get(ask.organisation)!, ask)));
  });
  return {
    id: parts.installation.id,
    derive: (purpose) => parts.root.derive(purpose),
    async indexKey(organisation, purpose) {
      checkIds(organisation);
      return organisations.indexKey(organisation, purpose);
    },
    async contentKey(subject) {
      const wanted = wantedFor(subject, clock.now());
      const chain = store.chainOf(wanted);
      return chain ? open(chain) : making.ask(wanted);
    },
    async openKey(organisation, keyId) {
      checkIds(organisation);
      const chain = store.chainById(organisation, keyId);
      return chain && open(chain);
    },
    async destroy({ organisation, kind, id }) {
      checkIds(organisation, id);
      return store.write(() => store.deleteContentKeys({ organisation, kind, subject: id }));
    },
    async close() {
      await making.settled();
      store.close();
    },
  };
}

/** A content key that is asked for, and the epoch it belongs to if it has to be made. */
type Wanted = Owner & { readonly day: string };

/** One key a subject; the audit log, which never ends, has one for each day, so that its details can die by age. */
function wantedFor({ organisation, kind, id }: KeySubject, nowMs: number): Wanted {
  checkIds(organisation, id);
  const day = iso(nowMs).slice(0, 10);
  return { organisation, kind, subject: id, slot: kind === 'audit' ? day : '', day };
}

function checkIds(...ids: readonly Id[]): void {
  if (!ids.every(isId)) throw new TypeError('keys belong to ids');
}

/** Inside a write transaction: looks again, because another process may have been faster, then makes what is missing. */
function findOrMake({ store, random }: MakingParts, organisation: OpenOrganisation, wanted: Wanted): ContentKey {
  const chain = store.chainOf(wanted);
  if (chain) return openContent(organisation, chain);
  const { day, ...owner } = wanted;
  const epoch = findOrMakeEpoch({ store, random }, organisation, { kind: owner.kind, day });
  const key = { id: random.bytes(16), secret: random.bytes(32) };
  const row = { ...owner, id: key.id };
  store.addContentKey(epoch, {
    ...row,
    wrapped: wrapKey(epoch.secret, key.secret, places.content(epoch, row), random),
  });
  return key;
}

type MakingParts = { readonly store: Store; readonly random: Random };
type OpenEpoch = EpochKey & { readonly secret: Buffer };

function findOrMakeEpoch(
  { store, random }: MakingParts,
  organisation: OpenOrganisation,
  { kind, day }: { readonly kind: string; readonly day: string },
): OpenEpoch {
  const found = store.epochKey(organisation, kind, day);
  if (found) return openEpoch(organisation, found);
  const named = { id: random.bytes(16), kind, day };
  const secret = random.bytes(32);
  const row = { ...named, wrapped: wrapKey(organisation.secret, secret, places.epoch(organisation, named), random) };
  store.addEpochKey(organisation, row);
  return { ...row, secret };
}

function openEpoch(organisation: OpenOrganisation, row: EpochKey): OpenEpoch {
  return { ...row, secret: unwrapKey(organisation.secret, row.wrapped, places.epoch(organisation, row)) };
}

function openContent(organisation: OpenOrganisation, { epoch, content }: Chain): ContentKey {
  const { secret } = openEpoch(organisation, epoch);
  return { id: content.id, secret: unwrapKey(secret, content.wrapped, places.content(epoch, content)) };
}

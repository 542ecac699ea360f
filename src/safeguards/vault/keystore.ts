import { iso, isId, type Clock, type ContentKey, type Id, type KeySubject, type Keystore, type Random } from '#base';
import { gathered } from './gathered.ts';
import type { KeyValues } from './connection.ts';
import { unavailable } from './failures.ts';
import { organisationKeys, type Above, type OpenOrganisation, type OrganisationKeys } from './organisation-keys.ts';
import { idBytes, type Chain, type ContentRow, type EpochKey, type Owner } from './rows.ts';
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
  const making = gathered<Wanted, ContentKey>((asks) => findOrMake(parts, organisations, asks));
  return {
    id: parts.installation.id,
    derive: (purpose) => parts.root.derive(purpose),
    async indexKey(organisation, purpose) {
      checkIds(organisation);
      await store.contentKeys.idle();
      return organisations.indexKey(organisation, purpose);
    },
    async contentKey(subject) {
      const wanted = wantedFor(subject, clock.now());
      const chain = store.contentKeys.isBusy() ? undefined : store.chainOf(wanted);
      return chain ? open(chain) : making.ask(wanted);
    },
    async openKey(organisation, keyId) {
      checkIds(organisation);
      await store.contentKeys.idle();
      const chain = store.chainById(organisation, keyId);
      return chain && open(chain);
    },
    async destroy({ organisation, kind, id }) {
      checkIds(organisation, id);
      await store.contentKeys.idle();
      return store.write(() => store.deleteContentKeys({ organisation, kind, subject: id }));
    },
    async destroyEpochs(kind, beforeMs) {
      await store.contentKeys.idle();
      return store.write(() => store.deleteEpochKeys(kind, iso(beforeMs).slice(0, 10)));
    },
    async close() {
      await making.settled();
      await store.close();
    },
  };
}

/** A content key that is asked for, and the epoch it belongs to if it has to be made. */
type Wanted = Owner & { readonly day: string };

/** What never ends has a key for each day, so that what it holds can die by age. */
const daily: ReadonlySet<string> = new Set(['audit', 'address', 'repeat']);

/** One key a subject, or one a subject and day. */
function wantedFor({ organisation, kind, id }: KeySubject, nowMs: number): Wanted {
  checkIds(organisation, id);
  const day = iso(nowMs).slice(0, 10);
  return { organisation, kind, subject: id, slot: daily.has(kind) ? day : '', day };
}

function checkIds(...ids: readonly Id[]): void {
  if (!ids.every(isId)) throw new TypeError('keys belong to ids');
}

type MakingParts = { readonly store: Store; readonly random: Random };
type OpenEpoch = EpochKey & { readonly secret: Buffer };
type MadeKey = { readonly epoch: EpochKey; readonly row: ContentRow; readonly secret: Buffer };

/**
 * Looks again, because somebody may have been faster, and makes what is missing in one write to the disk. Where
 * nothing was added, another process or another asker of this round came first, and theirs is the key.
 */
async function findOrMake(
  { store, random }: MakingParts,
  organisations: OrganisationKeys,
  asks: readonly Wanted[],
): Promise<ContentKey[]> {
  const opened = new Map<Id, OpenOrganisation>();
  for (const id of new Set(asks.map(({ organisation }) => organisation))) {
    opened.set(id, await organisations.findOrMake(id));
  }
  const find = (wanted: Wanted) => {
    const chain = store.chainOf(wanted);
    return chain && openContent(opened.get(wanted.organisation)!, chain);
  };
  const found = asks.map(find);
  const missing = asks.filter((_, at) => !found[at]);
  if (missing.length === 0) return found.filter((key) => key !== undefined);
  const made = missing.map((wanted) => makeContent({ store, random }, opened.get(wanted.organisation)!, wanted));
  const added = await store.contentKeys.add(made.map(valuesOf));
  const written = made.map(({ row, secret }, at) => (added[at] ? { id: row.id, secret } : undefined));
  return asks.map((wanted, at) => {
    const key = found[at] ?? written[missing.indexOf(wanted)] ?? find(wanted);
    if (!key) throw unavailable('A key was destroyed while it was made. Try again.');
    return key;
  });
}

function makeContent(parts: MakingParts, organisation: OpenOrganisation, { day, ...owner }: Wanted): MadeKey {
  const { random } = parts;
  const epoch = findOrMakeEpoch(parts, organisation, { kind: owner.kind, day });
  const named = { ...owner, id: random.bytes(16) };
  const secret = random.bytes(32);
  const wrapped = wrapKey(epoch.secret, secret, places.content(epoch, named), random);
  return { epoch, row: { ...named, wrapped }, secret };
}

function findOrMakeEpoch(
  { store, random }: MakingParts,
  organisation: OpenOrganisation,
  { kind, day }: { readonly kind: string; readonly day: string },
): OpenEpoch {
  const found = store.epochKey(organisation, kind, day);
  return openEpoch(
    organisation,
    found ?? makeEpoch({ store, random }, organisation, { id: random.bytes(16), kind, day }),
  );
}

/** Once a day for each kind of subject. Looks again, because another process may have been faster. */
function makeEpoch(
  { store, random }: MakingParts,
  organisation: OpenOrganisation,
  named: Omit<EpochKey, 'wrapped'>,
): EpochKey {
  const wrapped = wrapKey(organisation.secret, random.bytes(32), places.epoch(organisation, named), random);
  return store.write(() => {
    const theirs = store.epochKey(organisation, named.kind, named.day);
    if (theirs) return theirs;
    const mine = { ...named, wrapped };
    store.addEpochKey(organisation, mine);
    return mine;
  });
}

function openEpoch(organisation: OpenOrganisation, row: EpochKey): OpenEpoch {
  return { ...row, secret: unwrapKey(organisation.secret, row.wrapped, places.epoch(organisation, row)) };
}

/** Copies: a slice would take the whole pool that it was cut from along to the writing thread. */
function valuesOf({ row, epoch }: MadeKey): KeyValues {
  const copy = (bytes: Buffer) => new Uint8Array(bytes);
  const { id, organisation, kind, subject, slot, wrapped } = row;
  return [copy(id), copy(epoch.id), copy(idBytes(organisation)), kind, copy(idBytes(subject)), slot, copy(wrapped)];
}

function openContent(organisation: OpenOrganisation, { epoch, content }: Chain): ContentKey {
  const { secret } = openEpoch(organisation, epoch);
  return { id: content.id, secret: unwrapKey(secret, content.wrapped, places.content(epoch, content)) };
}

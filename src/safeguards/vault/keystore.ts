import {
  iso,
  type Clock,
  type ContentKey,
  type Id,
  type KeySubject,
  type Keystore,
  type KnownTime,
  type Random,
} from '#base';
import { deriveKey } from '#adapters/keys';
import type { KeyValues } from './connection.ts';
import { checkIds, endingKeys } from './ending.ts';
import { findOrMakeEpoch, openEpoch, type OpenEpoch } from './epochs.ts';
import { unavailable } from './failures.ts';
import { gathered } from './gathered.ts';
import { movingKeys } from './moving.ts';
import {
  below,
  organisationKeys,
  settled,
  type Above,
  type OpenOrganisation,
  type OrganisationKeys,
} from './organisation-keys.ts';
import { idBytes, type Chain, type ContentRow, type Owner } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

/** `seed`: what everything is derived from. */
export type KeystoreParts = Above & { readonly seed: Buffer; readonly time: KnownTime };

/**
 * The keystore over an open store. No key is held between calls and the rows are read every time, so a key that
 * another process destroyed is gone here as well, and one that it wrapped again opens.
 */
export function keystoreOver(given: KeystoreParts): Keystore {
  const { store, seed, time } = given;
  const { clock } = time;
  const parts = { ...given, clock };
  const organisations = organisationKeys(parts);
  const open = async (find: () => Chain | undefined, found = find()) => {
    let chain = found;
    return settled(async () => {
      const tried = chain;
      // Should it turn out to be of yesterday, it is looked up again.
      chain = undefined;
      const now = tried ?? find();
      return now && openContent(store, await organisations.open(now.organisation), now);
    });
  };
  const making = gathered<Wanted, ContentKey>((asks) => settled(() => findOrMake(parts, organisations, asks)));
  return {
    id: parts.id,
    time,
    derive: (purpose) => deriveKey(seed, purpose),
    async indexKey(organisation, purpose) {
      checkIds(organisation);
      await store.contentKeys.idle();
      return settled(() => organisations.indexKey(organisation, purpose));
    },
    async contentKey(subject) {
      const wanted = wantedFor(subject, clock.now());
      const find = () => store.chainOf(wanted);
      const chain = store.contentKeys.isBusy() ? undefined : find();
      const found = chain && (await open(find, chain));
      return found ?? making.ask(wanted);
    },
    async openKey(organisation, keyId) {
      checkIds(organisation);
      await store.contentKeys.idle();
      return open(() => store.chainById(organisation, keyId));
    },
    ...endingKeys(store),
    ...movingKeys({ ...parts, organisations }),
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

type MakingParts = { readonly store: Store; readonly random: Random; readonly clock: Clock };
type MadeKey = { readonly epoch: OpenEpoch; readonly row: ContentRow; readonly secret: Buffer };

/**
 * Looks again, because somebody may have been faster, and makes what is missing in one write to the disk. Where
 * nothing was added, another process or another asker of this round came first, and theirs is the key.
 */
async function findOrMake(
  { store, random, clock }: MakingParts,
  organisations: OrganisationKeys,
  asks: readonly Wanted[],
): Promise<ContentKey[]> {
  const opened = new Map<Id, OpenOrganisation>();
  for (const id of new Set(asks.map(({ organisation }) => organisation))) {
    opened.set(id, await organisations.findOrMake(id));
  }
  const find = (wanted: Wanted) => {
    const chain = store.chainOf(wanted);
    return chain && openContent(store, opened.get(wanted.organisation)!, chain);
  };
  // Whoever reads while others write waits for them with the event loop stopped.
  await store.contentKeys.idle();
  const found = asks.map(find);
  const missing = asks.filter((_, at) => !found[at]);
  if (missing.length === 0) return found.filter((key) => key !== undefined);
  const made = missing.map((wanted) => makeContent({ store, random, clock }, opened.get(wanted.organisation)!, wanted));
  const added = await store.contentKeys.run({ add: made.map(valuesOf) });
  const written = made.map(({ row, secret }, at) => (added[at] === 1 ? { id: row.id, secret } : undefined));
  return asks.map((wanted, at) => {
    const key = found[at] ?? written[missing.indexOf(wanted)] ?? find(wanted);
    if (!key) throw unavailable('A key was destroyed while it was made. Try again.');
    return key;
  });
}

function makeContent(parts: MakingParts, organisation: OpenOrganisation, { day, ...owner }: Wanted): MadeKey {
  const { random } = parts;
  const epoch = findOrMakeEpoch(parts, organisation, { kind: owner.kind, day });
  const named = { ...owner, id: keyId(parts) };
  const secret = random.bytes(32);
  const wrapped = wrapKey(epoch.secret, secret, places.content(epoch, named), random);
  return { epoch, row: { ...named, wrapped }, secret };
}

/**
 * 48 bits of milliseconds, then 80 random ones: what was made together lies together, and goes together. 1,000 keys that
 * end at once are a few pages of the file, however large it is, and not 1,000.
 */
function keyId({ random, clock }: MakingParts): Buffer {
  const id = random.bytes(16);
  id.writeUIntBE(clock.now(), 0, 6);
  return id;
}

/** Copies: a slice would take the whole pool that it was cut from along to the writing thread. */
function valuesOf({ row, epoch }: MadeKey): KeyValues {
  const copy = (bytes: Buffer) => new Uint8Array(bytes);
  const { id, organisation, kind, subject, slot, wrapped } = row;
  return [copy(id), copy(epoch.id), copy(idBytes(organisation)), kind, copy(idBytes(subject)), slot, copy(wrapped)];
}

function openContent(store: Store, organisation: OpenOrganisation, { epoch, content }: Chain): ContentKey {
  const place = places.content(epoch, content);
  const secret = below(store, organisation, () =>
    unwrapKey(openEpoch(organisation, epoch).secret, content.wrapped, place),
  );
  return { id: content.id, secret };
}

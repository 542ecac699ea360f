import type { DatedSubject, Id, KeySubject, KnownTime, Random } from '#base';
import type { WrapValues } from './connection.ts';
import { reapDue } from './ending.ts';
import { findOrMakeEpoch, openEpoch } from './epochs.ts';
import { below, Moved, settled, type OpenOrganisation, type OrganisationKeys } from './organisation-keys.ts';
import { held, type Chain } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

type Parts = {
  readonly store: Store;
  readonly random: Random;
  readonly time: KnownTime;
  readonly organisations: OrganisationKeys;
};

/** Under which epoch a key is to lie; undefined leaves it where it is. */
type Target = (lies: string) => string | undefined;
type Move = { readonly subject: KeySubject; readonly to: Target };

/** Subjects in one write: short enough that nobody waits for it. */
const mostAtOnce = 200;

export type Moving = {
  hold(subjects: readonly KeySubject[]): Promise<number>;
  release(subjects: readonly DatedSubject[]): Promise<number>;
  renew(subjects: readonly DatedSubject[]): Promise<number>;
};

/**
 * Content keys that change their epoch: the same secret, wrapped by another parent. What is sealed under them stays as it
 * is, and a key is always under exactly one epoch, whatever breaks this off.
 */
export function movingKeys(parts: Parts): Moving {
  const { store, time } = parts;
  const move = (moves: readonly Move[]) => inPortions(parts, moves);
  return {
    async hold(subjects) {
      await move(subjects.map((subject) => ({ subject, to: (lies) => (lies === held ? undefined : held) })));
      await store.contentKeys.idle();
      const chains = subjects.flatMap(({ organisation, kind, id }) =>
        store.chainsOf({ organisation, kind, subject: id }),
      );
      return chains.filter(({ epoch }) => epoch.day === held).length;
    },
    async release(subjects) {
      const released = await move(
        subjects.map(({ subject, day }) => ({ subject, to: (lies) => (lies === held ? day : undefined) })),
      );
      // What would have died while it was held dies now.
      if (!(await time.doubt())) await reapDue(store, time.clock.now());
      return released;
    },
    renew: (subjects) =>
      move(subjects.map(({ subject, day }) => ({ subject, to: (lies) => (lies < day ? day : undefined) }))),
  };
}

async function inPortions(parts: Parts, moves: readonly Move[]): Promise<number> {
  let moved = 0;
  for (const [organisation, all] of Map.groupBy(moves, ({ subject }) => subject.organisation)) {
    for (let from = 0; from < all.length; from += mostAtOnce) {
      moved += await settled(() => moveSome(parts, organisation, all.slice(from, from + mostAtOnce)));
    }
  }
  return moved;
}

async function moveSome(parts: Parts, organisation: Id, moves: readonly Move[]): Promise<number> {
  let moved = 0;
  await settled(async () => {
    const values = await wrapAgain(parts, organisation, moves);
    if (values.length === 0) return;
    const done = await parts.store.contentKeys.run({ wrap: values });
    moved += done.filter((rows) => rows === 1).length;
    // Changed or destroyed since it was read: whatever is left is looked at again.
    if (done.includes(0)) throw new Moved();
  });
  return moved;
}

async function wrapAgain(parts: Parts, organisation: Id, moves: readonly Move[]): Promise<WrapValues[]> {
  const { store, organisations } = parts;
  await store.contentKeys.idle();
  const parent = await organisations.find(organisation);
  if (!parent) return [];
  await store.contentKeys.idle();
  const chains = moves.flatMap(({ subject, to }) =>
    store
      .chainsOf({ organisation, kind: subject.kind, subject: subject.id })
      .map((chain) => ({ chain, day: to(chain.epoch.day) })),
  );
  return chains.flatMap(({ chain, day }) => (day === undefined ? [] : [wrapOne(parts, parent, chain, day)]));
}

function wrapOne(parts: Parts, parent: OpenOrganisation, { epoch, content }: Chain, day: string): WrapValues {
  const { store, random } = parts;
  const secret = below(store, parent, () =>
    unwrapKey(openEpoch(parent, epoch).secret, content.wrapped, places.content(epoch, content)),
  );
  const target = findOrMakeEpoch(parts, parent, { kind: epoch.kind, day });
  const wrapped = wrapKey(target.secret, secret, places.content(target, content), random);
  const copy = (bytes: Buffer) => new Uint8Array(bytes);
  return [copy(target.id), copy(wrapped), copy(content.id), copy(content.wrapped)];
}

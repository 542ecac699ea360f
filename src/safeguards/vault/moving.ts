import type { Clock, DatedSubject, Id, KeySubject, Random } from '#base';
import { reapDue } from './ending.ts';
import { findOrMakeEpochIn, openEpoch } from './epochs.ts';
import { below, insistOn, settled, type OpenOrganisation, type OrganisationKeys } from './organisation-keys.ts';
import { held, type Chain } from './rows.ts';
import type { Store } from './store.ts';
import { places, unwrapKey, wrapKey } from './wrapping.ts';

type Parts = {
  readonly store: Store;
  readonly random: Random;
  readonly clock: Clock;
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
  const { store, clock } = parts;
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
      await reapDue(store, clock.now());
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

async function moveSome(
  { store, random, organisations }: Parts,
  organisation: Id,
  moves: readonly Move[],
): Promise<number> {
  await store.contentKeys.idle();
  const parent = await organisations.find(organisation);
  if (!parent) return 0;
  return store.write(() => {
    insistOn(store, parent);
    let moved = 0;
    for (const { subject, to } of moves) {
      const chains = store.chainsOf({ organisation, kind: subject.kind, subject: subject.id });
      for (const chain of chains) moved += moveOne({ store, random }, parent, chain, to(chain.epoch.day)) ? 1 : 0;
    }
    return moved;
  });
}

function moveOne(
  { store, random }: Pick<Parts, 'store' | 'random'>,
  parent: OpenOrganisation,
  { epoch, content }: Chain,
  day: string | undefined,
): boolean {
  if (day === undefined) return false;
  const secret = below(store, parent, () =>
    unwrapKey(openEpoch(parent, epoch).secret, content.wrapped, places.content(epoch, content)),
  );
  const target = findOrMakeEpochIn({ store, random }, parent, { kind: epoch.kind, day });
  store.wrapContentKey(content.id, target.id, wrapKey(target.secret, secret, places.content(target, content), random));
  return true;
}

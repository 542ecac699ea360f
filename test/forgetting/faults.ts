import { createHash } from 'node:crypto';
import type { KeySubject, Tx } from '#base';
import type { Fault } from './world.ts';

/** One id in twenty, by the seed; the same one every time. */
function unlucky(seed: number): (id: string) => boolean {
  return (id) => createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE() % 20 === 0;
}

const lucky = (seed: number) => {
  const isUnlucky = unlucky(seed);
  return (subjects: readonly KeySubject[]) => subjects.filter(({ id, kind }) => !isUnlucky(`${kind} ${id}`));
};

/** The senses with what statements of organisations answer seen through `view`. */
function seenThrough(view: (text: string, row: { readonly id?: string }) => boolean): Fault {
  const rowsOf = (tx: Tx): Tx['rows'] => {
    return async (query) => (await tx.rows<never>(query)).filter((row) => view(query.text, row));
  };
  return (senses) => ({
    ...senses,
    db: {
      ...senses.db,
      tenant: (organisation, work) => senses.db.tenant(organisation, (tx) => work({ ...tx, rows: rowsOf(tx) })),
    },
  });
}

/** What somebody could break without noticing: it goes wrong with one thing in twenty. */
export const faults: Readonly<Record<string, (seed: number) => Fault>> = {
  'a key that should have been destroyed lives on'(seed) {
    const but = lucky(seed);
    return (senses) => ({
      ...senses,
      keys: { ...senses.keys, destroyAll: (subjects) => senses.keys.destroyAll(but(subjects)) },
    });
  },
  'what is due is passed over'(seed) {
    const isUnlucky = unlucky(seed);
    return seenThrough((text, { id = '' }) => !(text.includes('skip locked') && isUnlucky(id)));
  },
  'an erasure overlooks something'(seed) {
    const isUnlucky = unlucky(seed);
    const finds = /^\s*select id from app\.(?:messages|leads|appointments)\b/;
    return seenThrough((text, { id = '' }) => !(finds.test(text) && isUnlucky(id)));
  },
};

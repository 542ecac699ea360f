import type { DatabaseSync } from 'node:sqlite';

// No imports of ours: the writing thread loads this, and should start fast.

/** How long a writer waits for another process, in milliseconds. */
export const patienceMs = 5_000;

/**
 * Makes deletion mean it (measured in facts: security §1.C): freed bytes are zeroed, the journal is emptied at
 * commit, nothing spills to temporary files. PERSIST and WAL would keep deleted keys. False when SQLite refuses.
 */
export function forgetWell(db: DatabaseSync, journal: 'memory' | 'truncate'): boolean {
  db.exec('pragma temp_store = memory; pragma synchronous = full; pragma fullfsync = on; pragma trusted_schema = off');
  const secure = db.prepare('pragma secure_delete = on').get();
  const kept = db.prepare('pragma journal_mode = truncate').get();
  return secure?.['secure_delete'] === 1 && kept?.['journal_mode'] === journal;
}

/** Runs `work` in one write transaction; what it wrote is on the disk when this returns, or none of it is. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate');
  try {
    const result = work();
    db.exec('commit');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

/** The values of one row of `content_keys`, in the order of its columns. */
export type KeyValues = readonly [
  id: Uint8Array,
  epoch: Uint8Array,
  organisation: Uint8Array,
  kind: string,
  subject: Uint8Array,
  slot: string,
  wrapped: Uint8Array,
];

/**
 * Adds rows in one transaction: true for each that was added, false where the subject has a key already, or where the
 * epoch died meanwhile. What is left of a dead epoch or organisation is no key and makes room.
 */
export function keyAdder(db: DatabaseSync): (rows: readonly KeyValues[]) => boolean[] {
  const clear = db.prepare(`
    delete from content_keys where organisation = ? and kind = ? and subject = ? and slot = ?
      and exists (
        select 1 from epoch_keys e join organisation_keys o on o.id = e.organisation_key_id
        where e.id = content_keys.epoch_key_id and (e.wrapped = x'' or o.wrapped = x''))`);
  const add = db.prepare(`
    insert into content_keys (id, epoch_key_id, organisation, kind, subject, slot, wrapped)
    select ?, ?, ?, ?, ?, ?, ?
    where not exists (
      select 1 from epoch_keys e join organisation_keys o on o.id = e.organisation_key_id
      where e.id = ?2 and (e.wrapped = x'' or o.wrapped = x''))
    on conflict (organisation, kind, subject, slot) do nothing`);
  const addOne = (row: KeyValues) => {
    const [, , organisation, kind, subject, slot] = row;
    clear.run(organisation, kind, subject, slot);
    return add.run(...row).changes === 1;
  };
  return (rows) => transaction(db, () => rows.map(addOne));
}

/** Whose keys are to go: organisation, kind, subject. */
export type OwnerValues = readonly [organisation: Uint8Array, kind: string, subject: Uint8Array];

/** Deletes the keys of every slot of these, in one transaction; returns how many there were. */
export function keyRemover(db: DatabaseSync): (owners: readonly OwnerValues[]) => number {
  const remove = db.prepare('delete from content_keys where organisation = ? and kind = ? and subject = ?');
  return (owners) =>
    transaction(db, () => owners.reduce((sum, owner) => sum + Number(remove.run(...owner).changes), 0));
}

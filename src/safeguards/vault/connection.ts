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

/** Adds rows in one transaction: true for each that was added, false where the subject has a key already. */
export function keyAdder(db: DatabaseSync): (rows: readonly KeyValues[]) => boolean[] {
  const add = db.prepare(`
    insert into content_keys (id, epoch_key_id, organisation, kind, subject, slot, wrapped)
    values (?, ?, ?, ?, ?, ?, ?) on conflict (organisation, kind, subject, slot) do nothing`);
  return (rows) => transaction(db, () => rows.map((row) => add.run(...row).changes === 1));
}

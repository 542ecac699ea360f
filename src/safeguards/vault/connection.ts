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

/** Whose keys: organisation, kind, subject. */
export type OwnerValues = readonly [organisation: Uint8Array, kind: string, subject: Uint8Array];

/** A content key that is wrapped again: its new epoch and form, its id, and the form it was read in. */
export type WrapValues = readonly [epoch: Uint8Array, wrapped: Uint8Array, id: Uint8Array, before: Uint8Array];

/** What is done to content keys in one transaction, beside the event loop. */
export type Round =
  | { readonly add: readonly KeyValues[] }
  | { readonly destroy: readonly OwnerValues[] }
  | { readonly wrap: readonly WrapValues[] }
  /** Epochs, by id. */
  | { readonly kill: readonly Uint8Array[] }
  /** At most so many rows below what was killed. */
  | { readonly bury: number };

/** Does rounds, each in one transaction; answers how many rows each part of it changed. */
export function roundWorker(db: DatabaseSync): (round: Round) => number[] {
  const add = keyAdder(db);
  const destroy = db.prepare('delete from content_keys where organisation = ? and kind = ? and subject = ?');
  const wrap = db.prepare(`
    update content_keys set epoch_key_id = ?1, wrapped = ?2 where id = ?3 and wrapped = ?4
      and exists (select 1 from epoch_keys e where e.id = ?1 and e.wrapped <> x'')`);
  const kill = db.prepare("update epoch_keys set wrapped = x'' where id = ? and wrapped <> x''");
  const bury = undertaker(db);
  const changes = ({ changes: rows }: { readonly changes: number | bigint }) => Number(rows);
  const work = (round: Round) => {
    if ('add' in round) return round.add.map(add);
    if ('destroy' in round) return round.destroy.map((owner) => changes(destroy.run(...owner)));
    if ('wrap' in round) return round.wrap.map((values) => changes(wrap.run(...values)));
    if ('kill' in round) return round.kill.map((id) => changes(kill.run(id)));
    return [bury(round.bury)];
  };
  return (round) => transaction(db, () => work(round));
}

/**
 * Adds a row: 1 when it was added, 0 where the subject has a key already, or where the epoch died meanwhile. What is left
 * of a dead epoch or organisation is no key and makes room.
 */
function keyAdder(db: DatabaseSync): (row: KeyValues) => number {
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
  return (row) => {
    const [, , organisation, kind, subject, slot] = row;
    clear.run(organisation, kind, subject, slot);
    return Number(add.run(...row).changes);
  };
}

/** Removes rows below what was killed, at most so many, and at last what was killed; answers how many it removed. */
function undertaker(db: DatabaseSync): (limit: number) => number {
  const dead = `
    select id from epoch_keys where wrapped = x''
    union select e.id from organisation_keys o join epoch_keys e on e.organisation_key_id = o.id where o.wrapped = x''`;
  const content = db.prepare(`
    delete from content_keys where id in (
      select id from content_keys where epoch_key_id in (${dead}) limit ?)`);
  const epochs = db.prepare(`delete from epoch_keys where id in (select id from (${dead}) limit ?)`);
  const organisations = db.prepare("delete from organisation_keys where wrapped = x''");
  return (limit) => {
    const removed = Number(content.run(limit).changes) || Number(epochs.run(limit).changes);
    return removed || Number(organisations.run().changes);
  };
}

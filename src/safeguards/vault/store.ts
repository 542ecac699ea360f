import { DatabaseSync } from 'node:sqlite';
import { guarded, unavailable } from './failures.ts';
import { schema, schemaVersion } from './schema.ts';
import { prepareStatements, type Statements } from './statements.ts';

/** The SQLite file with the wrapped keys. Synchronous: a transaction waits for nothing but the disk. */
export type Store = Statements & {
  /** Runs `work` in one write transaction; what it wrote is on the disk when this returns, or none of it is. */
  write<T>(work: () => T): T;
  close(): void;
};

/**
 * Opens the file, or memory as `:memory:`, and makes the tables where there are none. Another process may have
 * the same file open: a writer waits up to 5 s for it. Throws `keystore-unavailable` or `disk-full`.
 */
export function openStore(file: string): Store {
  return guarded(() => {
    const db = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
    try {
      forgetWell(db, file === ':memory:' ? 'memory' : 'truncate');
      const write = writer(db);
      write(() => prepareSchema(db));
      return { ...prepareStatements(db), write, close: () => db.close() };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/**
 * Makes deletion mean it (measured in facts: security §1.C): freed bytes are zeroed, the journal is emptied at
 * commit, nothing spills to temporary files. PERSIST and WAL would keep deleted keys. A refusal is an error.
 */
function forgetWell(db: DatabaseSync, journal: 'memory' | 'truncate'): void {
  db.exec('pragma temp_store = memory; pragma synchronous = full; pragma fullfsync = on; pragma trusted_schema = off');
  const secure = db.prepare('pragma secure_delete = on').get();
  const kept = db.prepare('pragma journal_mode = truncate').get();
  if (secure?.['secure_delete'] !== 1 || kept?.['journal_mode'] !== journal) {
    throw unavailable(
      'SQLite does not overwrite deleted keys on this file system. Move SOTTO_DATA_DIR to a local disk.',
    );
  }
}

function prepareSchema(db: DatabaseSync): void {
  const version = Number(db.prepare('pragma user_version').get()?.['user_version']);
  if (version > schemaVersion) throw unavailable('A newer Sotto made this keystore. Start that version.');
  if (version === 0) db.exec(schema);
}

function writer(db: DatabaseSync): Store['write'] {
  return (work) =>
    guarded(() => {
      db.exec('begin immediate');
      try {
        const result = work();
        db.exec('commit');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('rollback');
        throw error;
      }
    });
}

import { DatabaseSync } from 'node:sqlite';
import { forgetWell, keyAdder, patienceMs, transaction } from './connection.ts';
import { guarded, unavailable } from './failures.ts';
import { keyWriter, type KeyWriter } from './key-writer.ts';
import { schema, schemaVersion } from './schema.ts';
import { prepareStatements, type Statements } from './statements.ts';

/**
 * The SQLite file with the wrapped keys. Reading is synchronous and waits for nothing; so is what is written seldom.
 * Content keys, of which every call makes some, go to the disk in `contentKeys` beside the event loop.
 */
export type Store = Statements & {
  /** Runs `work` in one write transaction; what it wrote is on the disk when this returns, or none of it is. */
  write<T>(work: () => T): T;
  readonly contentKeys: KeyWriter;
  close(): Promise<void>;
};

/**
 * Opens the file, or memory as `:memory:`, and makes the tables where there are none. Another process may have
 * the same file open: a writer waits up to 5 s for it. Throws `keystore-unavailable` or `disk-full`.
 */
export function openStore(file: string): Store {
  const isMemory = file === ':memory:';
  return guarded(() => {
    const db = new DatabaseSync(file, { timeout: patienceMs, enableForeignKeyConstraints: true });
    try {
      if (!forgetWell(db, isMemory ? 'memory' : 'truncate')) throw remembers();
      const write = <T>(work: () => T) => guarded(() => transaction(db, work));
      write(() => prepareSchema(db));
      const contentKeys = isMemory ? writerInMemory(db) : keyWriter(file);
      const close = async () => {
        await contentKeys.close();
        db.close();
      };
      return { ...prepareStatements(db), write, contentKeys, close };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function remembers() {
  return unavailable(
    'SQLite does not overwrite deleted keys on this file system. Move SOTTO_DATA_DIR to a local disk.',
  );
}

function prepareSchema(db: DatabaseSync): void {
  const version = Number(db.prepare('pragma user_version').get()?.['user_version']);
  if (version > schemaVersion) throw unavailable('A newer Sotto made this keystore. Start that version.');
  if (version === 0) db.exec(schema);
}

/** A database in memory belongs to its connection, and there is no disk to wait for. */
function writerInMemory(db: DatabaseSync): KeyWriter {
  const add = keyAdder(db);
  return {
    add: async (rows) => guarded(() => add(rows)),
    isBusy: () => false,
    idle: async () => {},
    close: async () => {},
  };
}

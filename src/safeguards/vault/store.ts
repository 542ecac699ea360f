import { DatabaseSync } from 'node:sqlite';
import { forgetWell, patienceMs, roundWorker, transaction } from './connection.ts';
import type { Id } from '#base';
import { guarded, unavailable } from './failures.ts';
import { keyWriter, type KeyWriter } from './key-writer.ts';
import { prepareDeaths, type Deaths } from './dying.ts';
import { bytes, text, type Row } from './rows.ts';
import { schemaFrom, schemaVersion } from './schema.ts';
import { prepareStatements, type Statements } from './statements.ts';

/**
 * The SQLite file with the wrapped keys. Reading is synchronous and waits for nothing; so is what is written seldom.
 * Content keys, of which every call makes some, go to the disk in `contentKeys` beside the event loop, and so do those that
 * end many at once.
 */
export type Store = Statements &
  Deaths & {
    /** Runs `work` in one write transaction; what it wrote is on the disk when this returns, or none of it is. */
    write<T>(work: () => T): T;
    readonly contentKeys: KeyWriter;
    close(): Promise<void>;
  };

/**
 * Opens the file, or memory as `:memory:`, and makes the tables where there are none. Another process may have
 * the same file open: a writer waits up to 5 s for it. Tables of an older program are brought to the present form; the
 * first ones had no seed and want it here, wrapped. Throws `keystore-unavailable` or `disk-full`.
 */
export function openStore(file: string, seed?: FirstSeed): Store {
  const isMemory = file === ':memory:';
  return guarded(() => {
    const db = new DatabaseSync(file, { timeout: patienceMs, enableForeignKeyConstraints: true });
    try {
      if (!forgetWell(db, isMemory ? 'memory' : 'truncate')) throw remembers();
      const write = <T>(work: () => T) => guarded(() => transaction(db, work));
      write(() => prepareSchema(db, seed));
      const contentKeys = isMemory ? writerInMemory(db) : keyWriter(file);
      const close = async () => {
        await contentKeys.close();
        db.close();
      };
      return { ...prepareStatements(db), ...prepareDeaths(db), write, contentKeys, close };
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

/** What the first version of the tables lacked, and where its root key came from. */
export type FirstSeed = { readonly wrapped: Buffer; readonly provider: string };

/** What a keystore of version 1 says of itself; undefined when the file is none of that version. */
export function firstVersionOf(file: string): { readonly id: Id; readonly sentinel: Buffer } | undefined {
  return guarded(() => {
    // Not read only: what a killed process left half written is undone by whoever reads first.
    const db = new DatabaseSync(file, { timeout: patienceMs });
    try {
      forgetWell(db, 'truncate');
      if (versionOf(db) !== 1) return undefined;
      const row = db.prepare('select i.id, r.sentinel from installation i join roots r').get() as Row | undefined;
      return row && { id: text(row, 'id'), sentinel: bytes(row, 'sentinel') };
    } finally {
      db.close();
    }
  });
}

function prepareSchema(db: DatabaseSync, seed: FirstSeed | undefined): void {
  const version = versionOf(db);
  if (version > schemaVersion) throw unavailable('A newer Sotto made this keystore. Start that version.');
  if (version < schemaVersion) db.exec(schemaFrom(version));
  if (version === 1 && seed) db.prepare('update roots set seed = ?, provider = ?').run(seed.wrapped, seed.provider);
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('pragma user_version').get()?.['user_version']);
}

/** A database in memory belongs to its connection, and there is no disk to wait for. */
function writerInMemory(db: DatabaseSync): KeyWriter {
  const work = roundWorker(db);
  return {
    run: async (round) => guarded(() => work(round)),
    isBusy: () => false,
    idle: async () => {},
    close: async () => {},
  };
}

import {
  jsonLog,
  openDb,
  openHttp,
  systemClock,
  systemRandom,
  type Config,
  type Ctx,
  type Db,
  type DbRole,
  type Log,
  type OpenHttp,
} from '#base';
import { startDatabase, tenantKey, type Database } from '#database';
import { ensureInstance } from '#safeguards/accounts';
import { cryptoSelfTest, openKeystore } from '#safeguards/vault';

/** The senses of a running product, and the databases of its other roles. Closed in the reverse order of opening. */
export type Senses = {
  readonly ctx: Ctx & { readonly http: OpenHttp };
  readonly jobs: Db;
  readonly prove: Db;
  readonly database: Database;
  close(): Promise<void>;
};

/** Log lines as JSON on standard error, so that standard output stays the command's own. */
export function processLog(write: (line: string) => void): Log {
  return jsonLog(write, () => systemClock.now());
}

/**
 * Opens everything an installation stands on, in the order that keeps mistakes harmless: cryptography is tested first,
 * the keystore proves the root key before PostgreSQL is touched, and PostgreSQL proves isolation before anyone signs in.
 */
export async function openSenses(config: Config, log: Log): Promise<Senses> {
  await cryptoSelfTest();
  log('boot.self-tested');
  const senses = { config, clock: systemClock, random: systemRandom, log };
  const keys = await openKeystore(senses);
  const database = await startDatabase({ ...senses, derive: keys.derive }).catch(async (error: unknown) => {
    await keys.close();
    throw error;
  });
  const open = (role: DbRole, readOnly = false): Db =>
    openDb({ connection: database.connection(role), role, tenantKey: tenantKey(keys.derive), readOnly });
  const db = open('app');
  const jobs = open('jobs');
  const prove = open('prove');
  const close = async () => {
    await Promise.all([db.close(), jobs.close(), prove.close()]);
    await database.stop();
    await keys.close();
  };
  const ctx = { ...senses, keys, db, http: openHttp({ config, log }) };
  try {
    await ensureInstance(ctx);
  } catch (error) {
    await close();
    throw error;
  }
  return { ctx, jobs, prove, database, close };
}


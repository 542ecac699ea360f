import {
  openDb,
  openHttp,
  systemClock,
  systemRandom,
  type Config,
  type Ctx,
  type Db,
  type DbRole,
  type Log,
  type SocketWatch,
  watchSockets,
  type Egress,
} from '#base';
import { connectionOf, openBoard, startDatabase, tenantKey, type Board, type Database } from '#database';
import { ensureInstance } from '#safeguards/accounts';
import { reach } from '#safeguards/audit';
import { egressBooks, openRegister, refuseHeld, type Register } from '#safeguards/register';
import { cryptoSelfTest, openKeystore } from '#safeguards/vault';

/** The senses of a running product, and the databases of its other roles. Closed in the reverse order of opening. */
export type Senses = {
  readonly ctx: Ctx & { readonly http: Egress };
  readonly jobs: Db;
  readonly prove: Db;
  readonly database: Database;
  /** Where this process tells the others, and itself, what has changed. */
  readonly board: Board;
  /** Signs in as the owner of the schema: for proofs that change structure and roll it back. Close it when they are done. */
  owner(): Db;
  /** Every connection this process opens, by who may have. */
  readonly sockets: SocketWatch;
  /** Whom these settings hold back: the way out refuses them. */
  readonly register: Register;
  /** Keeps what the way out counts; what is left is kept when they are closed. */
  readonly books: ReturnType<typeof egressBooks>;
  close(): Promise<void>;
};

/**
 * Opens everything an installation stands on, in the order that keeps mistakes harmless: cryptography is tested first,
 * the keystore proves the root key before PostgreSQL is touched, and PostgreSQL proves isolation before anyone signs in.
 * `isForProof`: nobody is served, and isolation is one of the things to be looked at.
 */
export async function openSenses(
  config: Config,
  log: Log,
  { isForProof = false }: { readonly isForProof?: boolean } = {},
): Promise<Senses> {
  await cryptoSelfTest();
  log('boot.self-tested');
  const machine = { config, clock: systemClock, random: systemRandom, log };
  const http = openHttp({ config, log });
  const keys = await openKeystore({ ...machine, http });
  const senses = { ...machine, clock: keys.time.clock };
  http.tellTime((at) => void keys.time.hear(at).catch(() => {}));
  const database = await startDatabase({ ...senses, derive: keys.derive, reach, isForProof }).catch(
    async (error: unknown) => {
      await keys.close();
      throw error;
    },
  );
  const board = openBoard({ ...senses, connection: database.connection('app') });
  const open = (role: DbRole, onTold?: Board['tell']): Db =>
    openDb({
      connection: database.connection(role),
      role,
      tenantKey: tenantKey(keys.derive),
      ...(onTold && { onTold }),
    });
  const owner = () =>
    openDb({
      connection: connectionOf(database.connection('prove'), 'migrate', keys.derive),
      role: 'structure',
      tenantKey: tenantKey(keys.derive),
      poolSize: 1,
    });
  const sockets = watchSockets({ isEgress: http.opened, ...placeOf(database) });
  const db = open('app', board.tell);
  const jobs = open('jobs', board.tell);
  const prove = open('prove');
  const books = egressBooks({ ...senses, db: jobs }, http.ledger);
  const close = async () => {
    await books.flush().catch(() => {});
    await Promise.all([db.close(), jobs.close(), prove.close()]);
    await board.close();
    await http.close();
    sockets.stop();
    await database.stop();
    await keys.close();
  };
  const ctx = { ...senses, keys, db, http };
  try {
    await ensureInstance(ctx);
    const register = await openRegister({ ...ctx, db: jobs });
    http.guard(refuseHeld(register));
    return { ctx, jobs, prove, board, owner, database, sockets, register, books, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where PostgreSQL listens, when it is reached over TCP: those connections are expected. */
function placeOf(database: Database): { database?: { host: string; port: number } } {
  const { host, port } = database.connection('app');
  return host && !host.startsWith('/') && port ? { database: { host, port } } : {};
}

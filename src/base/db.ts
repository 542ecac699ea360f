import { createHmac } from 'node:crypto';
import pg from 'pg';
import { isId, type Id } from './random.ts';
import { isProblem, problem } from './problems.ts';
import type { Sql } from './sql.ts';

/** The login roles of a running Sotto. Each sees only what its work needs; none owns a table. */
export type DbRole = 'app' | 'jobs' | 'audit' | 'prove';

/** An open transaction. */
export type Tx = {
  /** All rows. Names the row's shape; the SQL must keep it. */
  rows<R>(query: Sql): Promise<R[]>;
  /** The first row, or undefined. */
  maybe<R>(query: Sql): Promise<R | undefined>;
  /** The first row; throws when there is none. */
  one<R>(query: Sql): Promise<R>;
  /** Number of rows the statement touched. */
  run(query: Sql): Promise<number>;
  /** Issues a statement whose answer nobody waits for: the commit goes right behind it, and fails with its error. */
  issue(query: Sql): void;
  /**
   * Says that a thing has changed, as the audit log names it (`call:0198…`): whoever looks at it is told once the
   * transaction has committed, and never when it has not. A hint to look again, so once too often does no harm.
   */
  tell(object: string): void;
};

/** PostgreSQL as one role. Work happens in transactions; there is no way to leave one half done. */
export type Db = {
  /**
   * Runs `work` as one organisation: row-level security admits its rows and no others until commit.
   * The tenant token is bound to this transaction (facts: security §1.A), so it cannot be replayed in another.
   */
  tenant<T>(organisation: Id, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `work` without an organisation: only the few functions that find one answer anything. */
  open<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** All rows of one statement, without an organisation and without a transaction around it: for finder functions. */
  find<R>(query: Sql): Promise<R[]>;
  close(): Promise<void>;
};

export type DbOptions = {
  readonly connection: pg.ClientConfig;
  /** Names the session. `structure` is the owner's, for counterexamples that change the schema and are rolled back. */
  readonly role: DbRole | 'structure';
  /** Key of the tenant token; PostgreSQL holds the same in a table that no runtime role can read. */
  readonly tenantKey: Buffer;
  readonly poolSize?: number;
  /** Begins every transaction read only: look-probes and reports. */
  readonly readOnly?: boolean;
  /** Hears what a transaction of an organisation told, once it has committed. Nobody waits for it, so it must be quick. */
  readonly onTold?: (organisation: Id, objects: readonly string[]) => void;
};

/**
 * How long a transaction waits for its connection, in milliseconds. Somebody on the line, or a carrier that gives up after
 * fifteen seconds, waits for those of `app`; for all others waiting is better than not being done.
 */
const connectMs = (role: DbOptions['role']) => (role === 'app' ? 5_000 : 30_000);

// int8 as number: our counts are far below 2^53, and a string would sort and add wrongly.
pg.types.setTypeParser(20, Number);

/** Opens a pool that signs in as one role. Connections are made when first needed. */
export function openDb(options: DbOptions): Db {
  const pool = new pg.Pool({
    ...options.connection,
    max: options.poolSize ?? 16,
    connectionTimeoutMillis: connectMs(options.role),
    idleTimeoutMillis: 30_000,
    // Statements that do not need each other's answers travel together.
    pipeline: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: `sotto-${options.role}`,
    options: `-c search_path=app${options.readOnly ? ' -c default_transaction_read_only=on' : ''}`,
  });
  // An idle connection that breaks is replaced at the next use; without a listener Node would exit.
  pool.on('error', () => {});
  const transaction = <T>(organisation: Id | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    withClient(pool, async (client) => {
      await start(client, freshBegin(options.readOnly ?? false), { organisation, key: options.tenantKey });
      const scope: Scope = { over: false, failed: [], told: [] };
      const result = await work(transactionOf(client, scope)).finally(() => {
        scope.over = true;
      });
      const failed = () => {
        for (const error of scope.failed) throw error;
      };
      failed();
      gatherWrites(client);
      const { command } = await client.query('commit');
      failed();
      // PostgreSQL answers the commit of a transaction that a failed statement has ended with a rollback.
      if (command !== 'COMMIT') throw new Error('a statement failed, and nothing of its transaction was kept');
      if (organisation !== undefined && scope.told.length > 0) options.onTold?.(organisation, scope.told);
      return result;
    });
  return {
    tenant: (organisation, work) => transaction(organisation, work),
    open: (work) => transaction(undefined, work),
    find: (query) => withClient(pool, (client) => transactionOf(client).rows(query)),
    close: () => pool.end(),
  };
}

/** Lends a connection; after an error what it has open is rolled back, and a broken one is thrown away. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(asUnavailable);
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    return await work(client);
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken ??= failure;
    });
    throw translate(error);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/**
 * Begins without what an earlier transaction may have left on the connection: settings of the session, and the
 * defaults that a transaction takes over when it begins.
 */
function freshBegin(readOnly: boolean): string {
  return `begin isolation level read committed ${readOnly ? 'read only' : 'read write'}; reset all`;
}

async function start(
  client: pg.PoolClient,
  begin: string,
  { organisation, key }: { readonly organisation: Id | undefined; readonly key: Buffer },
): Promise<void> {
  if (organisation === undefined) {
    await client.query(begin);
    return;
  }
  if (!isId(organisation)) throw problem('not-found', 'An organisation id is a UUID.');
  // One round trip: both statements travel in a single simple query.
  const answers = (await client.query(`${begin}; ${bindingQuery}`)) as unknown as pg.QueryResult<{ binding: string }>[];
  const token = tenantToken(key, organisation, answers.at(-1)!.rows[0]!.binding);
  gatherWrites(client);
  // Its answer is not awaited: should it fail, the transaction is aborted and every statement behind it fails as well.
  client.query({ text: "select set_config('sotto.tenant', $1, true)", values: [token] }).catch(() => {});
}

/** What a tenant token is bound to: this backend and this transaction's start, in microseconds. */
export const bindingQuery =
  "select pg_backend_pid() || '.' || (extract(epoch from transaction_timestamp()) * 1000000)::bigint as binding";

/** `organisation.binding.hmac`: what `sec.tenant()` checks. */
export function tenantToken(key: Buffer, organisation: Id, binding: string): string {
  const signed = `${organisation}.${binding}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('hex')}`;
}

/** Whether a transaction is over, what failed of which nobody awaits the answer, and what it tells. */
type Scope = { over: boolean; readonly failed: unknown[]; readonly told: string[] };

/**
 * The Tx face of a client that is inside a transaction. Statements may be issued side by side and are carried out in
 * the order they were issued. Once `scope` is over none is taken: the connection may serve another organisation then.
 */
export function transactionOf(client: pg.ClientBase, scope: Scope = { over: false, failed: [], told: [] }): Tx {
  const query = ({ text, values }: Sql) => {
    if (scope.over) throw new Error('a statement came after the end of its transaction');
    gatherWrites(client);
    // Never under a name: a named statement outlives its transaction, and SQL that was injected into one organisation's
    // could put another statement in its place for the next one on this connection.
    return client.query({ text, values: [...values] });
  };
  return {
    rows: async <R>(statement: Sql) => (await query(statement)).rows as R[],
    maybe: async <R>(statement: Sql) => (await query(statement)).rows[0] as R | undefined,
    async one<R>(statement: Sql) {
      const row = (await query(statement)).rows[0] as R | undefined;
      if (row === undefined) throw new Error('a row was due and none came');
      return row;
    },
    run: async (statement) => (await query(statement)).rowCount ?? 0,
    issue(statement) {
      query(statement).catch((error: unknown) => void scope.failed.push(error));
    },
    tell: (object) => void scope.told.push(object),
  };
}

/** What is asked for in one turn of the event loop leaves in one write, and wakes PostgreSQL once. */
function gatherWrites(client: pg.ClientBase): void {
  if (!(client instanceof pg.Client)) return;
  const { stream } = client.connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  // Comes when no promise that is settled has anything left to do.
  process.nextTick(() => stream.uncork());
}

const unavailableCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
]);

function translate(error: unknown): unknown {
  if (isProblem(error)) return error;
  const { code, message } = error as { code?: string; message?: string };
  if (code === '53100')
    return problem('disk-full', 'PostgreSQL found no room on its disk. Free some, then try again.', { cause: error });
  const isLost =
    (code !== undefined && unavailableCodes.has(code)) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(message ?? '');
  return isLost ? unavailable(error) : error;
}

function asUnavailable(error: unknown): never {
  const { code } = error as { code?: string };
  if (code === '28P01' || code === '28000') {
    throw problem(
      'database-refused',
      'PostgreSQL does not accept our password: is this the root key the database was set up with?',
      { cause: error },
    );
  }
  throw unavailable(error);
}

function unavailable(cause: unknown) {
  return problem('database-unavailable', 'PostgreSQL does not answer. The request can be repeated.', { cause });
}

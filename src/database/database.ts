import pg from 'pg';
import { problem, transactionOf, type Clock, type Config, type DbRole, type Log } from '#base';
import { codeOf, inTransaction, withClient, type Connection } from './connect.ts';
import { startEmbedded } from './embedded.ts';
import { proveFunctions } from './functions.ts';
import { migrate } from './migrate.ts';
import { proveIsolation } from './prover.ts';
import { connectionOf, ensureRoles, type Derive } from './roles.ts';

type Reach = Readonly<Record<string, readonly string[]>>;

/** PostgreSQL, set up and proven: roles, schema, tenant key, isolation. */
export type Database = {
  /** How one role signs in; give it to `openDb`. */
  connection(role: DbRole): pg.ClientConfig;
  /** As PostgreSQL counts: 180004 is 18.4. */
  readonly serverVersion: number;
  readonly embedded: boolean;
  /** Stops the embedded server when nobody else uses it; leaves an external one alone. */
  stop(): Promise<void>;
};

export type DatabaseOptions = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly derive: Derive;
  /** Which tables each action of the audit log may change: what its entries cover. */
  readonly reach: Reach;
  /** For proving alone: a database that does not keep organisations apart is looked at then, and not refused. */
  readonly isForProof?: boolean;
};

const oldestVersion = 150_000;

/** The key that tenant tokens are signed with: 32 bytes. */
export function tenantKey(derive: Derive): Buffer {
  return derive('tenant-token');
}

/**
 * Starts the embedded PostgreSQL or reaches the one of SOTTO_DATABASE_URL, makes roles, applies migrations,
 * hands PostgreSQL the tenant key and what audit entries cover, and proves that organisations are kept apart.
 * Every privileged connection is closed before it returns. Safe to run in two processes at once.
 * Throws database-not-ready, -refused, -too-old, -unavailable, data-directory-busy, -foreign, disk-full,
 * isolation-broken, migration-edited, migration-unknown, port-taken.
 */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl } = options.config;
  if (databaseUrl) {
    const server = serverOf(databaseUrl);
    return { ...(await prepareDatabase(server, options)), embedded: false, stop: () => Promise.resolve() };
  }
  const { dataDir, databasePort } = options.config;
  const embedded = await startEmbedded({ ...options, dataDir, port: databasePort });
  try {
    const admin = await withOwnDatabase(embedded.admin);
    return { ...(await prepareDatabase(admin, options)), embedded: true, stop: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/**
 * Brings one database, to which `admin` leads, to where a Sotto can work in it: version, roles, schema,
 * tenant key, reach, proof. Idempotent.
 */
export async function prepareDatabase(
  admin: Connection,
  options: Omit<DatabaseOptions, 'config'>,
): Promise<Pick<Database, 'connection' | 'serverVersion'>> {
  const { clock, derive, log, reach, isForProof = false } = options;
  try {
    const serverVersion = await requireVersion(admin);
    await ensureRoles(admin, derive, log);
    const owner = connectionOf(admin, 'migrate', derive);
    const applied = await migrate(owner, clock);
    log('boot.migrated', { applied: applied.length });
    await shareTenantKey(owner, tenantKey(derive));
    await shareReach(owner, reach);
    if (!isForProof) await requireIsolation(connectionOf(admin, 'prove', derive), log);
    return { serverVersion, connection: (role) => connectionOf(admin, role, derive) };
  } catch (error) {
    if (codeOf(error) === '53100')
      throw problem('disk-full', 'PostgreSQL found no room on its disk. Free some, then start again.', {
        cause: error,
      });
    throw error;
  }
}

/** Host, port, database and TLS of a URL, as `pg` understands it, and its user as the administrator. */
function serverOf(url: string): Connection {
  const { host, port, database, user, password, ssl } = new pg.Client({ connectionString: url });
  return { host, port, database, user, password: password ?? undefined, ssl };
}

async function requireVersion(server: Connection): Promise<number> {
  return withClient(server, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::integer as version",
    );
    return newEnough(rows[0]!.version);
  });
}

/** The version, if it can carry us: `security_invoker` views came with 15. */
export function newEnough(version: number): number {
  if (version >= oldestVersion) return version;
  throw problem('database-too-old', `PostgreSQL ${Math.floor(version / 10_000)} is too old: Sotto needs 15 or newer.`);
}

async function withOwnDatabase(admin: Connection): Promise<Connection> {
  await withClient(admin, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = 'sotto'");
    if (rowCount) return;
    await client.query('create database sotto').catch((error: unknown) => {
      // Another process of this machine was faster.
      if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error;
    });
  });
  return { ...admin, database: 'sotto' };
}

/** Gives `sec.tenant()` the key as HMAC wants it (RFC 2104): padded to a block and xored with each pad. */
async function shareTenantKey(owner: Connection, key: Buffer): Promise<void> {
  const pad = (byte: number) => Buffer.alloc(64, byte).map((value, at) => value ^ (key[at] ?? 0));
  await withClient(owner, (client) =>
    client.query(
      `insert into sec.tenant_key (id, inner_pad, outer_pad) values (1, $1, $2)
       on conflict (id) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad
       where (tenant_key.inner_pad, tenant_key.outer_pad) is distinct from (excluded.inner_pad, excluded.outer_pad)`,
      [Buffer.from(pad(0x36)), Buffer.from(pad(0x5c))],
    ),
  );
}

/** So that whoever counts changes knows which entry covers which. */
async function shareReach(owner: Connection, reach: Reach): Promise<void> {
  await withClient(owner, (client) => client.query('select sec.share_reach($1)', [JSON.stringify(reach)]));
}

async function requireIsolation(prover: Connection, log: Log): Promise<void> {
  const [rows, functions] = await withClient(prover, (client) =>
    inTransaction(client, async () => {
      const tx = transactionOf(client);
      return [await proveIsolation(tx), await proveFunctions(tx)] as const;
    }),
  );
  const faults = [...rows.faults, ...functions.faults];
  if (faults.length > 0) {
    const list = faults.map(({ check, object }) => `${check}: ${object}`).join('; ');
    throw problem('isolation-broken', `The database does not keep organisations apart. ${list}`);
  }
  log('boot.proved', { checks: rows.checks + functions.checks, objects: rows.objects + functions.objects });
}

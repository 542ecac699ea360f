import pg from 'pg';
import { problem, type DbRole, type Log } from '#base';
import { codeOf, inTransaction, withClient, type Connection } from './connect.ts';
import { scramVerifier } from './scram.ts';

/** Roles that sign in: one per purpose, so that SQL injected into one has nowhere to `reset role` to. */
export const loginRoles = ['migrate', 'app', 'jobs', 'audit', 'prove'] as const;

type LoginRole = (typeof loginRoles)[number];

/** Derives 32 bytes from the root key for one purpose. */
export type Derive = (purpose: string) => Buffer;

/** Two nodes may start at once; the second waits here. The number means nothing. */
const rolesLock = 7_305_021;

/**
 * Makes the roles that are missing and lets them into this database; the rest of the world is let out of it.
 * `admin` needs CREATEROLE and must own the database; a superuser does too. Idempotent.
 * A migrating role with another password belongs to an installation with another root key: `database-refused`, and
 * nothing was changed. A running role may change its own password and defaults (PostgreSQL lets every role), so
 * injected SQL may have: they are put back and logged as `database.role-mended`.
 */
export async function ensureRoles(admin: Connection, derive: Derive, log: Log): Promise<void> {
  await withClient(admin, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select rolname as name from pg_roles where rolname like 'sotto\\_%'",
    );
    const present = new Set(rows.map((row) => row.name));
    const changed: LoginRole[] = [];
    for (const role of loginRoles) {
      if (!present.has(`sotto_${role}`) || (await signsIn(admin, role, derive))) continue;
      if (role === 'migrate' || !present.has('sotto_migrate')) throw strangers(role);
      changed.push(role);
    }
    await inTransaction(client, async () => {
      await client.query('select pg_advisory_xact_lock($1)', [rolesLock]);
      for (const role of loginRoles) await createRole(client, `sotto_${role}`, loginClause(role, derive));
      await createRole(client, 'sotto_finder', 'nologin');
      if (!present.has('sotto_finder')) await client.query('grant sotto_finder to sotto_migrate');
      for (const role of changed) await client.query(`alter role sotto_${role} ${loginClause(role, derive)}`);
      const mended = new Set([...changed.map((role) => `sotto_${role}`), ...(await resetDefaults(client))]);
      await admitRoles(client);
      for (const role of mended) log('database.role-mended', { role });
    }).catch(asTooWeak);
  });
}

/** Lets the roles, and nobody else but the owner, into the database that `client` is connected to. */
export async function admitRoles(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = pg.escapeIdentifier(rows[0]!.name);
  const names = loginRoles.map((role) => `sotto_${role}`).join(', ');
  await client.query(`revoke connect, temporary on database ${database} from public`);
  const open = await client.query("select from pg_namespace where nspname = 'public'");
  if (open.rowCount) await client.query('revoke create on schema public from public');
  await client.query(`grant connect on database ${database} to ${names}`);
  await client.query(`grant create on database ${database} to sotto_migrate`);
  await closeLargeObjects(client);
}

/**
 * Large objects know no row-level security: what one organisation's transaction writes there, another's can read.
 * Nothing here uses them. Only a superuser can take them from PUBLIC.
 */
async function closeLargeObjects(client: pg.ClientBase): Promise<void> {
  await client.query(`do $$ declare f record; begin
    if not (select rolsuper from pg_roles where rolname = current_user) then return; end if;
    for f in select p.oid::regprocedure as name from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where p.pronamespace = 'pg_catalog'::regnamespace and p.proname in (
        'lo_creat', 'lo_create', 'lo_from_bytea', 'lo_get', 'lo_import', 'lo_export', 'lo_open', 'lo_put', 'lo_truncate',
        'lo_truncate64', 'lo_unlink', 'loread', 'lowrite') and a.grantee = 0
    loop execute format('revoke execute on function %s from public', f.name); end loop;
  end $$`);
}

/** How a role signs in to the database that `server` points to. */
export function connectionOf(server: Connection, role: DbRole | 'migrate', derive: Derive): Connection {
  return { ...server, user: `sotto_${role}`, password: passwordOf(role, derive) };
}

function passwordOf(role: string, derive: Derive): string {
  return derive(`database:${role}`).toString('hex');
}

function loginClause(role: string, derive: Derive): string {
  // The salt may be derived: the password is 256 bits of key, which no table of guesses covers.
  const salt = derive(`database-salt:${role}`).subarray(0, 16);
  return `login password ${pg.escapeLiteral(scramVerifier(passwordOf(role, derive), salt))}`;
}

async function createRole(client: pg.ClientBase, name: string, clause: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount) return;
  await client.query(
    `create role ${name} ${clause} noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls`,
  );
}

/** Takes back every setting that a role would begin its sessions with. Returns the roles that had any. */
async function resetDefaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ role: string; database: string | null }>(
    `select r.rolname as role, d.datname as database from pg_db_role_setting s
     join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase
     where r.rolname like 'sotto\\_%' and (s.setdatabase = 0 or d.oid is not null)`,
  );
  for (const { role, database } of rows) {
    const where = database === null ? '' : `in database ${pg.escapeIdentifier(database)}`;
    await client.query(`alter role ${role} ${where} reset all`);
  }
  return rows.map(({ role }) => role);
}

/** Whether the role's password is ours. `database-refused` when it may not sign in from here at all. */
async function signsIn(server: Connection, role: LoginRole, derive: Derive): Promise<boolean> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connectionOf(server, role, derive) });
  client.on('error', () => {});
  const code = await client.connect().then(() => '', codeOf);
  await client.end().catch(() => {});
  // 42501: the password was right, only this database does not let the role in yet.
  if (code === '' || code === '42501') return true;
  if (code === '28P01') return false;
  throw problem(
    'database-refused',
    `PostgreSQL does not let the role sotto_${role} sign in from here: allow it with scram-sha-256 in pg_hba.conf (code ${code}).`,
  );
}

function strangers(role: LoginRole): Error {
  return problem(
    'database-refused',
    `The role sotto_${role} of this PostgreSQL belongs to an installation of Sotto with another root key. Start with that root key, use another PostgreSQL server, or drop the sotto_* roles if that installation is gone.`,
  );
}

function asTooWeak(error: unknown): never {
  if (codeOf(error) !== '42501') throw error;
  throw problem(
    'database-refused',
    'The user in SOTTO_DATABASE_URL may not set up Sotto: it needs CREATEROLE and must own the database.',
    { cause: error },
  );
}

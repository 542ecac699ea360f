import pg from 'pg';
import { problem, type DbRole } from '#base';
import { codeOf, inTransaction, withClient, type Connection } from './connect.ts';
import { scramVerifier } from './scram.ts';

/** Roles that sign in: one per purpose, so that SQL injected into one has nowhere to `reset role` to. */
export const loginRoles = ['migrate', 'app', 'jobs', 'audit', 'prove'] as const;

/** Derives 32 bytes from the root key for one purpose. */
export type Derive = (purpose: string) => Buffer;

/** Two nodes may start at once; the second waits here. The number means nothing. */
const rolesLock = 7_305_021;

/**
 * Makes the roles that are missing and lets them into this database; the rest of the world is let out of it.
 * `admin` needs CREATEROLE and must own the database; a superuser does too. Idempotent.
 * Roles that exist with another password belong to an installation with another root key:
 * `database-refused`, and nothing was changed.
 */
export async function ensureRoles(admin: Connection, derive: Derive): Promise<void> {
  await withClient(admin, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select rolname as name from pg_roles where rolname like 'sotto\\_%'",
    );
    const present = new Set(rows.map((row) => row.name));
    for (const role of loginRoles) {
      if (present.has(`sotto_${role}`)) await refuseStrangers(admin, role, derive);
    }
    await inTransaction(client, async () => {
      await client.query('select pg_advisory_xact_lock($1)', [rolesLock]);
      for (const role of loginRoles) await createRole(client, `sotto_${role}`, loginClause(role, derive));
      await createRole(client, 'sotto_finder', 'nologin');
      if (!present.has('sotto_finder')) await client.query('grant sotto_finder to sotto_migrate');
      await admitRoles(client);
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

async function refuseStrangers(server: Connection, role: (typeof loginRoles)[number], derive: Derive): Promise<void> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connectionOf(server, role, derive) });
  client.on('error', () => {});
  const code = await client.connect().then(() => '', codeOf);
  await client.end().catch(() => {});
  // 42501: the password was right, only this database does not let the role in yet.
  if (code === '' || code === '42501') return;
  if (code === '28P01') {
    throw problem(
      'database-refused',
      `The role sotto_${role} of this PostgreSQL belongs to an installation of Sotto with another root key. Start with that root key, use another PostgreSQL server, or drop the sotto_* roles if that installation is gone.`,
    );
  }
  throw problem(
    'database-refused',
    `PostgreSQL does not let the role sotto_${role} sign in from here: allow it with scram-sha-256 in pg_hba.conf (code ${code}).`,
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

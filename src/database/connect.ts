import pg from 'pg';
import { isProblem, problem } from '#base';

/** Where PostgreSQL is and as whom to sign in. The password is in memory only. */
export type Connection = pg.ClientConfig;

/** Runs `work` on one connection of its own and closes it, whatever happens. */
export async function withClient<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, application_name: 'sotto-start', ...connection });
  // A connection that breaks rejects the query in flight; without a listener Node would exit as well.
  client.on('error', () => {});
  await client.connect().catch(asRefusal);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Runs `work` between begin and commit; anything thrown rolls back. */
export async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** SQLSTATE or system error code, '' when there is none. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

const refusals: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL does not accept the user or password.',
  '28000': 'PostgreSQL does not let this user in from here: see its pg_hba.conf.',
  '3D000': 'PostgreSQL has no database of that name: create it first.',
  '42501': 'The user may not connect to this database.',
};

function asRefusal(error: unknown): never {
  if (isProblem(error)) throw error;
  const refusal = refusals[codeOf(error)];
  if (refusal) throw problem('database-refused', refusal, { cause: error });
  throw problem('database-unavailable', 'PostgreSQL does not answer where it should be.', { cause: error });
}

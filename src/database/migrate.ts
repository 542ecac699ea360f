import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { iso, problem, type Clock } from '#base';
import { inTransaction, withClient, type Connection } from './connect.ts';

/** The migrations of this program, found from where this file lies and not from where it was started. */
export const migrationsFolder = join(import.meta.dirname, '..', '..', 'migrations');

type Migration = { readonly name: string; readonly bytes: Buffer; readonly hash: Buffer };
type Applied = { readonly name: string; readonly hash: Buffer };

/** Two nodes may start at once; the second waits here and then finds nothing to do. */
const migrationsLock = 7_305_022;

const ledger = `
  create schema ledger;
  create table ledger.migrations (
    position integer primary key,
    name text not null,
    hash bytea not null check (length(hash) = 32),
    applied_at timestamptz not null
  );
  comment on table ledger.migrations is 'owner: database';
  comment on column ledger.migrations.position is 'operational: order, from 1';
  comment on column ledger.migrations.name is 'operational: file name';
  comment on column ledger.migrations.hash is 'operational: SHA-256 over the previous hash, the name and the bytes of the file';
  comment on column ledger.migrations.applied_at is 'operational: when it was applied';
  alter table ledger.migrations enable row level security;
  alter table ledger.migrations force row level security;
  create policy migrate on ledger.migrations to sotto_migrate using (true) with check (true);
`;

/**
 * Applies the `.sql` files of `folder` that the database does not have yet, in the order of their names,
 * each in a transaction of its own, as sotto_migrate. Returns the names applied.
 * `migration-edited`: a file was changed or slipped in after it, or a later one, was applied.
 * `migration-unknown`: the database has a migration that this program lacks, so it is newer.
 */
export async function migrate(
  connection: Connection,
  clock: Clock,
  folder = migrationsFolder,
): Promise<readonly string[]> {
  const files = await readMigrations(folder);
  return withClient(connection, async (client) => {
    await client.query('select pg_advisory_lock($1)', [migrationsLock]);
    const applied = await readLedger(client);
    compare(files, applied);
    const due = files.slice(applied.length);
    for (const [at, file] of due.entries())
      await apply(client, file, { position: applied.length + at + 1, now: iso(clock.now()) });
    return due.map((file) => file.name);
  });
}

/** Names the schema: the last link of the chain, as hex. */
export async function migrationsHash(folder = migrationsFolder): Promise<string> {
  return (await readMigrations(folder)).at(-1)?.hash.toString('hex') ?? '';
}

/** In order of their names. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  let previous = Buffer.alloc(32);
  const files: Migration[] = [];
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    // The zero byte keeps name and content apart: no file name holds one.
    previous = createHash('sha256').update(previous).update(name).update('\0').update(bytes).digest();
    files.push({ name, bytes, hash: previous });
  }
  return files;
}

async function readLedger(client: pg.Client): Promise<readonly Applied[]> {
  const found = await client.query("select from pg_class where oid = to_regclass('ledger.migrations')");
  if (!found.rowCount) await inTransaction(client, () => client.query(ledger));
  return (await client.query<Applied>('select name, hash from ledger.migrations order by position')).rows;
}

function compare(files: readonly Migration[], applied: readonly Applied[]): void {
  for (const [at, one] of applied.entries()) {
    const file = files[at];
    if (file && file.name === one.name && file.hash.equals(one.hash)) continue;
    if (!files.some((other) => other.name === one.name)) {
      throw problem(
        'migration-unknown',
        `The database has ${one.name}, which this program lacks. Start the version of Sotto that last used this database, or a newer one.`,
      );
    }
    throw problem(
      'migration-edited',
      `${file!.name} is not what was applied to this database. Restore the file as it was released; a change belongs into a new migration.`,
    );
  }
}

async function apply(client: pg.Client, file: Migration, as: { position: number; now: string }): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(file.bytes.toString('utf8'));
    await client.query(uncounted);
    await client.query('insert into ledger.migrations (position, name, hash, applied_at) values ($1, $2, $3, $4)', [
      as.position,
      file.name,
      file.hash,
      as.now,
    ]);
  });
}

/** What a migration changes has no audit entry: the ledger says that it was applied, and nothing else is let off. */
const uncounted = `do $$ begin
  if to_regclass('sec.changes') is not null then
    delete from sec.changes where xid = pg_current_xact_id();
  end if;
end $$`;

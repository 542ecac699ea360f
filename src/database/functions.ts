import { sql, type Tx } from '#base';
import { migrationsFolder, readMigrations } from './migrate.ts';
import type { Fault, Findings } from './prover.ts';

/** A function that a migration makes, with its body as PostgreSQL keeps it, or one that it drops. */
const statement =
  /^\s*(?:create (?:or replace )?function (?<made>\w+\.\w+)\([^;]*?\bas \$\$(?<body>.*?)\$\$|drop function (?:if exists )?(?<dropped>\w+\.\w+))/gms;

/**
 * Every function of our schemas does what the migrations of this program say, to the letter, and there is no other but
 * those of extensions. They say whose turn it is, note what changes and look past the policies: whoever replaces one gets
 * round all of that.
 * It reads the catalogue only. Faults name the function.
 */
export async function proveFunctions(tx: Pick<Tx, 'rows'>, folder = migrationsFolder): Promise<Findings> {
  const wanted = await delivered(folder);
  const found = await tx.rows<{ name: string; body: string }>(sql`
    select n.nspname || '.' || p.proname as name, p.prosrc as body
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('app', 'sec', 'ledger') and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    order by 1`);
  const faults = found.flatMap(({ name, body }): readonly Fault[] => {
    if (!wanted.has(name)) return [{ check: 'function-unknown', object: name }];
    return wanted.get(name) === body ? [] : [{ check: 'function-altered', object: name }];
  });
  const there = new Set(found.map(({ name }) => name));
  const missing = [...wanted.keys()].filter((name) => !there.has(name));
  return {
    faults: [...faults, ...missing.map((object) => ({ check: 'function-missing', object }))],
    checks: 3,
    objects: wanted.size,
  };
}

/** What is left when all migrations have run: body by name. */
async function delivered(folder: string): Promise<ReadonlyMap<string, string>> {
  const steps = (await readMigrations(folder)).flatMap(({ bytes }) =>
    Array.from(
      bytes.toString('utf8').matchAll(statement),
      ({ groups }) => [groups?.['made'] ?? groups?.['dropped'] ?? '', groups?.['body']] as const,
    ),
  );
  const last = new Map(steps);
  return new Map([...last].flatMap(([name, body]) => (body === undefined ? [] : [[name, body] as const])));
}

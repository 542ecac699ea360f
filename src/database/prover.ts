import { sql, type Tx } from '#base';
import { checks, relationsInScope } from './checks.ts';

/** What a look at the catalogue found. `objects` is how many things were looked at: 0 proves nothing. */
export type Findings = {
  readonly faults: readonly Fault[];
  readonly checks: number;
  readonly objects: number;
};

/** Which check failed, and on what: names from the catalogue, never contents. */
export type Fault = { readonly check: string; readonly object: string };

/**
 * Looks in PostgreSQL's catalogue for every known way round row-level security (`checks.ts`). It reads only,
 * so any role may run it at any time: at boot, as a claim's probe, on a copy with a planted fault.
 */
export async function proveIsolation(tx: Tx): Promise<Findings> {
  return withPlainNames(tx, async () => {
    const faults: Fault[] = [];
    for (const { check, query } of checks) {
      const found = await tx.rows<{ object: string }>(query);
      faults.push(...found.map(({ object }) => ({ check, object })));
    }
    const { objects } = await tx.one<{ objects: number }>(sql`select count(*) as objects ${relationsInScope}`);
    return { faults, checks: checks.length, objects };
  });
}

/** With nothing but the catalogue on the search path, PostgreSQL prints every other name with its schema. */
async function withPlainNames<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { before } = await tx.one<{ before: string }>(sql`select current_setting('search_path') as before`);
  await tx.run(sql`select set_config('search_path', 'pg_catalog', true)`);
  const result = await work();
  await tx.run(sql`select set_config('search_path', ${before}, true)`);
  return result;
}

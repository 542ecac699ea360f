import { sql, type Db, type Reconciler } from '#base';

/** How often what transactions wrote down about their changes is counted. */
export const tallyEveryMs = 60_000;

/**
 * Counts for each table and day how many changes were made together with an audit entry, and how many without one. Every
 * transaction says by triggers what it changed; here it is compared, so that nobody waits for it. `db` is that of the jobs.
 */
export function changeTally({ db }: { readonly db: Pick<Db, 'find'> }): Reconciler {
  return {
    name: 'change-tally',
    everyMs: tallyEveryMs,
    async run() {
      const [row] = await db.find<{ counted: number | null }>(sql`select sec.tally_changes() as counted`);
      return row?.counted ?? 0;
    },
  };
}

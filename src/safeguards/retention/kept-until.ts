import { iso, sql, type Clock, type Id, type Sql, type Tx } from '#base';
import { goneToBy, keepingOf, type Keeping, type Passing } from './keeping.ts';

/**
 * Until when (milliseconds) the content of a call is kept; null while the call goes on. From that instant on no read
 * shows it; its key is destroyed a moment later.
 */
export function keptUntil({ endedAt }: { readonly endedAt: number | null }, keeping: Keeping): number | null {
  if (endedAt === null) return null;
  return endedAt <= keeping.goneTo.calls ? endedAt : endedAt + keeping.windows.calls.ms;
}

/** What is still in its time at this moment, for reads of one organisation. */
export type InTime = {
  readonly keeping: Keeping;
  /** Whether what was said in a call may be shown. Of a call that goes on it may. */
  call(row: { readonly endedAt: number | null }): boolean;
  /** The condition of a row of that kind that is in its time; `at` is the column that tells when its time began. */
  where(what: Passing, at: Sql): Sql;
};

/** Looks up once what a read may show; past its time is past its time, whether it has been deleted yet or not. */
export async function inTime({ clock }: { readonly clock: Clock }, tx: Tx, organisation: Id): Promise<InTime> {
  const keeping = await keepingOf(tx, organisation);
  const gone = goneToBy(keeping, clock.now());
  return {
    keeping,
    call: ({ endedAt }) => endedAt === null || endedAt > gone.calls,
    where: (what, at) => sql`(${at} is null or ${at} > ${iso(gone[what])}::timestamptz)`,
  };
}

import { pageOf, pageQuery, sql, type Ctx, type Page, type PageRequest } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { Status } from './claim.ts';
import { madeHere, notMadeHere, type LookRow } from './look.ts';

/** A turn of a claim: the look with which its status became another one. Times in milliseconds. */
export type Turn = {
  readonly at: number;
  readonly status: Status;
  readonly checked: number;
  readonly why: string;
  /** When the next turn came; null while it is as this one says. */
  readonly until: number | null;
};

/**
 * When the status of a claim became what, newest first, since the first look at it. A turn is never forgotten; one that
 * this program did not write says so. Throws `cursor-invalid`, `input-invalid`.
 */
export async function claimHistory(
  { db, keys }: { readonly db: Pick<Ctx['db'], 'tenant'>; readonly keys: Ctx['keys'] },
  claim: string,
  page: PageRequest,
): Promise<Page<Turn>> {
  const { after, take } = pageQuery(sql`at`, page);
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<Row>(sql`
      with looks as (
        select id, claim, at, status, checked, why, can_fail, took_ms, mac, lag(status) over (order by at, id) as before
        from app.evidence where organisation_id = ${instanceId} and claim = ${claim}),
      turns as (
        select looks.*, lead(at) over (order by at, id) as until
        from looks where before is distinct from status)
      select id, claim, at, status, checked, why, can_fail, took_ms, mac, until from turns where true ${after}
      order by at desc, id desc limit ${take}`),
  );
  const isOurs = madeHere({ keys });
  return pageOf(rows, page.limit, {
    at: ({ at }) => at.getTime(),
    view: (row) => {
      const { status, checked, why } = isOurs(row) ? row : notMadeHere;
      return { at: row.at.getTime(), status, checked, why, until: row.until?.getTime() ?? null };
    },
  });
}

type Row = LookRow & { readonly until: Date | null };

import {
  ofAll,
  ofCalls,
  problem,
  sql,
  type Ctx,
  type Id,
  type PageRequest,
  type Personal,
  type Sql,
  type Tx,
} from '#base';
import type { Asking } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { inTime, isForgotten, numberMasked } from '#safeguards/retention';
import { unsealKept } from '#safeguards/vault';
import type { LeadView } from './leads.ts';

/** So many are counted; any more are as good as that. */
const mostCounted = 1_000;

/** How many leads nobody has contacted yet; a thousand stands for any more. */
export async function leadsWaiting(
  ctx: Pick<Ctx, 'clock'>,
  tx: Tx,
  organisation: Id,
  within: Pick<PageRequest, 'ofCalls'>,
): Promise<number> {
  const isInTime = (await inTime(ctx, tx, organisation)).where('leads', sql`created_at`);
  const { waiting } = await tx.one<{ waiting: number }>(sql`
    select count(*)::int as waiting from (
      select id from app.leads
      where organisation_id = ${organisation} and status = 'new' and ${isInTime} ${ofCalls(within)}
      limit ${mostCounted}) waiting`);
  return waiting;
}

/** Says where a lead stands. Said twice it is so once. Throws `not-found`. */
export async function changeLead(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who: { organisation, actor }, sender }: Asking,
  { id, status, ...within }: Pick<PageRequest, 'ofCalls'> & { readonly id: Id; readonly status: LeadView['status'] },
): Promise<void> {
  const found = await tx.maybe<{ id: Id; status: LeadView['status'] }>(sql`
    select id, status from app.leads
    where organisation_id = ${organisation} and id = ${id} ${ofCalls(within)} for no key update`);
  if (!found) throw problem('not-found', 'There is no such lead.');
  if (found.status === status) return;
  await tx.run(sql`update app.leads set status = ${status} where organisation_id = ${organisation} and id = ${id}`);
  const details = { from: found.status, to: status, ...sender };
  await record(ctx, tx, { organisation, actor, action: 'lead.changed', object: `lead:${found.id}`, details });
}

/**
 * The number of a lead, for somebody who may see it whole; `within` names the calls it must have come of. Throws
 * `number-masked`.
 */
export async function numberOfLead(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  { id, within }: { readonly id: Id; readonly within: readonly (Sql | undefined)[] },
): Promise<{ readonly id: Id; readonly phone: Personal | null } | undefined> {
  const time = await inTime(ctx, tx, organisation);
  const row = await tx.maybe<{ id: Id; phone: Buffer | null; masked: Buffer | null; isForgotten: boolean }>(sql`
    select id, phone, masked, ${isForgotten(time)} from app.leads
    where organisation_id = ${organisation} and id = ${id} and ${time.where('leads', sql`created_at`)} ${ofAll(within)}`);
  if (row?.isForgotten && row.masked) throw numberMasked();
  return (
    row && {
      id: row.id,
      phone: await unsealKept(
        ctx,
        organisation,
        { table: 'leads', row: row.id, column: 'phone' },
        row.isForgotten ? null : row.phone,
      ),
    }
  );
}

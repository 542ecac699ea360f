import { sql, type Ctx, type Id, type Reconciler, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { lookOf, madeHere, type LookRow } from './look.ts';

/** So many looks stand in one entry. */
const mostLooks = 200;

/**
 * Writes one audit entry that commits to the oldest looks without one, in the transaction that tells the looks which it
 * is. Rows that this program did not write as looks get none. Two at once take different looks. `first`: a look that is
 * among them however many are older. `isUrgent`: the entry stands under a signed head at once, not within the minute.
 * Returns how many it took up.
 */
export async function leafLooks(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { first, isUrgent = false }: { readonly first?: Id; readonly isUrgent?: boolean } = {},
): Promise<number> {
  const waiting = await tx.rows<LookRow>(sql`
    select id, claim, at, status, checked, can_fail, took_ms, why, mac from app.evidence
    where organisation_id = ${instanceId} and entry_id is null and mac is not null
    order by id is not distinct from ${first ?? null}::uuid desc, at, id limit ${mostLooks} for update skip locked`);
  const rows = waiting.filter(madeHere(ctx));
  if (rows.length === 0) return 0;
  const entry = await record(ctx, tx, {
    organisation: instanceId,
    actor: 'system',
    action: 'claims.looked',
    object: 'claims:all',
    details: { looks: rows.map(lookOf) },
    urgent: isUrgent,
  });
  await tx.run(sql`
    update app.evidence set entry_id = ${entry}
    where organisation_id = ${instanceId} and id = any(${rows.map(({ id }) => id)})`);
  return rows.length;
}

/** Once a minute: what was looked at since the last time stands in the audit log. A change of status does not wait for it. */
export function evidenceKeeper(ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>): Reconciler {
  return {
    name: 'evidence',
    everyMs: 60_000,
    run: () => ctx.db.tenant(instanceId, (tx) => leafLooks(ctx, tx)),
  };
}

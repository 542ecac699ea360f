import { iso, sql } from '#base';
import { record } from '#safeguards/audit';
import { goneToBy, keepingOf } from './keeping.ts';
import type { Ref, SweeperCtx } from './sweeper.ts';

/**
 * Forgets who called, once every call of theirs is past its time. First the contact can no longer be found by its number,
 * so that whoever rings now becomes a new one; then its key goes, then its row. False when it has been seen meanwhile.
 */
export async function forgetContact(ctx: SweeperCtx, { organisation, id }: Ref): Promise<boolean> {
  const isHidden = await ctx.db.tenant(organisation, async (tx) => {
    const { calls } = goneToBy(await keepingOf(tx, organisation), ctx.clock.now());
    const hidden = await tx.run(sql`
      update app.contacts c set phone_index = null
      where c.organisation_id = ${organisation} and c.id = ${id} and (c.phone_index is null or c.seen_at <= ${iso(calls)})
        and not exists (select from app.calls x where x.organisation_id = ${organisation} and x.contact_id = ${id})`);
    return hidden > 0;
  });
  if (!isHidden) return false;
  await ctx.keys.destroy({ organisation, kind: 'person', id });
  return ctx.db.tenant(organisation, async (tx) => {
    for (const part of whereLinked) await tx.run(part(organisation, id));
    const gone = await tx.run(sql`delete from app.contacts where organisation_id = ${organisation} and id = ${id}`);
    if (gone === 0) return false;
    await record(ctx, tx, { organisation, actor: 'system', action: 'contact.deleted', object: `contact:${id}` });
    return true;
  });
}

const whereLinked = [
  (organisation: string, id: string) =>
    sql`update app.messages set contact_id = null where organisation_id = ${organisation} and contact_id = ${id}`,
  (organisation: string, id: string) =>
    sql`update app.leads set contact_id = null where organisation_id = ${organisation} and contact_id = ${id}`,
  (organisation: string, id: string) =>
    sql`update app.appointments set contact_id = null where organisation_id = ${organisation} and contact_id = ${id}`,
] as const;

import { readConfig, sql, type Id } from '#base';
import { askErasure, proceed } from '#safeguards/erasure';
import { phoneIndex } from '#secretary/contacts';
import { makeCall } from '../rows.ts';
import type { Side, SideCtx } from './side.ts';

/** A call that is there to be erased: it is in no list that anybody is asked about. */
export async function aCallToErase(
  ctx: SideCtx,
  { organisation, agent, ids }: Pick<Side, 'organisation' | 'agent' | 'ids'>,
): Promise<Id> {
  const line = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ lineId: Id; accountId: Id }>(sql`
      select id as "lineId", account_id as "accountId" from app.lines where organisation_id = ${organisation} limit 1`),
  );
  const call = await makeCall(ctx.db, { organisation, agentId: agent, ...line });
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.calls set state = 'ended', ended_at = ${new Date(ctx.clock.now())}
      where organisation_id = ${organisation} and id = ${call}`),
  );
  ids.add(call);
  return call;
}

/** An erasure with its interim certificate. */
export async function anErasure(ctx: SideCtx, side: Pick<Side, 'organisation' | 'agent' | 'ids'>): Promise<Id> {
  const { organisation } = side;
  const erasing = {
    ...ctx,
    config: readConfig({}),
    removeIdentity: async () => false,
    phoneIndex: (of: Id, phone: Parameters<typeof phoneIndex>[2]) => phoneIndex(ctx, of, phone),
  };
  const call = await aCallToErase(ctx, side);
  const { erasure } = await askErasure(erasing, { organisation, what: { call } });
  await proceed(erasing, erasure);
  return erasure.id;
}

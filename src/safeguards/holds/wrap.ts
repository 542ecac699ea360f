import { iso, sql, type Ctx, type Id } from '#base';
import { record } from '#safeguards/audit';
import { lockHolds } from './hold-row.ts';
import { subjectsOf, type HeldKind } from './kinds.ts';

/** Keys are wrapped so many rows at a time: one write of the keystore each. */
const atOnce = 400;

type Item = { readonly hold_id: Id; readonly kind: HeldKind; readonly item_id: Id };
type Released = Item & { readonly day: string; readonly is_held: boolean };

/**
 * Puts the keys of what is held, and is not yet known to be, under the key of holds. It is written down only afterwards,
 * so that whatever breaks it off is done again. Returns how many rows.
 */
export async function wrapItems(ctx: Pick<Ctx, 'db' | 'clock' | 'keys'>, organisation: Id): Promise<number> {
  return inBatches(() =>
    ctx.db.tenant(organisation, async (tx) => {
      await lockHolds(tx, organisation);
      const items = await tx.rows<Item>(sql`
        select i.hold_id, i.kind, i.item_id from app.held_items i
        join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id
        where i.organisation_id = ${organisation} and i.wrapped_at is null and h.over_at is null
        limit ${atOnce}`);
      if (items.length === 0) return 0;
      await ctx.keys.hold(items.flatMap(({ kind, item_id: id }) => subjectsOf(organisation, kind, id)));
      return tx.run(sql`
        update app.held_items i set wrapped_at = ${iso(ctx.clock.now())} from ${unnested(items)}
        where i.organisation_id = ${organisation} and i.hold_id = one.hold_id and i.kind = one.kind
          and i.item_id = one.item_id`);
    }),
  );
}

/**
 * Puts the keys of what was held by holds that are over back under the key of their day, unless another hold holds them
 * too, and forgets then that they were held. Returns how many rows.
 */
export async function releaseItems(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  organisation: Id,
): Promise<number> {
  return inBatches(() =>
    ctx.db.tenant(organisation, async (tx) => {
      await lockHolds(tx, organisation);
      const items = await tx.rows<Released>(sql`
        select i.hold_id, i.kind, i.item_id, to_char(coalesce(${dayNow}, i.day), 'YYYY-MM-DD') as day, exists (
          select from app.held_items o join app.holds x on x.organisation_id = o.organisation_id and x.id = o.hold_id
          where o.organisation_id = i.organisation_id and o.kind = i.kind and o.item_id = i.item_id
            and x.over_at is null) as is_held
        from app.held_items i
        join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id
        where i.organisation_id = ${organisation} and h.over_at is not null
        limit ${atOnce}`);
      if (items.length === 0) return 0;
      const free = items.filter(({ is_held: isHeld }) => !isHeld);
      await ctx.keys.release(
        free.flatMap(({ kind, item_id: id, day }) =>
          subjectsOf(organisation, kind, id).map((subject) => ({ subject, day })),
        ),
      );
      for (const hold of new Set(items.map(({ hold_id: id }) => id)))
        await record(ctx, tx, { organisation, actor: 'system', action: 'hold.emptied', object: `hold:${hold}` });
      return tx.run(sql`
        delete from app.held_items i using ${unnested(items)}
        where i.organisation_id = ${organisation} and i.hold_id = one.hold_id and i.kind = one.kind
          and i.item_id = one.item_id`);
    }),
  );
}

/**
 * The day on which the time of a held row begins now, where that moves: who was held rang again, an appointment was moved,
 * a call that was held while it went on has ended. Under the day of then the key would die too early.
 */
const dayNow = sql`(case i.kind
  when 'contact' then (
    select x.seen_at from app.contacts x where x.organisation_id = i.organisation_id and x.id = i.item_id)
  when 'appointment' then (
    select x.ends_at from app.appointments x where x.organisation_id = i.organisation_id and x.id = i.item_id)
  when 'call' then (
    select coalesce(x.ended_at, x.started_at) from app.calls x
    where x.organisation_id = i.organisation_id and x.id = i.item_id)
  end at time zone 'UTC')::date`;

function unnested(items: readonly Item[]) {
  return sql`unnest(${items.map((one) => one.hold_id)}::uuid[], ${items.map(({ kind }) => kind)}::text[],
    ${items.map((one) => one.item_id)}::uuid[]) as one (hold_id, kind, item_id)`;
}

async function inBatches(batch: () => Promise<number>): Promise<number> {
  let did = 0;
  for (let last = atOnce; last === atOnce; did += last) last = await batch();
  return did;
}

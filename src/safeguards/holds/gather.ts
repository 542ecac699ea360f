import { identifier, sql, type Id, type Tx } from '#base';
import { found } from './found.ts';
import { heldKinds, type HeldKind } from './kinds.ts';

const tableOf: { readonly [K in HeldKind]: string } = {
  call: 'calls',
  recording: 'recordings',
  message: 'messages',
  lead: 'leads',
  appointment: 'appointments',
  contact: 'contacts',
};

/** Takes the locks of every row that a hold holds, waiting for whoever deletes some at this moment. */
export async function lockRows(tx: Tx, organisation: Id, hold: Id): Promise<void> {
  for (const kind of heldKinds) {
    await tx.run(sql`
      select x.id from ${identifier('app', tableOf[kind])} x
      where x.organisation_id = ${organisation} and x.id = any (array(
        select f.id from (${found(kind, { organisation, holds: sql`h.id = ${hold}` })}) f))
      order by x.id for no key update`);
  }
}

/** Writes down what a hold holds and was not written down yet; returns how many rows that were. */
export async function gather(tx: Tx, organisation: Id, hold: Id): Promise<number> {
  let items = 0;
  for (const kind of heldKinds) {
    items += await tx.run(sql`
      insert into app.held_items (organisation_id, hold_id, kind, item_id, day)
      select ${organisation}, ${hold}, ${kind}, f.id, max((f.at at time zone 'UTC')::date)
      from (${found(kind, { organisation, holds: sql`h.id = ${hold}` })}) f
      where f.id <> all (array(
        select i.item_id from app.held_items i
        where i.organisation_id = ${organisation} and i.hold_id = ${hold} and i.kind = ${kind}))
      group by f.id
      on conflict do nothing`);
  }
  return items;
}

/** Whether something has come to the holds of an organisation that none of them has written down. */
export async function hasCome(tx: Tx, organisation: Id): Promise<boolean> {
  for (const kind of heldKinds) {
    const one = await tx.maybe(sql`
      select from (${found(kind, { organisation, holds: sql`h.over_at is null` })}) f
      where f.id <> all (array(
        select i.item_id from app.held_items i
        join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id and h.over_at is null
        where i.organisation_id = ${organisation} and i.kind = ${kind}))
      limit 1`);
    if (one) return true;
  }
  return false;
}

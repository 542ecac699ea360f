import { identifier, sql, type Tx } from '#base';
import { found, type OfHolds } from './found.ts';
import { heldKinds, type HeldKind } from './kinds.ts';

const tableOf: { readonly [K in HeldKind]: string } = {
  call: 'calls',
  recording: 'recordings',
  message: 'messages',
  lead: 'leads',
  appointment: 'appointments',
  contact: 'contacts',
};

/** Takes the locks of every row that these holds hold, waiting for whoever deletes some at this moment. */
export async function lockRows(tx: Tx, of: OfHolds): Promise<void> {
  for (const kind of heldKinds) {
    await tx.run(sql`
      select x.id from ${identifier('app', tableOf[kind])} x
      where x.organisation_id = ${of.organisation} and x.id in (${found(kind, of, sql`f.id`)})
      order by x.id for no key update`);
  }
}

/** Writes down what these holds hold and was not written down yet; returns how many rows that were. */
export async function gather(tx: Tx, of: OfHolds): Promise<number> {
  let items = 0;
  for (const kind of heldKinds) {
    items += await tx.run(sql`
      insert into app.held_items (organisation_id, hold_id, kind, item_id, day)
      select ${of.organisation}, f.hold_id, ${kind}, f.id, max((f.at at time zone 'UTC')::date) from (${found(kind, of)}) f
      where not exists (
        select from app.held_items i
        where i.organisation_id = ${of.organisation} and i.hold_id = f.hold_id and i.kind = ${kind} and i.item_id = f.id)
      group by f.hold_id, f.id
      on conflict do nothing`);
  }
  return items;
}

import { sql, type Tx } from '#base';
import type { Rows } from './rule.ts';

/** Clears what was left of calls after a hand-over, once their time is over: shortened numbers, and how they are named elsewhere. */
export async function forgetMasked(tx: Tx, { organisation, ids }: Rows): Promise<void> {
  await Promise.all([
    tx.run(sql`
      update app.calls set masked = null
      where organisation_id = ${organisation} and id = any (${ids}) and masked is not null`),
    tx.run(sql`
      update app.messages set masked = null
      where organisation_id = ${organisation} and call_id = any (${ids}) and masked is not null`),
    tx.run(sql`
      update app.leads set masked = null
      where organisation_id = ${organisation} and call_id = any (${ids}) and masked is not null`),
    tx.run(sql`
      update app.appointments set masked = null
      where organisation_id = ${organisation} and call_id = any (${ids}) and masked is not null`),
    tx.run(sql`
      update app.hand_overs set reference = null
      where organisation_id = ${organisation} and call_id = any (${ids}) and reference is not null`),
  ]);
}

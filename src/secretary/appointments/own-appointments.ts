import { iso, problem, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { record, type Action } from '#safeguards/audit';
import { inTime, keyLivesFrom } from '#safeguards/retention';
import { phoneIndex } from '#secretary/contacts';
import { checkTime, claimTime } from './claim-time.ts';
import type { Opening } from './opening-hours.ts';

/** An appointment as its owner may hear of it. Times in milliseconds since the epoch. */
export type OwnAppointment = {
  readonly id: Id;
  readonly agentId: Id;
  readonly startsAt: number;
  readonly endsAt: number;
};

type Own = {
  readonly organisation: Id;
  readonly id: Id;
  /** The number the owner rings from. An appointment of another number is `not-found`, as one that never was. */
  readonly phone: Personal;
  readonly callId?: Id | undefined;
};

type Acting = Pick<Ctx, 'clock' | 'random' | 'keys'>;

/** The appointments of a number that are not over, the next one first; at most 20. Those handed over have none any more. */
export async function appointmentsOf(
  ctx: Pick<Ctx, 'clock' | 'keys'>,
  tx: Tx,
  organisation: Id,
  phone: Personal,
): Promise<OwnAppointment[]> {
  const index = await phoneIndex(ctx, organisation, phone);
  const hasNumber = (await inTime(ctx, tx, organisation)).where('handOver', sql`handed_over_at`);
  const rows = await tx.rows<{ id: Id; agent_id: Id; starts_at: Date; ends_at: Date }>(sql`
    select id, agent_id, starts_at, ends_at from app.appointments
    where organisation_id = ${organisation} and phone_index = ${index} and status = 'booked'
      and ends_at > ${iso(ctx.clock.now())} and ${hasNumber}
    order by starts_at, id
    limit 20`);
  return rows.map((row) => ({
    id: row.id,
    agentId: row.agent_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
  }));
}

/**
 * Moves an appointment, keeping its length and calendar. Throws `not-found`, `slot-taken`, `slot-past`, `outside-hours`;
 * the old time is kept then, and the transaction stays usable.
 */
export async function moveAppointment(
  ctx: Acting,
  tx: Tx,
  move: Own & { readonly startsAt: number; readonly opening?: Opening | undefined },
): Promise<{ readonly id: Id; readonly startsAt: number }> {
  const { organisation, id, startsAt } = move;
  const now = ctx.clock.now();
  const index = await phoneIndex(ctx, organisation, move.phone);
  const isTheirs = sql`organisation_id = ${organisation} and id = ${id} and phone_index = ${index}
    and status = 'booked' and ends_at > ${iso(now)}`;
  const found = await tx.maybe<{ agent_id: Id; starts_at: Date; ends_at: Date }>(sql`
    select agent_id, starts_at, ends_at from app.appointments where ${isTheirs}`);
  if (!found) throw notFound();
  const endsAt = startsAt + found.ends_at.getTime() - found.starts_at.getTime();
  checkTime(now, { startsAt, endsAt }, move.opening);
  const moved = await claimTime(tx, organisation, found.agent_id, () =>
    tx.run(sql`
      update app.appointments set starts_at = ${iso(startsAt)}, ends_at = ${iso(endsAt)}, changed_at = ${iso(now)}
      where ${isTheirs}`),
  );
  if (moved === 0) throw notFound();
  await keyLivesFrom(ctx, { organisation, kind: 'appointment', id }, endsAt);
  await recordChange(ctx, tx, 'appointment.moved', move);
  return { id, startsAt };
}

/** Cancels an appointment; its time is free at once. Throws `not-found`. */
export async function cancelAppointment(ctx: Acting, tx: Tx, own: Own): Promise<void> {
  const { organisation, id } = own;
  const index = await phoneIndex(ctx, organisation, own.phone);
  const now = iso(ctx.clock.now());
  const cancelled = await tx.run(sql`
    update app.appointments set status = 'cancelled', changed_at = ${now}
    where organisation_id = ${organisation} and id = ${id} and phone_index = ${index} and status = 'booked'
      and ends_at > ${now}`);
  if (cancelled === 0) throw notFound();
  await recordChange(ctx, tx, 'appointment.cancelled', own);
}

function recordChange(ctx: Acting, tx: Tx, action: Action, { organisation, id, callId }: Own): Promise<Id> {
  const details = { callId: callId ?? null };
  return record(ctx, tx, { organisation, actor: 'caller', action, object: `appointment:${id}`, details });
}

function notFound() {
  return problem('not-found', 'This number has no such appointment.');
}

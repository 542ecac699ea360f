import { iso, newId, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { keyLivesFrom } from '#safeguards/retention';
import { phoneIndex, reachIndex } from '#secretary/contacts';
import { sealGiven } from '#safeguards/vault';
import { checkTime, claimTime } from './claim-time.ts';
import type { Opening } from './opening-hours.ts';

/** Who comes when, to whom. `startsAt` in milliseconds since the epoch. */
export type Booking = {
  readonly organisation: Id;
  readonly agentId: Id;
  readonly callId?: Id | undefined;
  readonly contactId?: Id | undefined;
  readonly startsAt: number;
  readonly minutes: number;
  readonly name?: Personal | undefined;
  /** Where to reach them. Naming a number gives it no rights. */
  readonly phone?: Personal | undefined;
  readonly reason?: Personal | undefined;
  /**
   * The number that may find, move and cancel it: the one the carrier vouches for, never one that was merely said.
   * Without it the appointment is the business's to change.
   */
  readonly ownerNumber?: Personal | undefined;
  /** When given, the appointment must lie within opening hours. */
  readonly opening?: Opening | undefined;
};

/**
 * Books an appointment. Of rivals for one time exactly one succeeds.
 * Throws `slot-taken`, `slot-past`, `outside-hours`; none of them ends the transaction.
 */
export async function book(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  booking: Booking,
): Promise<{ readonly id: Id; readonly startsAt: number }> {
  const { organisation, agentId, startsAt } = booking;
  const now = ctx.clock.now();
  const endsAt = startsAt + booking.minutes * 60_000;
  checkTime(now, { startsAt, endsAt }, booking.opening);
  const id = newId(ctx);
  const { phoneHash, name, phone, reason } = await sealPersonal(ctx, id, booking);
  const reach = await reachIndex(ctx, tx, { organisation, number: booking.phone, contactId: booking.contactId });
  await claimTime(tx, organisation, agentId, () =>
    tx.run(sql`
      insert into app.appointments (organisation_id, id, agent_id, call_id, contact_id, starts_at, ends_at, status,
        phone_index, reach_index, name, phone, reason, created_at, changed_at)
      values (${organisation}, ${id}, ${agentId}, ${booking.callId}, ${booking.contactId}, ${iso(startsAt)},
        ${iso(endsAt)}, 'booked', ${phoneHash}, ${reach}, ${name}, ${phone}, ${reason}, ${iso(now)},
        ${iso(now)})`),
  );
  await keyLivesFrom(ctx, { organisation, kind: 'appointment', id }, endsAt);
  const details = { agentId, callId: booking.callId ?? null };
  await record(ctx, tx, {
    organisation,
    actor: booking.callId ? 'caller' : 'system',
    action: 'appointment.booked',
    object: `appointment:${id}`,
    details,
  });
  return { id, startsAt };
}

async function sealPersonal(ctx: Pick<Ctx, 'random' | 'keys'>, id: Id, booking: Booking) {
  const { organisation, ownerNumber } = booking;
  // It outlives the words of the call it was made in.
  const subject = { organisation, kind: 'appointment', id } as const;
  const sealed = (column: 'name' | 'phone' | 'reason') =>
    sealGiven(ctx, subject, { table: 'appointments', row: id, column }, booking[column]);
  return {
    phoneHash: ownerNumber ? await phoneIndex(ctx, organisation, ownerNumber) : null,
    name: await sealed('name'),
    phone: await sealed('phone'),
    reason: await sealed('reason'),
  };
}

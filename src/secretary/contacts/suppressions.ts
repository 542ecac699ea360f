import { iso, newId, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { phoneIndex } from './e164.ts';

/** Why a number must not be contacted. */
export type SuppressionReason = 'asked-in-call' | 'asked-otherwise' | 'erased';

/**
 * Puts a number on the list of those never contacted again. Said twice it is kept once, with its first date and reason.
 * The list holds keyed hashes alone, so that it outlives the erasure of the person without knowing the number
 * (47 CFR § 64.1200(d)(6): a request not to be called is honoured for five years).
 */
export async function suppress(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  asked: {
    readonly organisation: Id;
    readonly phone: Personal;
    readonly reason: SuppressionReason;
    readonly callId?: Id | undefined;
  },
): Promise<void> {
  const { organisation, reason, callId } = asked;
  const id = newId(ctx);
  const index = await phoneIndex(ctx, organisation, asked.phone);
  const added = await tx.run(sql`
    insert into app.suppressions (organisation_id, id, phone_index, reason, call_id, created_at)
    values (${organisation}, ${id}, ${index}, ${reason}, ${callId}, ${iso(ctx.clock.now())})
    on conflict (organisation_id, phone_index) do nothing`);
  if (added === 0) return;
  const details = { reason, callId: callId ?? null };
  await record(ctx, tx, {
    organisation,
    actor: 'caller',
    action: 'contact.suppressed',
    object: `suppression:${id}`,
    details,
  });
}

/** Whether the number may not be contacted. Ask before anything leaves for it. */
export async function isSuppressed(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  phone: Personal,
): Promise<boolean> {
  const index = await phoneIndex(ctx, organisation, phone);
  const entry = await tx.maybe(sql`
    select id from app.suppressions where organisation_id = ${organisation} and phone_index = ${index}`);
  return entry !== undefined;
}

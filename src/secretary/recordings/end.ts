import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import type { CallName, Recorded } from '#media';
import { record } from '#safeguards/audit';
import { lockOpen, subjectOf } from './rows.ts';

/** What there is of a recording once nothing more comes. */
export type Ending = { readonly state: 'closed' | 'lost'; readonly segments: number; readonly ms: number };

/**
 * Writes down what the line says of a recording that is over. Without segments nothing of it may be kept: its key is
 * destroyed at once, and what lies in the store is removed by `recordingFinisher`. Told twice, it is done once.
 */
export async function endRecording(
  ctx: Pick<Ctx, 'keys' | 'clock' | 'random'>,
  tx: Tx,
  call: CallName,
  told: Recorded,
): Promise<void> {
  const { organisation } = call;
  const found = await lockOpen(tx, call);
  if (!found) return;
  if (told.segments === 0) await ctx.keys.destroy(subjectOf(organisation, found.id));
  else await close(ctx, tx, { organisation, id: found.id }, { state: 'closed', segments: told.segments, ms: told.ms });
}

/** Closes an open recording, with its audit entry. False when somebody else has. */
export async function close(
  ctx: Pick<Ctx, 'keys' | 'clock' | 'random'>,
  tx: Tx,
  { organisation, id }: { readonly organisation: Id; readonly id: Id },
  { state, segments, ms }: Ending,
): Promise<boolean> {
  const closed = await tx.run(sql`
    update app.recordings
    set state = ${state}, segments = ${segments}, ms = ${ms}, ended_at = ${iso(ctx.clock.now())}, next_try_at = null
    where organisation_id = ${organisation} and id = ${id} and state = 'open'`);
  if (closed === 0) return false;
  await record(ctx, tx, {
    organisation,
    actor: 'system',
    action: 'recording.ended',
    object: `recording:${id}`,
    details: { state, segments, ms },
  });
  return true;
}

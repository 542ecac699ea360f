import { iso, newId, sql, type Ctx, type Tx } from '#base';
import type { CallName, RecordingPlan } from '#media';
import { record } from '#safeguards/audit';
import { subjectSecret } from '#safeguards/vault';
import { keyPurpose, prefixOf, subjectOf } from './rows.ts';

/**
 * Begins the recording of one stream of a call: its row, its key and its audit entry. Null when the call's agent does
 * not record (the database says so, not the caller of this), or when the stream has a recording already: whoever
 * joins twice is not recorded over.
 */
export async function beginRecording(
  ctx: Pick<Ctx, 'keys' | 'clock' | 'random'>,
  tx: Tx,
  { organisation, id: callId, turn }: CallName,
): Promise<Pick<RecordingPlan, 'key' | 'prefix'> | null> {
  const id = newId(ctx);
  const { keyId, secret } = await subjectSecret(ctx, subjectOf(organisation, id), keyPurpose);
  const now = iso(ctx.clock.now());
  const made = await tx.maybe<{ enabled: boolean }>(sql`
    insert into app.recordings (organisation_id, id, call_id, stream, key_id, enabled, state, started_at, next_try_at)
    values (${organisation}, ${id}, ${callId}, ${turn}, ${keyId}, false, 'open', ${now}, ${now})
    on conflict (organisation_id, call_id, stream) do nothing
    returning enabled`);
  if (!made?.enabled) {
    await tx.run(sql`delete from app.recordings where organisation_id = ${organisation} and id = ${id}`);
    await ctx.keys.destroy(subjectOf(organisation, id));
    return null;
  }
  await record(ctx, tx, { organisation, actor: 'system', action: 'recording.begun', object: `recording:${id}` });
  return { key: secret.toString('base64'), prefix: prefixOf(organisation, id) };
}

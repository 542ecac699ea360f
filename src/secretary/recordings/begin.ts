import { iso, newId, savepoint, sql, type Ctx, type Id, type Tx } from '#base';
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
  if (!(await insertRow(ctx, tx, { organisation, id, callId, turn, keyId }))) {
    await ctx.keys.destroy(subjectOf(organisation, id));
    return null;
  }
  await record(ctx, tx, { organisation, actor: 'system', action: 'recording.begun', object: `recording:${id}` });
  return { key: secret.toString('base64'), prefix: prefixOf(organisation, id) };
}

type Row = {
  readonly organisation: Id;
  readonly id: Id;
  readonly callId: Id;
  readonly turn: number;
  readonly keyId: Buffer;
};

/** A row that turns out to be of a call that is not recorded was never there: no change is left that wants an entry. */
class NotEnabled extends Error {}

async function insertRow({ clock }: Pick<Ctx, 'clock'>, tx: Tx, row: Row): Promise<boolean> {
  const { organisation, id, callId, turn, keyId } = row;
  const now = iso(clock.now());
  const insert = async () => {
    const made = await tx.maybe<{ enabled: boolean }>(sql`
      insert into app.recordings (organisation_id, id, call_id, stream, key_id, enabled, state, started_at, next_try_at)
      values (${organisation}, ${id}, ${callId}, ${turn}, ${keyId}, false, 'open', ${now}, ${now})
      on conflict (organisation_id, call_id, stream) do nothing
      returning enabled`);
    if (!made?.enabled) throw new NotEnabled();
    return true;
  };
  return savepoint(tx, insert).catch((error: unknown) => {
    if (error instanceof NotEnabled) return false;
    throw error;
  });
}

import { outside, sql, type Id } from '#base';
import type { ObjectStore } from '#adapters/objects';
import { record, type Actor } from '#safeguards/audit';
import { prefixOf, subjectOf, type RecordingCtx } from './rows.ts';

/** Objects that are deleted at once. */
const atOnce = 8;

/**
 * Deletes a recording: its key first, which makes every copy unreadable wherever it is, then its objects, then its
 * row. Broken off anywhere it can be done again. False when there is no such recording. Throws `Outside` when the
 * object store fails or still has something afterwards.
 */
export async function deleteRecording(
  ctx: RecordingCtx,
  { organisation, id, by = 'system' }: { readonly organisation: Id; readonly id: Id; readonly by?: Actor },
): Promise<boolean> {
  await ctx.keys.destroy(subjectOf(organisation, id));
  await removeObjects(ctx.objects, prefixOf(organisation, id));
  return ctx.db.tenant(organisation, async (tx) => {
    const gone = await tx.run(sql`
      delete from app.recordings where organisation_id = ${organisation} and id = ${id}`);
    if (gone === 0) return false;
    await record(ctx, tx, { organisation, actor: by, action: 'recording.deleted', object: `recording:${id}` });
    return true;
  });
}

/** Deletes what was recorded and nothing of its row. Throws `Outside` as `deleteRecording` does. */
export function deleteSound(
  { objects }: Pick<RecordingCtx, 'objects'>,
  { organisation, id }: { readonly organisation: Id; readonly id: Id },
): Promise<void> {
  return removeObjects(objects, prefixOf(organisation, id));
}

/** Deletes every object of a recording and looks that none is left. */
export async function removeObjects(objects: ObjectStore, prefix: string): Promise<void> {
  let after: string | null | undefined;
  while (after !== null) {
    const { names, next } = await objects.list(`${prefix}/`, after === undefined ? {} : { after });
    for (let at = 0; at < names.length; at += atOnce) {
      await Promise.all(names.slice(at, at + atOnce).map((name) => objects.delete(name)));
    }
    after = next;
  }
  const left = await objects.list(`${prefix}/`, { limit: 1 });
  if (left.names.length > 0) throw outside('objects', 'refused');
}

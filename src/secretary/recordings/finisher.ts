import { errorWords, iso, isProblem, sql, type Id, type Reconciler } from '#base';
import { openSubjectSecret } from '#safeguards/vault';
import { close, type Ending } from './end.ts';
import { removeObjects } from './remove.ts';
import { findRecording, keyPurpose, prefixOf, subjectOf, type RecordingCtx, type RecordingRow } from './rows.ts';
import { survey } from './survey.ts';

/** How long a recording whose store fails stands back for the others. */
const postponedMs = 5 * 60_000;

type Ref = { readonly organisation: Id; readonly id: Id };

/**
 * Closes recordings of calls that are over and that no line has closed: the line died, its store failed, or nothing of
 * it may be kept. Counts what really lies in the store.
 */
export function recordingFinisher(ctx: RecordingCtx): Reconciler {
  return {
    name: 'recording-finisher',
    everyMs: 30_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.recordings_unfinished(${iso(ctx.clock.now())})`,
      );
      let did = 0;
      for (const row of due) did += (await attempt(ctx, { organisation: row.organisation_id, id: row.id })) ? 1 : 0;
      return did;
    },
  };
}

async function attempt(ctx: RecordingCtx, ref: Ref): Promise<boolean> {
  try {
    return await finish(ctx, ref);
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'recording-finisher', recording: ref.id, ...errorWords(error) });
    await postpone(ctx, ref);
    return false;
  }
}

async function finish(ctx: RecordingCtx, ref: Ref): Promise<boolean> {
  const { organisation, id } = ref;
  const found = await ctx.db.tenant(organisation, (tx) => findRecording(tx, organisation, id));
  if (found?.state !== 'open') return false;
  const ending = await whatIsLeft(ctx, organisation, found);
  if (ending.segments === 0) {
    await ctx.keys.destroy(subjectOf(organisation, id));
    await removeObjects(ctx.objects, prefixOf(organisation, id));
  }
  return ctx.db.tenant(organisation, (tx) => close(ctx, tx, ref, ending));
}

async function whatIsLeft(ctx: RecordingCtx, organisation: Id, { id, keyId }: RecordingRow): Promise<Ending> {
  try {
    const key = await openSubjectSecret(ctx, organisation, keyId, keyPurpose);
    return await survey(ctx.objects, key, prefixOf(organisation, id));
  } catch (error) {
    if (isProblem(error, 'content-erased')) return { state: 'lost', segments: 0, ms: 0 };
    throw error;
  }
}

async function postpone(ctx: RecordingCtx, { organisation, id }: Ref): Promise<void> {
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.recordings set next_try_at = ${iso(ctx.clock.now() + postponedMs)}
      where organisation_id = ${organisation} and id = ${id} and state = 'open'`),
  );
}

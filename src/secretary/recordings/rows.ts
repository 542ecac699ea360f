import { ofCalls, sql, type Clock, type Ctx, type Id, type KeySubject, type PageRequest, type Tx } from '#base';
import type { ObjectStore } from '#adapters/objects';
import type { CallName } from '#media';
import { inTime } from '#safeguards/retention';

/** What recordings need: the senses that keep them, and where they lie. */
export type RecordingCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'log'> & { readonly objects: ObjectStore };

/** A recording whose segments may be in the object store. */
export type RecordingRow = {
  readonly id: Id;
  readonly callId: Id;
  readonly keyId: Buffer;
  readonly state: 'open' | 'closed' | 'lost';
  readonly segments: number;
  readonly ms: number;
};

/** What the key of a recording is derived for. */
export const keyPurpose = 'recording';

/** How the objects of a recording begin. Ids tell nothing of anybody. */
export function prefixOf(organisation: Id, id: Id): string {
  return `recordings/${organisation}/${id}`;
}

export function subjectOf(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'recording', id };
}

const columns = sql`id, call_id as "callId", key_id as "keyId", state, segments, ms`;

/** The recording. Undefined when there is none of that id. */
export function findRecording(tx: Tx, organisation: Id, id: Id): Promise<RecordingRow | undefined> {
  return tx.maybe<RecordingRow>(sql`
    select ${columns} from app.recordings where organisation_id = ${organisation} and id = ${id}`);
}

/** The open recording of one stream of a call, locked. */
export function lockOpen(tx: Tx, { organisation, id, turn }: CallName): Promise<RecordingRow | undefined> {
  return tx.maybe<RecordingRow>(sql`
    select ${columns} from app.recordings
    where organisation_id = ${organisation} and call_id = ${id} and stream = ${turn} and state = 'open' for update`);
}

/** What can be played of a call and is in its time, in the order in which it was heard: a call has one recording for each stream. */
export async function playable(
  ctx: { readonly clock: Clock },
  tx: Tx,
  {
    organisation,
    callId,
    ...within
  }: Pick<PageRequest, 'ofCalls'> & { readonly organisation: Id; readonly callId: Id },
): Promise<RecordingRow[]> {
  const time = await inTime(ctx, tx, organisation);
  return tx.rows<RecordingRow>(sql`
    select ${columns} from app.recordings
    where organisation_id = ${organisation} and call_id = ${callId} and state <> 'open' and segments > 0
      and ${time.where('recordings', sql`started_at`)} and ${time.where('handOver', sql`handed_over_at`)} ${ofCalls(within)}
    order by stream limit 100`);
}

/** How much can be played of a call, in milliseconds; null when nothing can. */
export async function playableMs(...asked: Parameters<typeof playable>): Promise<number | null> {
  const rows = await playable(...asked);
  return rows.length === 0 ? null : rows.reduce((sum, { ms }) => sum + ms, 0);
}

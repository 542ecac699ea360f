import { errorWords, identifier, iso, sql, type Id, type Tx } from '#base';
import { notHeldIn } from '#safeguards/holds';
import { deleteRows, oldestOf, withoutHeld, type Aged } from '../due.ts';
import { handedOver } from '../hand-over-sweeps.ts';
import type { Due, Rows, Rule, SweepCtx } from '../rule.ts';

const recordings: Aged = { table: 'recordings', at: 'started_at', holds: 'recording' };

/** How long one whose store fails stands back for the others. */
const standBackMs = 5 * 60_000;
/** Recordings whose objects are deleted at once. */
const atOnce = 8;

export default {
  say: { en: 'Recordings of calls', es: 'Grabaciones de llamadas', pt: 'Gravações de chamadas', hi: 'कॉल की रिकॉर्डिंग' },
  subject: 'caller',
  purpose: {
    en: 'To listen to a call again.',
    es: 'Volver a escuchar una llamada.',
    pt: 'Ouvir uma chamada de novo.',
    hi: 'कॉल फिर से सुनने के लिए।',
  },
  covers: ['app.recordings.*', 'objects:recordings'],
  keeps: {
    by: 'setting',
    from: {
      en: 'when the recording began',
      es: 'cuando empezó la grabación',
      pt: 'quando a gravação começou',
      hi: 'रिकॉर्डिंग शुरू होने',
    },
    mayLastWithAccount: false,
  },
  ends: ['key', 'object', 'row'],
  sweep: {
    keys: ['recording'],
    due: (tx, due) => pick(tx, due, 'started_at'),
    oldest: (tx, organisation) => oldestOf(recordings, tx, organisation),
    elsewhere: deleteSound,
    end: removeRows,
  },
  afterHandOver: {
    ...handedOver('recordings', 'recording', sql`false`),
    keys: ['recording'],
    due: (tx, due) => pick(tx, due, 'handed_over_at'),
    elsewhere: deleteSound,
    end: removeRows,
  },
} satisfies Rule;

/** Whatever is picked stands back at once: whoever succeeds deletes the row, and nobody else tries it meanwhile. */
async function pick(
  tx: Tx,
  { organisation, until, limit, now }: Due,
  at: 'started_at' | 'handed_over_at',
): Promise<readonly Id[]> {
  const column = sql`r.${identifier(at)}`;
  const isFree = await notHeldIn(tx, organisation, 'recording', sql`r.id`);
  const rows = await tx.rows<{ id: Id }>(sql`
    update app.recordings set next_try_at = ${iso(now + standBackMs)}
    where organisation_id = ${organisation} and id in (
      select r.id from app.recordings r
      where r.organisation_id = ${organisation} and ${column} <= ${iso(until)}
        and ${isFree}
        and (r.next_try_at is null or r.next_try_at <= ${iso(now)})
      order by ${column} limit ${limit} for update skip locked)
    returning id`);
  return withoutHeld(tx, { organisation, kind: 'recording', ids: rows.map(({ id }) => id) });
}

/** A hold that came while the objects were deleted keeps the row, which tells that there was a recording. */
async function removeRows(_: SweepCtx, tx: Tx, { organisation, ids }: Rows): Promise<readonly Id[]> {
  await tx.run(sql`
    select from app.recordings where organisation_id = ${organisation} and id = any (${ids}) order by id for update`);
  const free = await withoutHeld(tx, { organisation, kind: 'recording', ids });
  return deleteRows(recordings, tx, { organisation, ids: free });
}

/** One whose store fails keeps no other from its end. */
async function deleteSound(ctx: SweepCtx, { organisation, ids }: Rows): Promise<readonly Id[]> {
  const gone: Id[] = [];
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      try {
        await ctx.deleteObjects({ organisation, id });
        gone.push(id);
      } catch (error) {
        ctx.log('reconciler.failed', { name: 'keeping', recording: id, ...errorWords(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return gone;
}

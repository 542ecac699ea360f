import { iso, sql, type Ctx, type Id, type Reconciler } from '#base';
import { record } from '#safeguards/audit';
import { merkleRoot } from '#tlog';
import { contentSubject, recipientSubject } from './mail-row.ts';

/** To whom, about what and when a mail was written is known for twelve months (RET-05), and not longer. */
export const mailLogKeptMs = 365 * 86_400_000;

/** Mails that end together. */
const mostAtOnce = 1_000;

/** Ends the log of mails written so long ago: their keys first, which ends every copy, then their rows, with a receipt. */
export function mailLogSweeper(ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>): Reconciler {
  return {
    name: 'mail-log',
    everyMs: 600_000,
    sweeps: true,
    async run() {
      const before = iso(ctx.clock.now() - mailLogKeptMs);
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.mails_before(${before}, ${mostAtOnce})`,
      );
      let did = 0;
      for (const [organisation, rows] of Map.groupBy(due, (row) => row.organisation_id)) {
        did += await end(ctx, organisation, rows.map(({ id }) => id).toSorted());
      }
      return did;
    },
  };
}

async function end(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>,
  organisation: Id,
  ids: readonly Id[],
): Promise<number> {
  const subjects = [recipientSubject, contentSubject].flatMap((subject) => ids.map((id) => subject(organisation, id)));
  for (let at = 0; at < subjects.length; at += mostAtOnce)
    await ctx.keys.destroyAll(subjects.slice(at, at + mostAtOnce));
  return ctx.db.tenant(organisation, async (tx) => {
    const gone = await tx.rows<{ id: Id }>(sql`
      delete from app.mails where organisation_id = ${organisation} and id = any (${[...ids]}::uuid[]) returning id`);
    if (gone.length === 0) return 0;
    const root = merkleRoot(gone.map(({ id }) => Buffer.from(id, 'utf8')).toSorted(Buffer.compare)).toString('hex');
    const details = { rule: 'mail-log', by: 'age', count: gone.length, root };
    const action = 'content.ended';
    await record(ctx, tx, { organisation, actor: 'system', action, object: 'rule:mail-log', details });
    return gone.length;
  });
}

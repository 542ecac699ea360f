import {
  iso,
  ofAll,
  ofCalls,
  problem,
  sql,
  type Ctx,
  type Id,
  type PageRequest,
  type Personal,
  type Sql,
  type Tx,
} from '#base';
import type { Asking } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { inTime, isForgotten, numberMasked } from '#safeguards/retention';
import { unsealKept } from '#safeguards/vault';

/** So many are counted; any more are as good as that. */
const mostCounted = 1_000;

/** How many messages wait for somebody, and how many of those are urgent; a thousand stands for any more. */
export async function messagesWaiting(
  ctx: Pick<Ctx, 'clock'>,
  tx: Tx,
  organisation: Id,
  within: Pick<PageRequest, 'ofCalls'>,
): Promise<{ readonly open: number; readonly urgent: number }> {
  const isInTime = (await inTime(ctx, tx, organisation)).where('messages', sql`created_at`);
  return tx.one(sql`
    select count(*)::int as open, count(*) filter (where urgent)::int as urgent from (
      select urgent from app.messages
      where organisation_id = ${organisation} and done_at is null and ${isInTime} ${ofCalls(within)}
      limit ${mostCounted}) waiting`);
}

/** Says that somebody has seen to a message, or that it waits again. Said twice it is so once. Throws `not-found`. */
export async function seeToMessage(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who: { organisation, actor }, sender }: Asking,
  { id, isDone, ...within }: Pick<PageRequest, 'ofCalls'> & { readonly id: Id; readonly isDone: boolean },
): Promise<void> {
  const found = await tx.maybe<{ id: Id; done_at: Date | null }>(sql`
    select id, done_at from app.messages
    where organisation_id = ${organisation} and id = ${id} ${ofCalls(within)} for no key update`);
  if (!found) throw problem('not-found', 'There is no such message.');
  if ((found.done_at !== null) === isDone) return;
  const at = isDone ? iso(ctx.clock.now()) : null;
  const by = isDone ? actor.slice(actor.indexOf(':') + 1) : null;
  await tx.run(sql`
    update app.messages set done_at = ${at}, done_by = ${by}
    where organisation_id = ${organisation} and id = ${id}`);
  const action = isDone ? 'message.done' : 'message.reopened';
  await record(ctx, tx, { organisation, actor, action, object: `message:${found.id}`, details: sender });
}

/**
 * The callback of a message, as it was given, for somebody who may see it whole; `within` names the calls it must have
 * come of. Throws `number-masked`.
 */
export async function numberOfMessage(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  { id, within }: { readonly id: Id; readonly within: readonly (Sql | undefined)[] },
): Promise<{ readonly id: Id; readonly phone: Personal | null } | undefined> {
  const time = await inTime(ctx, tx, organisation);
  const row = await tx.maybe<{ id: Id; callback: Buffer | null; masked: Buffer | null; isForgotten: boolean }>(sql`
    select id, callback, masked, ${isForgotten(time)} from app.messages
    where organisation_id = ${organisation} and id = ${id} and ${time.where('messages', sql`created_at`)} ${ofAll(within)}`);
  if (row?.isForgotten && row.masked) throw numberMasked();
  return (
    row && {
      id: row.id,
      phone: await unsealKept(
        ctx,
        organisation,
        { table: 'messages', row: row.id, column: 'callback' },
        row.isForgotten ? null : row.callback,
      ),
    }
  );
}

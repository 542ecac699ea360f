import { errorWords, iso, sql, type Ctx, type Id, type Reconciler, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { gather, hasCome } from './gather.ts';
import { holdKey, lockHolds } from './hold-row.ts';
import { endHold } from './over.ts';
import { releaseItems, wrapItems } from './wrap.ts';

export type KeeperCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'log'>;

/** Everything that is held is put under the key of holds anew so often: a key that was made since comes with it. */
const anewMs = 3_600_000;

/**
 * Sees to holds: ends those whose time is over, writes down what has come of the people that are held, keeps the keys of
 * what is held under the key of holds, and puts back what was released. Each part can be done again at any moment.
 */
export function holdKeeper(ctx: KeeperCtx): Reconciler {
  return {
    name: 'holds',
    everyMs: 10_000,
    byAge: true,
    async run() {
      const found = await ctx.db.find<{ organisation_id: Id }>(
        sql`select organisation_id from sec.holds_to_see_to(${iso(ctx.clock.now())})`,
      );
      let did = 0;
      for (const { organisation_id: organisation } of found) did += await attempt(ctx, organisation);
      return did;
    },
  };
}

/** One organisation whose holds cannot be kept keeps no other from it. */
async function attempt(ctx: KeeperCtx, organisation: Id): Promise<number> {
  try {
    return await keepHolds(ctx, organisation);
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'holds', organisation, ...errorWords(error) });
    return 0;
  }
}

async function keepHolds(ctx: KeeperCtx, organisation: Id): Promise<number> {
  const ended = await ctx.db.tenant(organisation, (tx) => endWhatIsOver(ctx, tx, organisation));
  const gathered = await ctx.db.tenant(organisation, (tx) => gatherAnew(ctx, tx, organisation));
  const wrapped = await wrapItems(ctx, organisation);
  const released = await releaseItems(ctx, organisation);
  const closed = await closeReleased(ctx, organisation);
  const forgotten = await forget(ctx, organisation);
  return ended + gathered + wrapped + released + closed + forgotten;
}

async function endWhatIsOver(ctx: KeeperCtx, tx: Tx, organisation: Id): Promise<number> {
  await lockHolds(tx, organisation);
  const now = iso(ctx.clock.now());
  const over = await tx.rows<{ id: Id; state: 'asked' | 'in-force' }>(sql`
    select id, state from app.holds
    where organisation_id = ${organisation} and over_at is null
      and (until <= ${now} or (state = 'asked' and lapses_at <= ${now}))
    for no key update`);
  for (const { id, state } of over) {
    await endHold(ctx, tx, { organisation, id, how: state === 'asked' ? 'lapsed' : 'ended' });
  }
  return over.length;
}

/** What has come since, and every hour all of it once more. */
async function gatherAnew(ctx: KeeperCtx, tx: Tx, organisation: Id): Promise<number> {
  await lockHolds(tx, organisation);
  const now = ctx.clock.now();
  const due = await tx.rows<{ id: Id }>(sql`
    update app.holds set kept_at = ${iso(now)}
    where organisation_id = ${organisation} and over_at is null and (kept_at is null or kept_at <= ${iso(now - anewMs)})
    returning id`);
  await tx.run(sql`
    update app.held_items set wrapped_at = null
    where organisation_id = ${organisation} and hold_id = any (${due.map(({ id }) => id)}::uuid[])`);
  // What is about to be released must be written down by every other hold that holds it as well.
  const isAll = (await hasCome(tx, organisation)) || (await isReleasing(tx, organisation));
  const all = isAll ? await holdsOf(tx, organisation) : due;
  let came = 0;
  for (const { id } of all) came += await gather(tx, organisation, id);
  return came;
}

async function isReleasing(tx: Tx, organisation: Id): Promise<boolean> {
  const one = await tx.maybe(sql`
    select from app.holds where organisation_id = ${organisation} and over_at is not null and released_at is null limit 1`);
  return one !== undefined;
}

function holdsOf(tx: Tx, organisation: Id): Promise<{ readonly id: Id }[]> {
  return tx.rows(sql`
    select id from app.holds where organisation_id = ${organisation} and over_at is null order by id`);
}

/** Holds that hold nothing any more: the key of the number dies; its hash too, where the hold was in force. */
async function closeReleased(ctx: KeeperCtx, organisation: Id): Promise<number> {
  const closing = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ id: Id; number_id: Id | null }>(sql`
      select h.id, h.number_id from app.holds h
      where h.organisation_id = ${organisation} and h.released_at is null and h.over_at is not null and not exists (
        select from app.held_items i where i.organisation_id = ${organisation} and i.hold_id = h.id)`),
  );
  for (const { id, number_id: numberId } of closing) {
    if (numberId !== null) await ctx.keys.destroy(holdKey(organisation, numberId));
    await ctx.db.tenant(organisation, async (tx) => {
      // What it held may be past its time long since: whoever ends that looks now.
      tx.tell(`hold:${id}`);
      await tx.run(sql`
        update app.holds set released_at = ${iso(ctx.clock.now())}, number_id = null,
          phone_index = case when approved_at is null then phone_index end
        where organisation_id = ${organisation} and id = ${id} and released_at is null`);
      await record(ctx, tx, { organisation, actor: 'system', action: 'hold.released', object: `hold:${id}` });
    });
  }
  return closing.length;
}

/** What was kept of a hold that is over for long enough. */
async function forget(ctx: KeeperCtx, organisation: Id): Promise<number> {
  const now = iso(ctx.clock.now());
  const due = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ id: Id }>(sql`
      select id from app.holds
      where organisation_id = ${organisation} and forget_at <= ${now} and released_at is not null`),
  );
  for (const { id } of due) {
    await ctx.keys.destroy(holdKey(organisation, id));
    await ctx.db.tenant(organisation, async (tx) => {
      await tx.run(sql`
        update app.holds set reason = null, phone_index = null, forget_at = null
        where organisation_id = ${organisation} and id = ${id}`);
      await record(ctx, tx, { organisation, actor: 'system', action: 'hold.forgotten', object: `hold:${id}` });
    });
  }
  return due.length;
}

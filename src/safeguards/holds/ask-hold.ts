import { iso, isProblem, newId, problem, sql, type Ctx, type Id, type Mistake, type Personal, type Tx } from '#base';
import { lockedGrants, type Asking } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { blindIndex, seal } from '#safeguards/vault';
import { gather, lockRows } from './gather.ts';
import { holdKey, lockHolds, longestMs, personOf, placeOf, rememberedMs, soughtMs } from './hold-row.ts';
import { insistOnRole } from './may.ts';
import { wrapItems } from './wrap.ts';

type Senses = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/** What is to be held: a call with what came of it, or everything of the person with that number (E.164). */
export type HoldTarget = { readonly call: Id } | { readonly person: Personal };

export type NewHold = {
  readonly target: HoldTarget;
  readonly reason: Personal;
  /** When it ends by itself (milliseconds), ten years from now at the latest. */
  readonly until: number;
};

/** So many suspend deletion at a time in one organisation at most. */
const mostAtOnce = 500;

/**
 * Asks for a hold. From the commit on nothing of what it names is deleted, for 72 hours in which another person has to
 * approve of it. It waits for deletions that are under way, and what comes after it waits for the hold.
 * Throws `session-needed` for keys, `input-invalid` for an end that is past or beyond ten years, `not-found` for a call
 * that is none, `closing-over` once the account is being erased, and `hold-not-approved` for whoever has had the same lapse lately: nobody goes on suspending alone.
 */
export async function askHold(ctx: Senses, { who, sender }: Asking, given: NewHold): Promise<Id> {
  const { organisation, actor } = who;
  const by = personOf(who);
  refuseEnd(given.until, ctx.clock.now());
  const id = newId(ctx);
  const row = await sealed(ctx, organisation, { id, ...given });
  const place = async (tx: Tx) => {
    insistOnRole(await lockedGrants(ctx, tx, who));
    await lockHolds(tx, organisation);
    const now = ctx.clock.now();
    await refuseTarget(tx, { organisation, by, now, ...row });
    await tx.run(sql`
      insert into app.holds (organisation_id, id, state, call_id, phone_index, number, number_id, reason, until, asked_at,
        asked_by, lapses_at)
      values (${organisation}, ${id}, 'asked', ${row.call}, ${row.index}, ${row.number}, ${row.numberId}, ${row.reason},
        ${iso(given.until)}, ${iso(now)}, ${by}, ${iso(now + soughtMs)})`);
    await lockRows(tx, organisation, id);
    const items = await gather(tx, organisation, id);
    const details = { what: row.call === null ? 'person' : 'call', until: iso(given.until), items, ...sender };
    await record(ctx, tx, { organisation, actor, action: 'hold.asked', object: `hold:${id}`, details });
  };
  await ctx.db.tenant(organisation, place).catch(async (error: unknown) => {
    const keys = [id, ...(row.numberId === null ? [] : [row.numberId])].map((one) => holdKey(organisation, one));
    if (isProblem(error)) await ctx.keys.destroyAll(keys);
    throw error;
  });
  await wrapItems(ctx, organisation);
  return id;
}

type Sealed = {
  readonly call: Id | null;
  readonly index: Buffer | null;
  readonly number: Buffer | null;
  readonly numberId: Id | null;
  readonly reason: Buffer;
};

async function sealed(ctx: Senses, organisation: Id, { id, target, reason }: NewHold & { id: Id }): Promise<Sealed> {
  const sealedReason = await seal(ctx, holdKey(organisation, id), placeOf(id, 'reason'), reason);
  if ('call' in target) return { call: target.call, index: null, number: null, numberId: null, reason: sealedReason };
  const numberId = newId(ctx);
  return {
    call: null,
    index: await blindIndex(ctx, organisation, 'phone', target.person),
    number: await seal(ctx, holdKey(organisation, numberId), placeOf(id, 'number'), target.person),
    numberId,
    reason: sealedReason,
  };
}

function refuseEnd(until: number, now: number): void {
  if (until > now && until <= now + longestMs) return;
  const mistakes: Mistake[] = [{ at: '/until', fix: 'must be in the future and at most ten years from now' }];
  throw problem('input-invalid', 'No hold is without an end.', { mistakes });
}

type Asked = Pick<Sealed, 'call' | 'index'> & { readonly organisation: Id; readonly by: Id; readonly now: number };

async function refuseTarget(tx: Tx, { organisation, by, now, call, index }: Asked): Promise<void> {
  const state = await tx.one<{ ending: boolean; known: boolean; lapsed: boolean; active: number }>(sql`
    select exists (
        select from app.organisations o where o.id = ${organisation} and o.closes_at <= ${iso(now)}) as ending,
      ${call}::uuid is null or exists (
        select from app.calls c where c.organisation_id = ${organisation} and c.id = ${call}) as known,
      exists (
        select from app.holds h where h.organisation_id = ${organisation} and h.asked_by = ${by}
          and h.state in ('lapsed', 'withdrawn') and h.over_at > ${iso(now - rememberedMs.never)}
          and (h.call_id = ${call} or h.phone_index = ${index})) as lapsed,
      (select count(*)::int from app.holds h where h.organisation_id = ${organisation} and h.over_at is null) as active`);
  if (state.ending) throw problem('closing-over', 'Everything of this organisation is being erased.');
  if (!state.known) throw problem('not-found', 'There is no such call.');
  if (state.lapsed) {
    throw problem(
      'hold-not-approved',
      'You asked for this within the last 30 days, and nobody approved. Let somebody else ask.',
    );
  }
  if (state.active >= mostAtOnce) throw problem('rate-limited', `At most ${mostAtOnce} holds can be open at a time.`);
}

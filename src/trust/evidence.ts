import { iso, newId, sql, type Ctx, type Id, type Sql, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import type { Status, Verdict } from './claim.ts';
import { leafLooks } from './leaf-looks.ts';
import { lookMac, madeHere, notMadeHere, type LookRow } from './look.ts';
import { opaque } from './opaque.ts';
import { remarks } from './remarks.ts';

/** The newest look at a claim, with what the looks before it add. */
export type Evidence = Verdict & {
  /** When the status became what it is. */
  readonly since: number;
  /** When the counterexample was last caught. */
  readonly seenRedAt: number | undefined;
};

const keptPerClaim = 200;

/** So much of what was found is kept, in characters. */
const mostWords = 1_000;

/** How far the clocks of two nodes may differ, in milliseconds. A look dated later than that was dated by a wrong clock. */
const clockToleranceMs = 60_000;

type KeepCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/**
 * Keeps a verdict as a row of evidence, which is public: it names things by opaque ids, and the entry of a turn, which is
 * sealed, by their own. When the status is another than before, that stands in the audit log in the
 * same transaction, with every look that no entry commits to yet; the others get there within a minute. Such a look bears
 * the id of the entry that tells of its turn, so that it cannot go unnoticed. The newest 200
 * looks of a claim stay, and of older ones those where something changed, so that "failing since" never moves. Returns
 * the status before, if there was one.
 */
export async function keepEvidence(ctx: KeepCtx, verdict: Verdict): Promise<Status | undefined> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const before = (await newestOfOurs(ctx, tx, sql`claim = ${verdict.claim}`))?.status;
    const turn = before === verdict.status ? undefined : await recordTurn(ctx, tx, before, verdict);
    await insertLook(ctx, tx, { ...verdict, id: turn ?? newId(ctx) });
    await forgetOldLooks(tx, verdict.claim);
    if (turn) await leafLooks(ctx, tx, { first: turn, isUrgent: [before, verdict.status].some(isBroken) });
    return before;
  });
}

function recordTurn(ctx: KeepCtx, tx: Tx, before: Status | undefined, verdict: Verdict): Promise<Id> {
  const { claim, status, checked, why } = verdict;
  return record(ctx, tx, {
    organisation: instanceId,
    actor: 'system',
    action: 'claim.checked',
    object: `claim:${claim}`,
    details: { before: before ?? null, status, checked, why },
  });
}

async function insertLook(ctx: KeepCtx, tx: Tx, verdict: Verdict & { readonly id: Id }): Promise<void> {
  const { id, claim, status, checked, canFail } = verdict;
  const look = {
    id,
    claim,
    at: iso(verdict.at),
    status,
    checked,
    canFail,
    tookMs: Math.round(verdict.tookMs),
    why: opaque(ctx, verdict.why).slice(0, mostWords),
  };
  await tx.run(sql`
    insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms, mac)
    values (${instanceId}, ${look.id}, ${claim}, ${look.at}, ${status}, ${checked}, ${look.why}, ${canFail},
      ${look.tookMs}, ${lookMac(ctx, look)})`);
}

/**
 * Evidence dated after this instant does not count: it would hide every later look, a failing one too, until the
 * clock gets there. It is kept, since the wrong clock may be today's.
 */
function credibleAt(clock: Ctx['clock']): string {
  return iso(clock.now() + clockToleranceMs);
}

/** A promise that turns out not to be kept, or is kept again: that cannot be taken back a minute later. */
function isBroken(status: Status | undefined): boolean {
  return status === 'failing' || status === 'overdue';
}

/** So many rows may have been typed after the newest look; with more of them it counts as if there were none. */
const mostTyped = 20;

/** The newest look of which that holds, past whatever somebody typed. */
async function newestOfOurs(ctx: Pick<Ctx, 'clock' | 'keys'>, tx: Tx, holds: Sql): Promise<LookRow | undefined> {
  const rows = await tx.rows<LookRow>(sql`
    select id, claim, at, status, checked, can_fail, took_ms, why, mac from app.evidence
    where organisation_id = ${instanceId} and ${holds} and at <= ${credibleAt(ctx.clock)}
    order by at desc, id desc limit ${mostTyped}`);
  return rows.find(madeHere(ctx));
}

async function forgetOldLooks(tx: Tx, claim: string): Promise<void> {
  await tx.run(sql`
    delete from app.evidence e using (
      select id, row_number() over newest_first as age,
        (status, can_fail) is not distinct from (lag(status) over oldest_first, lag(can_fail) over oldest_first) as same
      from app.evidence where organisation_id = ${instanceId} and claim = ${claim}
      window newest_first as (order by at desc, id desc), oldest_first as (order by at, id)) looks
    where e.organisation_id = ${instanceId} and e.id = looks.id and looks.age > ${keptPerClaim} and looks.same
      and e.entry_id is not null`);
}

type Row = LookRow & {
  readonly since: Date | null;
  readonly seen_red_at: Date | null;
};

/**
 * The newest evidence of every claim that was ever looked at. Where that is a row which this program did not write, or
 * not so, it is `unknown`.
 */
export async function latestEvidence(
  ctx: Pick<Ctx, 'clock' | 'keys'> & { readonly db: Pick<Ctx['db'], 'tenant'> },
): Promise<readonly Evidence[]> {
  const until = credibleAt(ctx.clock);
  const rows = await ctx.db.tenant(instanceId, (tx) =>
    tx.rows<Row>(sql`
      with latest as (
        select distinct on (claim) id, claim, at, status, checked, why, can_fail, took_ms, mac
        from app.evidence where organisation_id = ${instanceId} and at <= ${until}
        order by claim, at desc, id desc)
      select latest.*,
        (select min(e.at) from app.evidence e
          where e.organisation_id = ${instanceId} and e.claim = latest.claim and e.status = latest.status
            and e.at >= coalesce((select max(other.at) from app.evidence other
              where other.organisation_id = ${instanceId} and other.claim = latest.claim
                and other.status <> latest.status and other.at <= ${until}), '-infinity')) as since,
        (select max(e.at) from app.evidence e
          where e.organisation_id = ${instanceId} and e.claim = latest.claim and e.can_fail
            and e.at <= ${until}) as seen_red_at
      from latest`),
  );
  const isOurs = madeHere(ctx);
  return rows.map((row) =>
    isOurs(row) ? evidenceIn(row) : { ...evidenceIn({ ...row, since: null }), ...notMadeHere, canFail: false },
  );
}

function evidenceIn(row: Row): Evidence {
  return {
    claim: row.claim,
    at: row.at.getTime(),
    status: row.status,
    checked: row.checked,
    why: row.why,
    canFail: row.can_fail,
    tookMs: row.took_ms,
    since: (row.since ?? row.at).getTime(),
    seenRedAt: row.seen_red_at?.getTime(),
  };
}

/** Whether the check noticed its counterexample. */
export type Noticed = 'noticed' | 'missed';

/**
 * What came of the last try of a claim's counterexample on this installation; undefined when there was none. A look that
 * could not try it and shows that it was missed stands for the try.
 */
export async function lastTry(
  ctx: Pick<Ctx, 'clock' | 'keys'> & { readonly db: Pick<Ctx['db'], 'tenant'> },
  claim: string,
): Promise<Noticed | undefined> {
  const isTried = sql`claim = ${claim} and (can_fail or why = ${remarks['check-does-not-work'].en})`;
  const look = await ctx.db.tenant(instanceId, (tx) => newestOfOurs(ctx, tx, isTried));
  return look && (look.can_fail ? 'noticed' : 'missed');
}

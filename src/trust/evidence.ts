import { iso, newId, sql, type Ctx, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import type { Status, Verdict } from './claim.ts';

/** The newest look at a claim, with what the looks before it add. */
export type Evidence = Verdict & {
  /** When the status became what it is. */
  readonly since: number;
  /** When the counterexample was last caught. */
  readonly seenRedAt: number | undefined;
};

const keptPerClaim = 200;

/** How far the clocks of two nodes may differ, in milliseconds. A look dated later than that was dated by a wrong clock. */
const clockToleranceMs = 60_000;

/**
 * Keeps a verdict as a row of evidence. When the status is another than before, an audit entry goes into the same
 * transaction. The newest 200 looks of a claim stay, and of older ones those where something changed, so that
 * "failing since" never moves. Returns the status before, if there was one.
 */
export async function keepEvidence(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  verdict: Verdict,
): Promise<Status | undefined> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const before = await lastStatus(tx, verdict.claim, credibleAt(ctx.clock));
    await tx.run(sql`
      insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms)
      values (${instanceId}, ${newId(ctx)}, ${verdict.claim}, ${iso(verdict.at)}, ${verdict.status}, ${verdict.checked},
        ${verdict.why}, ${verdict.canFail}, ${Math.round(verdict.tookMs)})`);
    await forgetOldLooks(tx, verdict.claim);
    if (before !== verdict.status) {
      await record(ctx, tx, {
        organisation: instanceId,
        actor: 'system',
        action: 'claim.checked',
        object: `claim:${verdict.claim}`,
        details: { before: before ?? null, status: verdict.status, checked: verdict.checked, why: verdict.why },
      });
    }
    return before;
  });
}

/**
 * Evidence dated after this instant does not count: it would hide every later look, a failing one too, until the
 * clock gets there. It is kept, since the wrong clock may be today's.
 */
function credibleAt(clock: Ctx['clock']): string {
  return iso(clock.now() + clockToleranceMs);
}

async function lastStatus(tx: Tx, claim: string, until: string): Promise<Status | undefined> {
  const row = await tx.maybe<{ status: Status }>(sql`
    select status from app.evidence where organisation_id = ${instanceId} and claim = ${claim} and at <= ${until}
    order by at desc, id desc limit 1`);
  return row?.status;
}

async function forgetOldLooks(tx: Tx, claim: string): Promise<void> {
  await tx.run(sql`
    delete from app.evidence e using (
      select id, row_number() over newest_first as age,
        (status, can_fail) is not distinct from (lag(status) over oldest_first, lag(can_fail) over oldest_first) as same
      from app.evidence where organisation_id = ${instanceId} and claim = ${claim}
      window newest_first as (order by at desc, id desc), oldest_first as (order by at, id)) looks
    where e.organisation_id = ${instanceId} and e.id = looks.id and looks.age > ${keptPerClaim} and looks.same`);
}

type Row = {
  claim: string;
  at: Date;
  status: Status;
  checked: number;
  why: string;
  can_fail: boolean;
  took_ms: number;
  since: Date | null;
  seen_red_at: Date | null;
};

/** The newest evidence of every claim that was ever looked at. */
export async function latestEvidence({
  db,
  clock,
}: {
  readonly db: Pick<Ctx['db'], 'tenant'>;
  readonly clock: Ctx['clock'];
}): Promise<readonly Evidence[]> {
  const until = credibleAt(clock);
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<Row>(sql`
      with latest as (
        select distinct on (claim) claim, at, status, checked, why, can_fail, took_ms
        from app.evidence where organisation_id = ${instanceId} and at <= ${until}
        order by claim, at desc, id desc)
      select latest.claim, at, status, checked, why, can_fail, took_ms,
        (select min(e.at) from app.evidence e
          where e.organisation_id = ${instanceId} and e.claim = latest.claim and e.status = latest.status and not exists (
            select from app.evidence other
            where other.organisation_id = ${instanceId} and other.claim = latest.claim
              and other.status <> latest.status and other.at > e.at and other.at <= ${until})) as since,
        (select max(e.at) from app.evidence e
          where e.organisation_id = ${instanceId} and e.claim = latest.claim and e.can_fail
            and e.at <= ${until}) as seen_red_at
      from latest`),
  );
  return rows.map((row) => ({
    claim: row.claim,
    at: row.at.getTime(),
    status: row.status,
    checked: row.checked,
    why: row.why,
    canFail: row.can_fail,
    tookMs: row.took_ms,
    since: (row.since ?? row.at).getTime(),
    seenRedAt: row.seen_red_at?.getTime(),
  }));
}

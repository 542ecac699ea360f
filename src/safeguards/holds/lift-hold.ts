import { iso, problem, sql, type Ctx, type Id } from '#base';
import { lockedGrants, type Asking } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { lockedHold, personOf, soughtMs, type HoldRow } from './hold-row.ts';
import { insistOnRole } from './may.ts';
import { endHold } from './over.ts';

/** What came of it: it is over, or another person has to say the same within 72 hours. */
export type Lifting = 'withdrawn' | 'asked' | 'lifted';

/**
 * Lifts a hold: one that is in force when a second person says so within 72 hours of the first; one that was only asked
 * for is withdrawn by anybody who may decide about it. Throws `session-needed`, `not-found`, `hold-over`, and
 * `second-person-needed` for whoever asked to lift it already.
 */
export async function liftHold(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  { who, sender }: Asking,
  id: Id,
): Promise<Lifting> {
  const { organisation, actor } = who;
  const by = personOf(who);
  return ctx.db.tenant(organisation, async (tx) => {
    insistOnRole(await lockedGrants(ctx, tx, who));
    const hold = await lockedHold(tx, organisation, id);
    const now = ctx.clock.now();
    const how = next(hold, by, now);
    if (how !== 'asked') {
      await endHold(ctx, tx, { organisation, id: hold.id, how, by, sender });
      return how;
    }
    await tx.run(sql`
      update app.holds set lift_asked_at = ${iso(now)}, lift_asked_by = ${by}
      where organisation_id = ${organisation} and id = ${hold.id}`);
    const object = `hold:${hold.id}` as const;
    await record(ctx, tx, { organisation, actor, action: 'hold.lift-asked', object, details: sender });
    return how;
  });
}

function next(hold: HoldRow, by: Id, now: number): Lifting {
  if (hold.over_at !== null) throw problem('hold-over', 'It is over already.');
  if (hold.state === 'asked') return 'withdrawn';
  const isAsked = hold.lift_asked_at !== null && hold.lift_asked_at.getTime() + soughtMs > now;
  if (!isAsked) return 'asked';
  if (hold.lift_asked_by !== by) return 'lifted';
  throw problem('second-person-needed', 'You asked to lift it; somebody else has to say so too.');
}

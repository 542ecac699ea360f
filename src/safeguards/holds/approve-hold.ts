import { iso, problem, sql, type Ctx, type Id } from '#base';
import { lockedGrants, type Asking } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { lockedHold, personOf } from './hold-row.ts';
import { insistOnRole } from './may.ts';

/**
 * Puts a hold into force, as another person than the one who asked for it. Throws `session-needed`, `not-found`,
 * `second-person-needed` for whoever asked, and `hold-over` when it is not waiting for anybody.
 */
export async function approveHold(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  { who, sender }: Asking,
  id: Id,
): Promise<void> {
  const { organisation, actor } = who;
  const by = personOf(who);
  await ctx.db.tenant(organisation, async (tx) => {
    insistOnRole(await lockedGrants(ctx, tx, who));
    const hold = await lockedHold(tx, organisation, id);
    const now = ctx.clock.now();
    const isWaiting = hold.state === 'asked' && hold.lapses_at.getTime() > now && hold.until.getTime() > now;
    if (!isWaiting) throw problem('hold-over', 'It does not wait to be approved: it is in force already, or over.');
    if (hold.asked_by === by) throw problem('second-person-needed', 'You asked for it; somebody else has to approve.');
    await tx.run(sql`
      update app.holds set state = 'in-force', approved_at = ${iso(now)}, approved_by = ${by}
      where organisation_id = ${organisation} and id = ${hold.id}`);
    await record(ctx, tx, { organisation, actor, action: 'hold.approved', object: `hold:${hold.id}`, details: sender });
  });
}

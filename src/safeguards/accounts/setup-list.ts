import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { record } from '#safeguards/audit';
import type { Asking } from './by.ts';

/** When the list of what is left to set up was put away; undefined while it is shown. */
export async function setupDismissedAt(tx: Tx, organisation: Id): Promise<number | undefined> {
  const row = await tx.maybe<{ dismissed_at: Date | null }>(sql`
    select dismissed_at from app.setup_lists where organisation_id = ${organisation}`);
  return row?.dismissed_at?.getTime();
}

/** Puts the list away for everybody in the organisation, or gets it out again. */
export async function dismissSetup(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who: { organisation, actor }, sender }: Asking,
  isDismissed: boolean,
): Promise<void> {
  const at = isDismissed ? iso(ctx.clock.now()) : null;
  const changed = await tx.run(sql`
    insert into app.setup_lists (organisation_id, dismissed_at) values (${organisation}, ${at})
    on conflict (organisation_id) do update set dismissed_at = excluded.dismissed_at
      where (app.setup_lists.dismissed_at is null) <> (excluded.dismissed_at is null)`);
  if (changed === 0) return;
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'setup.dismissed',
    object: `organisation:${organisation}`,
    details: { isDismissed, ...sender },
  });
}

/** How many people belong to the organisation, and how many have been invited and did not answer yet. `now` in milliseconds. */
export function teamSize(
  tx: Tx,
  organisation: Id,
  now: number,
): Promise<{ readonly people: number; readonly invited: number }> {
  return tx.one(sql`
    select
      (select count(*)::int from app.people where organisation_id = ${organisation}) as people,
      (select count(*)::int from app.invitations
        where organisation_id = ${organisation} and state = 'open' and expires_at > ${iso(now)}) as invited`);
}

import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Actor, type Details } from '#safeguards/audit';

/** Whether an organisation's own figures are public, and since when (milliseconds); never unless it wants it. */
export type FigureSetting = { readonly isPublic: boolean; readonly since: number | null };

export async function figureSetting(tx: Tx, organisation: Id, { hold = false } = {}): Promise<FigureSetting> {
  const row = await tx.maybe<{ is_public: boolean; since: Date }>(sql`
    select is_public, since from app.figure_settings
    where organisation_id = ${organisation} ${hold ? sql`for no key update` : sql``}`);
  return row ? { isPublic: row.is_public, since: row.since.getTime() } : { isPublic: false, since: null };
}

type Wish = { readonly organisation: Id; readonly isPublic: boolean; readonly by: Actor; readonly sender?: Details };

/** Makes them public from the next whole week on, or takes away at once all that was. The same again is no change. */
export async function setFigures(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, isPublic, by, sender }: Wish,
): Promise<FigureSetting> {
  const changed = await tx.run(sql`
    insert into app.figure_settings as old (organisation_id, is_public, since)
    values (${organisation}, ${isPublic}, ${iso(ctx.clock.now())})
    on conflict (organisation_id) do update set (is_public, since) = (excluded.is_public, excluded.since)
    where old.is_public <> excluded.is_public`);
  if (changed === 0) return figureSetting(tx, organisation);
  if (!isPublic) await tx.run(sql`delete from app.public_weeks where organisation_id = ${organisation}`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'figures.changed',
    object: `organisation:${organisation}`,
    details: { isPublic, ...sender },
  });
  return figureSetting(tx, organisation);
}

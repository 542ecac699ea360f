import { iso, problem, sql, type Id, type Tx } from '#base';
import { instanceId, membershipHints } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { keepingOf } from '#safeguards/retention';
import type { EraseCtx, ErasureRef } from './erasure.ts';

/**
 * Nobody comes in any more: no key, no line, no invitation counts from the commit on, and then no member. Who belongs to no
 * other organisation has no account afterwards. While a legal hold holds something it returns false: members stay, who
 * alone can lift it, and everything that is not held is past its time.
 * Throws `not-found` for an organisation that is the installation's own. Done again it does what is left.
 */
export async function shutOrganisation(ctx: EraseCtx, { organisation }: ErasureRef): Promise<boolean> {
  const isShut = await ctx.db.tenant(organisation, (tx) => shutDoors(ctx, tx, organisation));
  if (!isShut) return false;
  const identities = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ id: Id }>(sql`
      select identity_id as id from app.people where organisation_id = ${organisation} and identity_id is not null`),
  );
  for (const { id } of identities) await letGo(ctx, organisation, id);
  await ctx.db.tenant(organisation, async (tx) => {
    const gone = await tx.run(sql`delete from app.people where organisation_id = ${organisation}`);
    if (gone > 0) await noteShut(ctx, tx, organisation);
  });
  return true;
}

/** Behind the lock of the organisation, as whoever asks for a hold: one of the two comes first. */
async function shutDoors(ctx: EraseCtx, tx: Tx, organisation: Id): Promise<boolean> {
  const now = iso(ctx.clock.now());
  const row = await tx.maybe<{ kind: string }>(sql`
    select kind from app.organisations where id = ${organisation} for no key update`);
  if (!row || row.kind === 'instance' || row.kind === 'canary')
    throw problem('not-found', 'There is no such organisation, or it is the installation’s own.');
  await tx.run(sql`
    update app.organisations set closing_asked_at = least(closing_asked_at, ${now}), closes_at = least(closes_at, ${now})
    where id = ${organisation}`);
  await tx.run(sql`
    update app.api_keys set revoked_at = ${now} where organisation_id = ${organisation} and revoked_at is null`);
  await tx.run(sql`
    update app.lines set removed_at = ${now} where organisation_id = ${organisation} and removed_at is null`);
  await tx.run(sql`delete from app.invitations where organisation_id = ${organisation}`);
  const { held } = await tx.one<{ held: boolean }>(sql`
    select exists (select from app.holds where organisation_id = ${organisation} and over_at is null) as held`);
  if (held) await endContent(ctx, tx, organisation);
  await noteShut(ctx, tx, organisation);
  return !held;
}

async function noteShut(ctx: EraseCtx, tx: Tx, organisation: Id): Promise<void> {
  const object = `organisation:${organisation}` as const;
  await record(ctx, tx, { organisation, actor: 'system', action: 'organisation.closing', object });
}

/** The longest that an appointment lies ahead of us. */
const aheadMs = 3_653 * 86_400_000;

/**
 * Whatever was made until now is past its time, whatever the setting says: it is read nowhere from now on, and swept.
 * What is held is not swept.
 */
async function endContent({ clock }: Pick<EraseCtx, 'clock'>, tx: Tx, organisation: Id): Promise<void> {
  const { version, preset, windows, afterHandOver, goneTo } = await keepingOf(tx, organisation);
  const now = clock.now();
  if (goneTo.appointments > now) return;
  const gone = Object.fromEntries(
    Object.entries(goneTo).map(([what, at]) => [
      what,
      iso(what === 'handOver' ? at : what === 'appointments' ? now + aheadMs : now),
    ]),
  );
  tx.tell(`organisation:${organisation}`);
  await tx.run(sql`
    insert into app.keepings (organisation_id, version, preset, windows, after_hand_over_ms, gone_to, changed_at, changed_by)
    values (${organisation}, ${version + 1}, ${preset}, ${JSON.stringify(windows)}, ${afterHandOver},
      ${JSON.stringify(gone)}, ${iso(now)}, 'system')
    on conflict (organisation_id, version) do nothing`);
}

/** Their sessions work in it no more; who belongs nowhere else is gone altogether. */
async function letGo(ctx: EraseCtx, organisation: Id, identity: Id): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    const left = await tx.run(sql`
      update app.sessions set member_organisation_id = null, member_id = null, member_role = null
      where organisation_id = ${instanceId} and identity_id = ${identity} and member_organisation_id = ${organisation}`);
    if (left === 0) return;
    const object = `identity:${identity}` as const;
    await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'session.ended', object });
  });
  const belongs = await membershipHints(ctx, identity);
  if (belongs.some((one) => one.organisation !== organisation)) return;
  await ctx.removeIdentity(identity);
}

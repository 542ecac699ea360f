import { errorWords, iso, sql, type Id, type Reconciler, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { mailStates } from '#safeguards/notices';
import { affectedUntil, observe, observeConnected } from './observe.ts';
import type { Register } from './register.ts';
import { announce, noticesFor, type TellCtx } from './tell.ts';
import { endUnconfirmed } from './subscribers.ts';
import { openUses, type Use } from './uses.ts';
import { versionOf } from './versions.ts';

const day = 86_400_000;

/**
 * Moves what was switched on towards its day: writes the mails, keeps the proof that they went, and fixes the day once
 * everybody has been told. Other reconcilers watch what organisations connect, and forget who did not confirm.
 */
export function registerReconcilers(ctx: TellCtx, register: Register): readonly Reconciler[] {
  return [
    { name: 'register-teller', everyMs: 5_000, run: () => tellAll(ctx, register) },
    {
      name: 'register-connections',
      everyMs: 60_000,
      async run() {
        await observeConnected(ctx);
        return 0;
      },
    },
    { name: 'register-subscribers', everyMs: 600_000, sweeps: true, run: () => endUnconfirmed(ctx) },
  ];
}

async function tellAll(ctx: TellCtx, register: Register): Promise<number> {
  let did = await keepProof(ctx);
  const { uses, version } = await ctx.db.tenant(instanceId, async (tx) => ({
    uses: await openUses(tx),
    version: await versionOf(tx, instanceId),
  }));
  for (const use of uses) {
    const entry = version?.entries.find(({ id }) => id === use.processor);
    if (entry && noticesFor(use).length > 0) did += await announced(ctx, use, () => announce(ctx, use, entry));
    if (isOpen(use)) did += await fixDay(ctx, use);
  }
  await register.refresh();
  if (register.hasIdleStandIn()) await observe(ctx);
  return did;
}

async function announced({ log }: TellCtx, { id }: Use, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    log('reconciler.failed', { name: 'register-teller', use: id, ...errorWords(error) });
    return 0;
  }
}

function isOpen({ why, usableAt, withdrawnAt }: Use): boolean {
  return why === 'told' && usableAt === null && withdrawnAt === null;
}

type Notice = {
  readonly organisation_id: Id;
  readonly kind: string;
  readonly told_at: Date | null;
  readonly days: number;
};

/** The day is that of whoever was told last, or has agreed on the longest time. Nothing is fixed while one is missing. */
async function fixDay(ctx: TellCtx, use: Use): Promise<number> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const affected = await affectedUntil(tx, use.foundAt);
    const notices = await tx.rows<Notice>(
      sql`select organisation_id, kind, told_at, days from sec.register_untold(${use.id})`,
    );
    const days = affected.map(({ id }) => dayAfter(notices.find((one) => isAbout(one, id))));
    if (days.includes(undefined)) return 0;
    const usableAt = Math.max(ctx.clock.now(), ...days.map((one) => one ?? 0));
    const fixed = await tx.run(sql`
      update app.register_uses set usable_at = ${iso(usableAt)}
      where organisation_id = ${instanceId} and id = ${use.id} and usable_at is null and withdrawn_at is null`);
    if (fixed > 0) await recordUsable(ctx, tx, use, usableAt);
    return fixed;
  });
}

function isAbout({ organisation_id: organisation, kind }: Notice, id: Id): boolean {
  return organisation === id && kind === 'coming';
}

function dayAfter(notice: Notice | undefined): number | undefined {
  return notice?.told_at ? notice.told_at.getTime() + notice.days * day : undefined;
}

async function recordUsable(ctx: TellCtx, tx: Tx, { id, processor }: Use, usableAt: number): Promise<void> {
  const object = `processor-use:${id}` as const;
  const details = { processor, usableAt: iso(usableAt) };
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'processor.used', object, details });
}

/** What became of the mails is copied from their log, which forgets after a year; the first that has gone counts. */
async function keepProof(ctx: TellCtx): Promise<number> {
  const open = await ctx.db.find<{ organisation_id: Id }>(sql`select organisation_id from sec.register_mails_open()`);
  let did = 0;
  for (const { organisation_id: organisation } of open)
    did += await ctx.db.tenant(organisation, (tx) => keepProofOf(tx, organisation));
  return did;
}

async function keepProofOf(tx: Tx, organisation: Id): Promise<number> {
  const rows = await tx.rows<{ mail_id: Id }>(sql`
    select mail_id from app.register_mails where organisation_id = ${organisation} and state = 'waiting' limit 1000`);
  const ids = rows.map((row) => row.mail_id);
  const ended = (await mailStates(tx, organisation, ids)).filter(({ state }) => state !== 'waiting');
  for (const { id, state, endedAt, vendor } of ended) {
    const at = endedAt === null ? null : iso(endedAt);
    await tx.run(sql`
      update app.register_mails set state = ${state}, ended_at = ${at}, vendor = ${vendor}
      where organisation_id = ${organisation} and mail_id = ${id} and state = 'waiting'`);
  }
  if (ended.length > 0) await countTold(tx, organisation);
  return ended.length;
}

async function countTold(tx: Tx, organisation: Id): Promise<void> {
  await tx.run(sql`
    update app.register_notices n set told_by = 'mail', told_at = (
      select min(m.ended_at) from app.register_mails m
      where m.organisation_id = n.organisation_id and m.use_id = n.use_id and m.kind = n.kind and m.state = 'sent')
    where n.organisation_id = ${organisation} and n.told_at is null and exists (
      select from app.register_mails m
      where m.organisation_id = n.organisation_id and m.use_id = n.use_id and m.kind = n.kind and m.state = 'sent')`);
}

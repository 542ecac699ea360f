import { iso, sql, type Id, type Reconciler, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { firstRunEnder } from './first-run.ts';
import { identityByIndex, identityOf, openedColumn } from './identities.ts';
import { linkSender } from './link-sender.ts';
import { forget } from './links.ts';
import { limitsOf } from './sessions.ts';
import { lockRules } from './tries.ts';
import type { IdentityCtx } from './types.ts';

/** What signing in needs behind the answers: links are mailed, owners are told of a lock, and what is over goes. */
export function identityReconcilers(ctx: IdentityCtx): Reconciler[] {
  return [linkSender(ctx), lockTeller(ctx), firstRunEnder(ctx), sweeper(ctx)];
}

/**
 * Tells the owner of an account that it is locked; behind the answer, so that it takes no longer for an address that
 * somebody has.
 */
function lockTeller(ctx: IdentityCtx): Reconciler {
  return {
    name: 'sign-in-locks',
    everyMs: 5_000,
    run: () =>
      ctx.db.tenant(instanceId, async (tx) => {
        const due = await tx.rows<Due>(sql`
          select kind, subject, locked_until from app.sign_in_tries
          where organisation_id = ${instanceId} and notice_due order by failed_at limit 50 for update skip locked`);
        for (const one of due) await tellOwner(ctx, tx, one);
        return due.length;
      }),
  };
}

type Due = { readonly kind: string; readonly subject: Buffer; readonly locked_until: Date | null };

async function tellOwner(ctx: IdentityCtx, tx: Tx, { kind, subject, locked_until: until }: Due): Promise<void> {
  await tx.run(sql`
    update app.sign_in_tries set notice_due = false
    where organisation_id = ${instanceId} and kind = ${kind} and subject = ${subject}`);
  const identity = await identityByIndex(tx, subject);
  if (identity === undefined) return;
  const { language } = await identityOf(tx, identity);
  const to = await openedColumn(ctx, tx, identity, 'email');
  const minutes = Math.max(1, Math.ceil(((until?.getTime() ?? 0) - ctx.clock.now()) / 60_000));
  await notify(ctx, tx, { organisation: instanceId, to, language, notice: { kind: 'locked', minutes } });
  const object = `identity:${identity}` as const;
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'sign-in.locked', object });
}

/** Deletes what has ended by itself. Nothing of it opens anything from the moment it ends; this is so that it is gone. */
function sweeper(ctx: IdentityCtx): Reconciler {
  return {
    name: 'sign-in-sweeper',
    everyMs: 60_000,
    sweeps: true,
    async run() {
      const now = ctx.clock.now();
      const { idleMs, absoluteMs } = limitsOf(ctx.config);
      const { links, others } = await ctx.db.tenant(instanceId, async (tx) => {
        const gone = await tx.rows<{ id: Id }>(sql`
          delete from app.sign_in_links
          where organisation_id = ${instanceId} and expires_at <= ${iso(now)} returning id`);
        const ended = await tx.run(sql`
          delete from app.sessions where organisation_id = ${instanceId}
            and (seen_at <= ${iso(now - idleMs)} or begun_at <= ${iso(now - absoluteMs)})`);
        const left = await tx.run(sql`
          delete from app.pending_sign_ins where organisation_id = ${instanceId} and expires_at <= ${iso(now)}`);
        const forgotten = await tx.run(sql`
          delete from app.sign_in_tries where organisation_id = ${instanceId}
            and failed_at <= ${iso(now - lockRules.account.forgottenHours * 3_600_000)}`);
        return { links: gone.map(({ id }) => id), others: ended + left + forgotten };
      });
      await forget(ctx, links);
      return links.length + others;
    },
  };
}

import { iso, sql, type Reconciler } from '#base';
import { instanceId } from '#safeguards/accounts';
import { setUpMs } from './authenticator.ts';
import { sweepFlows } from './outside/flow.ts';
import type { FactorCtx } from './types.ts';

/** Deletes what has ended by itself. Nothing of it opens anything from the moment it ends; this is so that it is gone. */
export function factorReconcilers(ctx: Pick<FactorCtx, 'db' | 'keys' | 'clock'>): Reconciler[] {
  return [
    {
      name: 'factor-sweeper',
      everyMs: 60_000,
      sweeps: true,
      async run() {
        const now = iso(ctx.clock.now());
        const gone = await ctx.db.tenant(instanceId, async (tx) => {
          const challenges = await tx.run(sql`
            delete from app.passkey_challenges where organisation_id = ${instanceId} and expires_at <= ${now}`);
          const begun = await tx.run(sql`
            delete from app.totp_secrets
            where organisation_id = ${instanceId} and confirmed_at is null and created_at <= ${iso(ctx.clock.now() - setUpMs)}`);
          return challenges + begun;
        });
        return gone + (await sweepFlows(ctx));
      },
    },
  ];
}

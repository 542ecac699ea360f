import { iso, type ClockDoubt, type Log, type Reconciler } from '#base';
import { organisation as loadOrganisation } from '#safeguards/accounts';
import { notify } from '#safeguards/notices';
import { operatorOf, recipientsOf, securityMail, type AlarmCtx } from './claim-alarm.ts';

const dayMs = 86_400_000;

/**
 * Says in the log that the clock is doubted, or is no more; and tells those whom `claimAlarm` tells of a doubt that does
 * not end by itself: what is past its time stays until somebody does something. Each start tells once.
 */
export function clockAlarm(ctx: AlarmCtx & { readonly log: Log }): Reconciler {
  const state = { isLogged: false, isTold: false };
  return {
    name: 'clock-alarm',
    everyMs: 60_000,
    async run() {
      const doubt = await ctx.keys.time.doubt();
      if (doubt && !state.isLogged) {
        ctx.log('clock.doubted', { days: Math.round(doubt.aheadMs / dayMs), ends: doubt.until !== undefined });
      }
      if (!doubt && state.isLogged) ctx.log('clock.believed');
      state.isLogged = doubt !== undefined;
      if (!doubt) state.isTold = false;
      if (doubt?.until !== undefined || !doubt || state.isTold) return 0;
      state.isTold = await tell(ctx, doubt);
      return state.isTold ? 1 : 0;
    },
  };
}

/** False while there is nobody to tell. */
async function tell(ctx: AlarmCtx, { expectedAt, aheadMs }: ClockDoubt): Promise<boolean> {
  const operator = await operatorOf(ctx);
  const contact = await securityMail(ctx);
  const day = (at: number) => iso(at).slice(0, 10);
  const notice = { kind: 'clock-doubted', says: day(expectedAt + aheadMs), known: day(expectedAt) } as const;
  return ctx.db.tenant(operator, async (tx) => {
    const recipients = await recipientsOf(ctx, tx, { operator, contact });
    const { language } = await loadOrganisation(tx, operator);
    for (const to of recipients) await notify(ctx, tx, { organisation: operator, to, language, notice });
    return recipients.length > 0;
  });
}

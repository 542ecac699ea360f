import { iso, sql, type Id, type Reconciler } from '#base';
import { carrierNamed } from '#adapters/carriers';
import { lineAccount } from '#safeguards/accounts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import { driveCall } from './drive.ts';
import { hangUpAt } from './hang-up.ts';
import { limits } from './limits.ts';
import { lockCall } from './store.ts';

/** Longer than any state but a transfer may last without a sign of life. */
const silentMs = 120_000;

/**
 * Ends calls whose carrier has gone quiet: the process that drove them died and no webhook came any more, or the
 * carrier never opened its socket. The second net under the timers of the call itself.
 */
export function callWatchdog(ctx: CallCtx): Reconciler {
  return {
    name: 'call-watchdog',
    everyMs: 15_000,
    async run() {
      const since = iso(ctx.clock.now() - silentMs);
      const found = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.calls_silent(${since})`,
      );
      const ended = await Promise.all(
        found.map((row) => endSilent(ctx, { organisation: row.organisation_id, id: row.id })),
      );
      return ended.filter(Boolean).length;
    },
  };
}

async function endSilent(ctx: CallCtx, ref: CallRef): Promise<boolean> {
  const found = await ctx.db.tenant(ref.organisation, async (tx) => {
    const call = await lockCall(ctx, tx, ref);
    if (!call) return undefined;
    const { activeAt } = await tx.one<{ activeAt: Date }>(sql`
      select active_at as "activeAt" from app.calls where organisation_id = ${ref.organisation} and id = ${ref.id}`);
    return {
      call,
      silentMs: ctx.clock.now() - activeAt.getTime(),
      accountId: await lineAccount(tx, ref.organisation, call.lineId),
    };
  });
  const allowedMs = found?.call.conversation.phase === 'transferring' ? limits.byPhase.transferring : silentMs;
  if (!found || found.silentMs < allowedMs) return false;
  const carrier = carrierNamed(ctx.carriers, found.call.carrier);
  const driver = driveCall(ctx, ref, {
    say: () => {},
    language: () => 'en',
    leave: () => {},
    hangUp: () => hangUpAt(ctx, carrier, { ref, accountId: found.accountId, carrierCallId: found.call.carrierCallId }),
  });
  await driver.push({ type: 'abandoned' });
  await driver.settled();
  driver.stop();
  ctx.log('call.watchdog', { call: ref.id });
  return true;
}

import { errorWords, iso, sql, type Id, type Reconciler } from '#base';
import { carrierNamed } from '#adapters/carriers';
import { lineAccount } from '#safeguards/accounts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import { driveCall } from './drive.ts';
import { hangUpAt } from './hang-up.ts';
import { lockCall } from './store.ts';

/** How long a call that cannot be ended stands back for the others. */
const postponedMs = 10 * 60_000;

/**
 * Ends calls whose carrier has gone quiet: the process that drove them died and no webhook came any more, or the
 * carrier never opened its socket. The second net under the timers of the call itself.
 */
export function callWatchdog(ctx: CallCtx): Reconciler {
  return {
    name: 'call-watchdog',
    everyMs: 15_000,
    async run() {
      const found = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.calls_silent(${iso(ctx.clock.now())})`,
      );
      const ended = await Promise.all(
        found.map((row) => attempt(ctx, { organisation: row.organisation_id, id: row.id })),
      );
      return ended.filter(Boolean).length;
    },
  };
}

async function attempt(ctx: CallCtx, ref: CallRef): Promise<boolean> {
  try {
    return await endSilent(ctx, ref);
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'call-watchdog', call: ref.id, ...errorWords(error) });
    await postpone(ctx, ref);
    return false;
  }
}

async function endSilent(ctx: CallCtx, ref: CallRef): Promise<boolean> {
  const found = await ctx.db.tenant(ref.organisation, async (tx) => {
    const call = await lockCall(ctx, tx, ref);
    // Looked at again under the lock: a step may have been taken since.
    const silent = await tx.maybe(sql`
      select id from app.calls
      where organisation_id = ${ref.organisation} and id = ${ref.id} and state = 'live'
        and watch_at <= ${iso(ctx.clock.now())}`);
    if (!call || !silent) return undefined;
    return { call, accountId: await lineAccount(tx, ref.organisation, call.lineId) };
  });
  if (!found) return false;
  const carrier = carrierNamed(ctx.carriers, found.call.carrier);
  const driver = driveCall(ctx, ref, {
    say: () => {},
    language: () => 'en',
    prompt: () => {},
    press: () => {},
    result: () => {},
    leave: () => {},
    hangUp: () => hangUpAt(ctx, carrier, { ref, accountId: found.accountId, carrierCallId: found.call.carrierCallId }),
  });
  await driver.push({ type: 'abandoned' });
  await driver.settled();
  driver.stop();
  ctx.log('call.watchdog', { call: ref.id });
  return true;
}

async function postpone(ctx: CallCtx, ref: CallRef): Promise<void> {
  await ctx.db.tenant(ref.organisation, (tx) =>
    tx.run(sql`
      update app.calls set watch_at = ${iso(ctx.clock.now() + postponedMs)}
      where organisation_id = ${ref.organisation} and id = ${ref.id}`),
  );
}

import { errorWords, type Ctx, type Id } from '#base';
import type { Carrier } from '#adapters/carriers';
import { carrierAccount } from '#safeguards/accounts';
import type { CallRef } from './call-ctx.ts';

/**
 * Ends the call at the carrier. It has already ended for us; a carrier that cannot be reached keeps its line open
 * until its own limit, which is worth a log line and nothing more.
 */
export async function hangUpAt(
  ctx: Pick<Ctx, 'http' | 'config' | 'db' | 'keys' | 'log' | 'clock' | 'random'>,
  carrier: Carrier,
  call: { readonly ref: CallRef; readonly accountId: Id; readonly carrierCallId: string },
): Promise<void> {
  try {
    const account = await carrierAccount(ctx, { ...call.ref, accountId: call.accountId }, { for: 'call' });
    await carrier.hangUp(ctx, account, call.carrierCallId);
  } catch (error) {
    ctx.log('call.watchdog', { call: call.ref.id, ...errorWords(error) });
  }
}

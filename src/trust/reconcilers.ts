import type { Reconciler } from '#base';
import { documentWatch } from './attestations/watch.ts';
import { claimAlarm, type AlarmCtx } from './claim-alarm.ts';
import { clockAlarm } from './clock-alarm.ts';
import { evidenceKeeper } from './leaf-looks.ts';

/** What is done about claims besides looking: evidence into the audit log, and telling whoever must know. */
export function trustReconcilers(
  ctx: AlarmCtx & Parameters<typeof clockAlarm>[0] & Parameters<typeof evidenceKeeper>[0],
): readonly Reconciler[] {
  return [evidenceKeeper(ctx), claimAlarm(ctx), documentWatch(ctx), clockAlarm(ctx)];
}

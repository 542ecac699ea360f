import type { Ctx, Reconciler } from '#base';

/**
 * Ends keys on schedule, by the keystore's own windows and clock: content past its time cannot be opened any more even
 * if no row is ever swept and PostgreSQL is away.
 */
export function keyReaper(ctx: Pick<Ctx, 'keys' | 'clock'>): Reconciler {
  return {
    name: 'key-schedule',
    everyMs: 3_600_000,
    sweeps: true,
    run: async () => (await ctx.keys.reap(ctx.clock.now())).length,
  };
}

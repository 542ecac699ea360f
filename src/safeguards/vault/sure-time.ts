import type { Ctx } from '#base';

/**
 * How late it is at least, in milliseconds: under a clock that is ahead and doubted, what was known before. For what cannot
 * be taken back and does not stand still meanwhile. Throws as `doubt` does.
 */
export async function sureTime({ keys, clock }: Pick<Ctx, 'keys' | 'clock'>): Promise<number> {
  const doubt = await keys.time.doubt();
  return doubt ? Math.min(clock.now(), doubt.expectedAt) : clock.now();
}

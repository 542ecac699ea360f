import type { Ctx } from '#base';
import { openAdmit } from '#database';
import type { Admit } from '#edge';

/** The limits as they are asked in the product, for somebody new each time: they cost what they cost, and refuse nothing. */
export function countedAlone(ctx: Pick<Ctx, 'db' | 'keys' | 'log'>): Admit {
  const admit = openAdmit(ctx);
  let count = 0;
  return (rate, of) => admit(rate, `${of} ${(count += 1)}`);
}

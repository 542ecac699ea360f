import { errorWords, type Id } from '#base';
import type { By } from '#safeguards/accounts';
import { askErasure, proceed, type Asked, type EraseCtx, type What } from '#safeguards/erasure';

/**
 * Puts down what is to be erased and goes on with it at once, as far as that can be done at this moment. What cannot, or
 * fails on the way, the reconciler makes up for: it has been asked for.
 */
export async function eraseNow(
  ctx: EraseCtx,
  asked: By & { readonly organisation: Id; readonly what: What },
): Promise<Asked> {
  const { erasure, salt } = await askErasure(ctx, asked);
  try {
    return { erasure: (await proceed(ctx, erasure)) ?? erasure, salt };
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'eraser', erasure: erasure.id, ...errorWords(error) });
    return { erasure, salt };
  }
}

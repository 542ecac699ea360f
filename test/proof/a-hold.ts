import { Personal, type Id } from '#base';
import { askHold } from '#safeguards/holds';
import type { Side, SideCtx } from './side.ts';

export const holdMs = 30 * 86_400_000;

/** A hold on a call, asked for by an admin of their own. */
export async function aHold(ctx: SideCtx, side: Pick<Side, 'organisation' | 'call' | 'member'>): Promise<Id> {
  const { organisation } = side;
  const { person } = await side.member('admin');
  const call = await side.call();
  const asking = { who: { organisation, actor: `person:${person}` as const }, sender: {} };
  const reason = new Personal('A claim at law.');
  return askHold(ctx, asking, { target: { call }, reason, until: ctx.clock.now() + holdMs });
}

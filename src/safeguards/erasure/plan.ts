import { iso, sql, type Id, type Tx } from '#base';
import { record } from '#safeguards/audit';
import type { EraseCtx, ErasureRef, Found, LockedErasure, Wait } from './erasure.ts';
import { lockErasure } from './erasure.ts';
import { findTargets, type Targets } from './find.ts';
import { indexNumbers } from './index-numbers.ts';
import { keyIdsOf, openAmong } from './key-ids.ts';
import { addTargets } from './targets.ts';

/** How soon it is looked again whether an erasure that waits can go on. */
export const againMs = {
  'live-call': 2_000,
  'hold': 60_000,
  'object-store': 30_000,
  'processors': 15_000,
} as const satisfies {
  readonly [W in Wait]: number;
};

/**
 * Finds what there is and puts it down, so that it will be destroyed whatever happens; or puts down why that has to wait.
 * From then on nobody is recognised by it: whoever rings from that number is somebody new.
 */
export async function plan(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  await indexNumbers(ctx, ref);
  await ctx.db.tenant(ref.organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (erasure?.state !== 'asked') return;
    const { targets, left, waitsFor } = await findTargets(tx, erasure);
    if (waitsFor) {
      await wait(ctx, tx, ref, waitsFor);
      return;
    }
    await addTargets(tx, ref, targets);
    await hide(tx, ref.organisation, targets);
    const keys = await keyIdsOf(tx, ref.organisation, targets);
    const openKeys = (await openAmong(ctx, ref.organisation, keys)).length;
    const found: Found = { keys, openKeys, left };
    await tx.run(sql`
      update app.erasures set state = 'planned', waits_for = null, found = ${JSON.stringify(found)}::jsonb
      where organisation_id = ${ref.organisation} and id = ${ref.id}`);
    await noteBegun(ctx, tx, ref);
  });
}

/** It will be carried out, whatever happens: says so in the audit log, and to whoever looks at it. */
export async function noteBegun(ctx: EraseCtx, tx: Tx, { organisation, id }: ErasureRef): Promise<void> {
  await record(ctx, tx, { organisation, actor: 'system', action: 'erasure.begun', object: `erasure:${id}` });
}

/** Puts down why the erasure does not go on, and when it is looked at again. */
export async function wait({ clock }: Pick<EraseCtx, 'clock'>, tx: Tx, ref: ErasureRef, waitsFor: Wait): Promise<void> {
  await tx.run(sql`
    update app.erasures set waits_for = ${waitsFor}, due_at = ${iso(clock.now() + againMs[waitsFor])}
    where organisation_id = ${ref.organisation} and id = ${ref.id}`);
}

/** Whoever looks at it asks again. */
export function tell(tx: Tx, { id }: Pick<LockedErasure, 'id'>): void {
  tx.tell(`erasure:${id}`);
}

async function hide(tx: Tx, organisation: Id, { contact }: Targets): Promise<void> {
  await tx.run(sql`
    update app.contacts set phone_index = null where organisation_id = ${organisation} and id = any(${contact}::uuid[])`);
}

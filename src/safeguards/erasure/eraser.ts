import { errorWords, iso, sql, type Id, type Reconciler, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { areSettled } from '#safeguards/processors';
import { writeCertificate } from './certificate.ts';
import { destroy } from './destroy.ts';
import { erasureOf, lockErasure, type EraseCtx, type Erasure, type ErasureRef, type LockedErasure } from './erasure.ts';
import { emptyOrganisation, endOrganisation, planOrganisation } from './organisation.ts';
import { againMs, plan, tell } from './plan.ts';

/** How long an erasure whose step failed stands back for the others. */
const postponedMs = 10_000;

/** Finishes what somebody asked to have erased: waits for what has to be waited for, and makes up for whatever broke off. */
export function eraser(ctx: EraseCtx): Reconciler {
  return {
    name: 'eraser',
    everyMs: 1_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.erasures_due(${iso(ctx.clock.now())})`,
      );
      let moved = 0;
      for (const { organisation_id: organisation, id } of due) {
        moved += (await attempt(ctx, { organisation, id })) ? 1 : 0;
      }
      return moved;
    },
  };
}

/**
 * Goes as far with an erasure as it can at this moment, and returns how far that was; undefined when there is no such
 * erasure. Safe beside itself on another node.
 */
export async function proceed(ctx: EraseCtx, ref: ErasureRef): Promise<Erasure | undefined> {
  const look = () => ctx.db.tenant(ref.organisation, (tx) => erasureOf(tx, ref));
  for (let before = await look(); before;) {
    await step(ctx, before);
    const after = await look();
    if (!after || after.state === before.state || after.state === 'done') return after;
    before = after;
  }
  return undefined;
}

/** One that fails keeps no other from its end, and no longer says that it waits: it does not. */
async function attempt(ctx: EraseCtx, ref: ErasureRef): Promise<boolean> {
  try {
    const before = await ctx.db.tenant(ref.organisation, (tx) => erasureOf(tx, ref));
    const after = await proceed(ctx, ref);
    return after?.state !== before?.state;
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'eraser', erasure: ref.id, ...errorWords(error) });
    await ctx.db.tenant(ref.organisation, (tx) =>
      tx.run(sql`
        update app.erasures set due_at = ${iso(ctx.clock.now() + postponedMs)}, waits_for = null
        where organisation_id = ${ref.organisation} and id = ${ref.id} and due_at is not null`),
    );
    return false;
  }
}

async function step(ctx: EraseCtx, erasure: Erasure): Promise<void> {
  const isAll = erasure.scope === 'organisation';
  if (erasure.state === 'asked') await (isAll ? planOrganisation : plan)(ctx, erasure);
  if (erasure.state === 'planned') await (isAll ? emptyOrganisation : destroy)(ctx, erasure);
  if (erasure.state === 'erased') await certify(ctx, erasure);
}

/** Writes the certificate: the interim one at once, the final one when the last processor has answered or was given up. */
async function certify(ctx: EraseCtx, { scope, ...ref }: Erasure): Promise<void> {
  const isEnded = scope !== 'organisation' || (await endOrganisation(ctx, ref));
  await ctx.db.tenant(ref.organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (erasure?.state !== 'erased') return;
    const isFinal = isEnded && (await areSettled(tx, { organisation: ref.organisation, erasure: ref.id }));
    await (isFinal ? finish(ctx, tx, erasure) : meanwhile(ctx, tx, erasure));
    tell(tx, erasure);
  });
}

async function finish(ctx: EraseCtx, tx: Tx, erasure: LockedErasure): Promise<void> {
  const { organisation, id } = erasure;
  const certificate = await writeCertificate(ctx, tx, erasure, 'final');
  await tx.run(sql`
    update app.erasures set state = 'done', waits_for = null, due_at = null, phone_index = null,
      done_at = ${iso(ctx.clock.now())}, certificate = ${certificate}
    where organisation_id = ${organisation} and id = ${id}`);
  await record(ctx, tx, { organisation, actor: 'system', action: 'erasure.certified', object: `erasure:${id}` });
}

async function meanwhile(ctx: EraseCtx, tx: Tx, erasure: LockedErasure): Promise<void> {
  const { organisation, id } = erasure;
  const certificate = await writeCertificate(ctx, tx, erasure, 'interim');
  await tx.run(sql`
    update app.erasures set certificate = ${certificate}, due_at = ${iso(ctx.clock.now() + againMs.processors)}
    where organisation_id = ${organisation} and id = ${id}`);
}

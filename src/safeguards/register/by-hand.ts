import { iso, kebab, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Action, type Actor } from '#safeguards/audit';
import { sureTime } from '#safeguards/vault';
import { enabledIn } from './enabled.ts';
import { affectedUntil } from './observe.ts';
import { beginUse, isUsable, lockRegister, openUses, type Use, type Why } from './uses.ts';

type HandCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>;

/** What somebody decides about a processor at the machine itself. */
export type Decision = { readonly processor: string; readonly reason: string; readonly actor: Actor };

/**
 * Uses a processor from now on without waiting. The reason is published and mailed. Throws `not-found` for what is not
 * switched on, and `input-invalid` for what is used already.
 */
export async function useAtOnce(ctx: HandCtx, decision: Decision): Promise<void> {
  await decide(ctx, decision, async (tx, use) => {
    if (isUsable(use, await sureTime(ctx))) throw problem('input-invalid', 'It is used already.');
    // Whoever heard that it was taken back hears of this too: of one use each thing is told once.
    const id = use.withdrawnAt === null ? use.id : await beginAnew(ctx, tx, use, 'told');
    const now = ctx.clock.now();
    await tx.run(sql`
      update app.register_uses set why = 'urgent', urgent_at = ${iso(now)}, urgent_reason = ${decision.reason},
        usable_at = ${iso(now)}
      where organisation_id = ${instanceId} and id = ${id}`);
    return 'processor.urgent';
  });
}

/**
 * Begins anew what was taken back: everybody affected is told, and it waits for its day. Throws `not-found`, and
 * `input-invalid` for what was not taken back.
 */
export async function useAgain(ctx: HandCtx, decision: Decision): Promise<void> {
  await decide(ctx, decision, async (tx, use) => {
    if (use.withdrawnAt === null)
      throw problem(
        'input-invalid',
        'It was not taken back: it is used, or waits for its day. --urgent does not wait.',
      );
    const affected = await affectedUntil(tx, ctx.clock.now());
    await beginAnew(ctx, tx, use, affected.length === 0 ? 'nobody-affected' : 'told');
    return 'processor.announced';
  });
}

/**
 * Takes a processor back: it gets nothing from now on. Throws `not-found`, and `input-invalid` when it was already, or keeps
 * our keys: without it nothing could be opened, and a process that runs would not stop.
 */
export async function withdraw(ctx: HandCtx & Pick<Ctx, 'config'>, decision: Decision): Promise<void> {
  const keeper = (await enabledIn(ctx.config)).find(({ does }) => does === 'keys');
  if (keeper && kebab(keeper.processor.name) === decision.processor)
    throw problem(
      'input-invalid',
      'The keys of this installation are there. Move them elsewhere first: ./sotto keys rotate, see docs/guides/keys.md.',
    );
  await decide(ctx, decision, async (tx, { id, withdrawnAt }) => {
    if (withdrawnAt !== null) throw problem('input-invalid', 'It was taken back already.');
    await tx.run(sql`
      update app.register_uses set withdrawn_at = ${iso(ctx.clock.now())}, withdraw_reason = ${decision.reason}
      where organisation_id = ${instanceId} and id = ${id}`);
    return 'processor.withdrawn';
  });
}

/**
 * Takes down that an organisation was told by hand, where no mail could reach it; shown as the operator's word. Throws
 * `not-found`, and `input-invalid` when it has been told.
 */
export async function toldByHand(
  ctx: HandCtx,
  { organisation, ...decision }: Decision & { readonly organisation: Id },
): Promise<void> {
  const use = await ctx.db.tenant(instanceId, (tx) => namedUse(tx, decision.processor));
  await ctx.db.tenant(organisation, async (tx) => {
    const now = iso(ctx.clock.now());
    const told = await tx.run(sql`
      update app.register_notices set told_at = ${now}, told_by = 'hand', told_how = ${decision.reason}
      where organisation_id = ${organisation} and use_id = ${use.id} and told_at is null`);
    if (told === 0)
      throw problem('input-invalid', 'That organisation has been told, or the mails are not written yet.');
    await write(ctx, tx, { organisation, use, decision, action: 'processor.told' });
  });
}

async function decide(ctx: HandCtx, decision: Decision, change: (tx: Tx, use: Use) => Promise<Action>): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    await lockRegister(tx);
    const use = await namedUse(tx, decision.processor);
    const action = await change(tx, use);
    await write(ctx, tx, { organisation: instanceId, use, decision, action });
  });
}

/** Ends a use and begins another of the same company. */
async function beginAnew(ctx: HandCtx, tx: Tx, { id, processor, party, name }: Use, why: Why): Promise<Id> {
  await tx.run(sql`
    update app.register_uses set ended_at = ${iso(ctx.clock.now())}
    where organisation_id = ${instanceId} and id = ${id}`);
  return beginUse(ctx, tx, { processor, party, name, why });
}

async function namedUse(tx: Tx, processor: string): Promise<Use> {
  const found = (await openUses(tx)).filter((one) => one.processor === processor);
  const waiting = found.find(({ usableAt }) => usableAt === null) ?? found.at(-1);
  if (!waiting)
    throw problem('not-found', 'No processor of that name is switched on. ./sotto processors lists those that are.');
  return waiting;
}

type Written = {
  readonly organisation: Id;
  readonly use: Use;
  readonly decision: Decision;
  readonly action: Action;
};

async function write(ctx: HandCtx, tx: Tx, { organisation, use, decision, action }: Written): Promise<void> {
  const { processor, reason, actor } = decision;
  const object = `processor-use:${use.id}` as const;
  await record(ctx, tx, { organisation, actor, action, object, details: { processor, reason } });
}

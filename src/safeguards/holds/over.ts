import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Action, type Actor, type Details } from '#safeguards/audit';
import { rememberedMs, type HoldState } from './hold-row.ts';

type Ending = {
  readonly organisation: Id;
  readonly id: Id;
  readonly how: Exclude<HoldState, 'asked' | 'in-force'>;
  readonly by?: Id | undefined;
  readonly sender?: Details | undefined;
};

const actions = {
  withdrawn: 'hold.withdrawn',
  lapsed: 'hold.lapsed',
  lifted: 'hold.lifted',
  ended: 'hold.ended',
} as const satisfies Readonly<Record<Ending['how'], Action>>;

/** Ends a hold that is locked. What it held is released behind it; the number is gone at once. */
export async function endHold(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, id, how, by, sender }: Ending,
): Promise<void> {
  const now = ctx.clock.now();
  const remembered = how === 'lifted' || how === 'ended' ? rememberedMs.held : rememberedMs.never;
  await tx.run(sql`
    update app.holds set state = ${how}, over_at = ${iso(now)}, over_by = ${by ?? null}, number = null,
      forget_at = ${iso(now + remembered)}
    where organisation_id = ${organisation} and id = ${id} and over_at is null`);
  const actor: Actor = by === undefined ? 'system' : `person:${by}`;
  await record(ctx, tx, { organisation, actor, action: actions[how], object: `hold:${id}`, details: sender });
}

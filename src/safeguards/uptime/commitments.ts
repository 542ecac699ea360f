import { iso, problem, sql, type Ctx, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Actor } from '#safeguards/audit';

/** What can be promised: percent of the time that it answers, and milliseconds within which 95 of 100 are answered. */
export const promisable = ['uptime', 'webhook', 'api', 'first-answer'] as const;
export type Promisable = (typeof promisable)[number];

/** One promise, from an instant (milliseconds since the epoch) until the next one of its kind. Null: promised no more. */
export type Commitment = { readonly what: Promisable; readonly since: number; readonly target: number | null };

/** Promises something from now on. What was promised before stays written down. Throws `input-invalid`. */
export async function commit(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  { what, target, by }: { readonly what: Promisable; readonly target: number | null; readonly by: Actor },
): Promise<void> {
  const isGood = target === null || (target > 0 && target <= (what === 'uptime' ? 100 : 3_600_000));
  if (!isGood) {
    const fix = what === 'uptime' ? 'must be a percentage, such as 99.9' : 'must be milliseconds, such as 500';
    throw problem('input-invalid', 'That cannot be promised.', { mistakes: [{ at: `/${what}`, fix }] });
  }
  await ctx.db.tenant(instanceId, async (tx) => {
    const since = iso(ctx.clock.now());
    const made = await tx.run(sql`
      insert into app.commitments (organisation_id, what, since, target)
      values (${instanceId}, ${what}, ${since}, ${target}) on conflict do nothing`);
    if (made === 0) throw problem('changed-meanwhile', 'The same was promised in this very millisecond.');
    const details = { what, target: target === null ? null : String(target) };
    const object = `commitment:${what}` as const;
    await record(ctx, tx, { organisation: instanceId, actor: by, action: 'commitment.made', object, details });
  });
}

/** Everything that was ever promised, the oldest first. */
export async function commitmentsIn(tx: Tx): Promise<readonly Commitment[]> {
  const rows = await tx.rows<{ what: Promisable; since: Date; target: string | null }>(sql`
    select what, since, target::text as target from app.commitments
    where organisation_id = ${instanceId} order by since, what`);
  return rows.map(({ what, since, target }) => ({
    what,
    since: since.getTime(),
    target: target === null ? null : Number(target),
  }));
}

/**
 * What was promised for a stretch of time: the strictest of all that held in it, so that nothing that was promised is made
 * easier afterwards. Undefined when nothing was.
 */
export function promisedFor(
  all: readonly Commitment[],
  what: Promisable,
  { from, until }: { readonly from: number; readonly until: number },
): number | undefined {
  const own = all.filter((one) => one.what === what);
  const held = own.filter(({ since }, at) => since < until && (own[at + 1]?.since ?? Infinity) > from);
  const targets = held.flatMap(({ target }) => (target === null ? [] : [target]));
  if (targets.length === 0) return undefined;
  return what === 'uptime' ? Math.max(...targets) : Math.min(...targets);
}

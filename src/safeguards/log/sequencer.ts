import { errorWords, isProblem, sql, type Config, type Db, type Id, type Reconciler } from '#base';
import type { BoardReader } from '#database';
import { urgentNews } from '#safeguards/audit';
import { beginTree, logBase, type Tree } from './tree.ts';
import { sequence, type SequenceCtx } from './sequence.ts';

/** `db` is that of the jobs. `installation` is the organisation that stands for it: the tree of heads is its own. */
export type SequencerCtx = SequenceCtx & {
  readonly db: Pick<Db, 'tenant' | 'find'>;
  readonly config: Pick<Config, 'publicUrl'>;
  readonly installation: Id;
};

/** `news` is given to the board: by it the sequencer learns that something happened that cannot wait. */
export type Sequencer = Reconciler & { readonly news: BoardReader };

/** How often it looks at its own plan, which asks nobody. */
const lookMs = 250;
/** Trees that changed get a new head this often. */
export const headEveryMs = 60_000;
/** Turns at one tree in a row: then the others have theirs, and it goes on afterwards. */
const turnsInRow = 64;

/**
 * Gives every entry its place, and signs the heads of trees that changed: each minute, and at once where that was asked for.
 * Any number of nodes may do it side by side, and each can be killed at any moment.
 */
export function sequencer(ctx: SequencerCtx): Sequencer {
  const urgent = new Set<Id>();
  const plan = { dueAt: 0 };
  return {
    name: 'sequencer',
    everyMs: lookMs,
    news: {
      news({ organisation, objects }) {
        if (objects === 'everything' || objects.includes(urgentNews)) urgent.add(organisation);
      },
      missed: () => void (plan.dueAt = 0),
    },
    async run() {
      const now = ctx.clock.now();
      // Planned under a clock that was ahead it is due as well.
      const isDue = now >= plan.dueAt || plan.dueAt > now + headEveryMs;
      if (!isDue && urgent.size === 0) return 0;
      // Before anything is looked at: news that comes meanwhile counts for the next run.
      const named = new Set(urgent);
      urgent.clear();
      if (isDue) plan.dueAt = now + headEveryMs;
      return sequenceAll(ctx, named, isDue);
    },
  };
}

/** Whose entries cannot wait for the next minute. */
export type Urgent = ReadonlySet<Id> | 'all';

/**
 * Places what waits in all trees and signs them; unless `isAll`, in those alone that cannot wait, and in the tree of heads.
 * Returns how many places were given.
 */
export async function sequenceAll(ctx: SequencerCtx, urgent: Urgent, isAll: boolean): Promise<number> {
  const heads: Tree = { organisation: ctx.installation, tree: 'heads' };
  const base = await baseOf(ctx, heads);
  const waiting = await ctx.db.find<{ organisation_id: Id; tree: Tree['tree'] }>(sql`
    select organisation_id, tree from sec.trees_pending()`);
  let placed = 0;
  for (const { organisation_id: organisation, tree } of waiting) {
    const isUrgent = urgent === 'all' || urgent.has(organisation);
    if (tree === 'heads' || !(isAll || isUrgent)) continue;
    placed += await drain(ctx, { tree: { organisation, tree }, isUrgent, base });
  }
  if (placed === 0 && !waiting.some(({ tree }) => tree === 'heads')) return placed;
  return placed + (await drain(ctx, { tree: heads, isUrgent: urgent === 'all' || urgent.size > 0, base }));
}

type Draining = { readonly tree: Tree; readonly isUrgent: boolean; readonly base: string };

/** Turn after turn until nothing waits. What fails keeps no other tree waiting. */
async function drain(ctx: SequencerCtx, { tree, isUrgent, base }: Draining): Promise<number> {
  let placed = 0;
  try {
    await ctx.db.tenant(tree.organisation, (tx) => beginTree(tx, tree, { ...ctx, base }));
    for (let turn = 0; turn < turnsInRow; turn += 1) {
      // After the first one it is this process that is at it.
      const done = await sequence(ctx, tree, isUrgent || turn > 0);
      placed += done.placed;
      if (!done.isMore) break;
    }
  } catch (error) {
    if (isProblem(error, 'database-unavailable')) throw error;
    ctx.log('reconciler.failed', { name: 'sequencer', organisation: tree.organisation, ...errorWords(error) });
  }
  return placed;
}

/** The name of the tree of heads, fixed when it is first asked for. The other trees lie below it. */
async function baseOf(ctx: SequencerCtx, heads: Tree): Promise<string> {
  return ctx.db.tenant(heads.organisation, async (tx) => {
    await beginTree(tx, heads, { ...ctx, base: logBase(ctx.config, ctx.keys.id) });
    const { origin } = await tx.one<{ origin: string }>(sql`
      select origin from app.audit_trees where organisation_id = ${heads.organisation} and tree = 'heads'`);
    return origin;
  });
}

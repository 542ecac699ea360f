import { errorWords, isProblem, type Id, type Reconciler } from '#base';
import type { BoardReader } from '#database';
import { jobsOf, type Job } from './end-batch.ts';
import { assertKeySchedule } from './assert-key-schedule.ts';
import { allOrganisations, nextDue, purgeOne } from './purge.ts';
import { rules, type SweepCtx } from './rule.ts';

/** `news` is given to the board: by it the purger learns of settings, organisations, holds and hand-overs. */
export type Purger = Reconciler & { readonly news: BoardReader };

/** How often it looks at its own plan, which asks nobody. */
const lookMs = 1_000;
/** How long what could not be ended stands back: it is held, or another node is at it. */
const standBackMs = 30_000;
/** Batches of one rule before the next organisation has its turn. */
const batchesInTurn = 10;

/**
 * Destroys what is past its time, soon after no read shows it any more. It knows of each organisation when the next row is
 * due and looks at none before; all of them are looked at when it starts and when news may have been missed.
 */
export function purger(ctx: SweepCtx): Purger {
  const plan = new Map<Id, number>();
  const told = new Set<Id>();
  const state = { isComplete: false };
  return {
    name: 'keeping',
    everyMs: lookMs,
    byAge: true,
    news: {
      news({ organisation, objects }) {
        if (objects !== 'everything' && !objects.some(changesPlan)) return;
        plan.set(organisation, 0);
        // Of everything that may have changed the windows are the least likely; the hourly run makes up for that.
        if (objects !== 'everything') told.add(organisation);
      },
      missed: () => void (state.isComplete = false),
    },
    async run() {
      if (!state.isComplete) {
        state.isComplete = true;
        const all = await allOrganisations(ctx).catch((error: unknown) => {
          state.isComplete = false;
          throw error;
        });
        for (const id of all) {
          plan.set(id, 0);
          told.add(id);
        }
      }
      const due = [...plan].filter(([, at]) => at <= ctx.clock.now());
      if (due.length === 0) return 0;
      const jobs = jobsOf(await rules());
      let did = 0;
      for (const [organisation] of due) {
        // Before it is looked at: news that comes meanwhile puts it back.
        plan.delete(organisation);
        const isTold = told.delete(organisation);
        did += await takeTurn(ctx, { jobs, plan, isTold }, organisation).catch((error: unknown) => {
          plan.set(organisation, ctx.clock.now() + standBackMs);
          if (isTold) told.add(organisation);
          if (isProblem(error, 'database-unavailable')) throw error;
          ctx.log('reconciler.failed', { name: 'keeping', organisation, ...errorWords(error) });
          return 0;
        });
      }
      return did;
    },
  };
}

const planned: ReadonlySet<string> = new Set(['organisation', 'hold', 'hand-over']);

/** Of these kinds of things news can make something due sooner. */
function changesPlan(object: string): boolean {
  return planned.has(object.slice(0, object.indexOf(':')));
}

type Planning = { readonly jobs: readonly Job[]; readonly plan: Map<Id, number>; readonly isTold: boolean };

async function takeTurn(ctx: SweepCtx, { jobs, plan, isTold }: Planning, organisation: Id): Promise<number> {
  // The windows may be new: the keystore goes by them as well.
  if (isTold) await assertKeySchedule(ctx, organisation);
  const { ended, isMore } = await purgeOne(ctx, jobs, { organisation, batches: batchesInTurn });
  const next = isMore ? 0 : await ctx.db.tenant(organisation, (tx) => nextDue(ctx, tx, jobs, organisation));
  const count = Object.values(ended).reduce((sum, one) => sum + one, 0);
  if (next === undefined || plan.has(organisation)) return count;
  const now = ctx.clock.now();
  plan.set(organisation, isMore || next > now ? next : now + (count > 0 ? lookMs : standBackMs));
  return count;
}

import { iso, newId, sql, type Ctx, type Id, type Reconciler, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { Collector, Measured, Tally } from './collector.ts';

export type UptimeCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/** Asks this installation from outside, once; false or a failure when it did not answer as it should. */
export type Visit = {
  readonly what: Extract<Measured, 'visit' | 'webhook-visit'>;
  readonly ask: () => Promise<boolean>;
};

type Given = {
  readonly visits: readonly Visit[];
  readonly collector: Collector;
  /** Whether it was asked to stop, and finishes what is under way. */
  readonly isLeaving: () => boolean;
};

const minute = 60_000;

/** A look that comes later than that does not go on with what was seen before: in between nobody looked. */
export const longestSilenceMs = 3 * minute;

/** Measurements are kept as long. */
const keptMs = 400 * 24 * 60 * minute;

/** The one who measures. */
export type Measurer = Reconciler & {
  /** Writes down that it was asked to stop: the time until the next start is planned. It is down all the same. */
  leave(): Promise<void>;
};

/**
 * Looks at this installation once a minute as somebody outside sees it, writes down since when it is as it is, and saves
 * what was counted. What is down for as long as the program does not run shows as the time that no row covers.
 */
export function measurer(ctx: UptimeCtx, { visits, collector, isLeaving }: Given): Measurer {
  const node = newId(ctx);
  const look = async (): Promise<boolean> => {
    let isUp = true;
    for (const { what, ask } of visits) {
      const began = steady(ctx);
      const isGood = await ask().catch(() => false);
      collector.add(what, steady(ctx) - began, isGood);
      isUp &&= isGood;
    }
    return isUp;
  };
  return {
    name: 'uptime',
    everyMs: minute,
    async run() {
      const state = (await look()) ? 'up' : 'down';
      const ending = state === 'down' && isLeaving() ? 'planned' : null;
      const tallies = collector.take();
      await ctx.db.tenant(instanceId, async (tx) => {
        const at = ctx.clock.now();
        await extend(ctx, tx, { node, state, ending, at });
        await save(tx, tallies, at);
        if (!(await ctx.keys.time.doubt())) await forget(tx, at);
      });
      return 0;
    },
    async leave() {
      await ctx.db.tenant(instanceId, (tx) =>
        tx.run(sql`
          update app.uptime_spans set ending = 'planned'
          where organisation_id = ${instanceId} and id = (
            select id from app.uptime_spans where organisation_id = ${instanceId} and node = ${node}
            order by until_at desc limit 1)`),
      );
    },
  };
}

function steady({ clock }: Pick<Ctx, 'clock'>): number {
  return clock.steady?.() ?? clock.now();
}

type Seen = {
  readonly node: Id;
  readonly state: 'up' | 'down';
  readonly ending: 'planned' | null;
  readonly at: number;
};

async function extend(ctx: UptimeCtx, tx: Tx, { node, state, ending, at }: Seen): Promise<void> {
  const extended = await tx.run(sql`
    update app.uptime_spans set until_at = greatest(until_at, ${iso(at)})
    where organisation_id = ${instanceId} and id = (
        select id from app.uptime_spans where organisation_id = ${instanceId} and node = ${node}
        order by until_at desc limit 1)
      and state = ${state} and ending is not distinct from ${ending} and until_at >= ${iso(at - longestSilenceMs)}`);
  if (extended > 0) return;
  await tx.run(sql`
    insert into app.uptime_spans (organisation_id, id, node, state, ending, from_at, until_at)
    values (${instanceId}, ${newId(ctx)}, ${node}, ${state}, ${ending}, ${iso(at)}, ${iso(at)})`);
}

/** Adds to what other processes, and this one before, counted of the day. */
async function save(tx: Tx, tallies: readonly Tally[], at: number): Promise<void> {
  for (const { what, counts, failed } of tallies) {
    await tx.run(sql`
      insert into app.response_days as old (organisation_id, day, what, counts, failed)
      values (${instanceId}, ${iso(at).slice(0, 10)}, ${what}, ${[...counts]}::integer[], ${failed})
      on conflict (organisation_id, day, what) do update set failed = old.failed + excluded.failed,
        counts = array(
          select a + b from unnest(old.counts, excluded.counts) with ordinality both_of (a, b, place) order by place)`);
  }
}

async function forget(tx: Tx, at: number): Promise<void> {
  const before = iso(at - keptMs);
  await tx.run(sql`delete from app.uptime_spans where organisation_id = ${instanceId} and until_at < ${before}`);
  await tx.run(sql`
    delete from app.response_days where organisation_id = ${instanceId} and day < ${before.slice(0, 10)}::date`);
}

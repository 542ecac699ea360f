import { createHmac } from 'node:crypto';
import { errorWords, networkOf, sql, type Ctx, type Db, type Reconciler } from '#base';
import { rates, type Admit, type Rate } from '#edge';

type Verdict = { readonly admitted: boolean; readonly remaining: number; readonly retry_after_ms: number };

/**
 * Counts in PostgreSQL, so exactly and for all processes of all nodes together; one statement a request. What is stored
 * is a keyed hash of limit and asker; an IPv6 address counts with the whole /64 it belongs to.
 *
 * When PostgreSQL does not answer, what carriers ask is let through, so that no caller loses the call to a limit, and
 * everything else fails as `database-unavailable`.
 */
export function openAdmit(ctx: Pick<Ctx, 'db' | 'keys' | 'log'>): Admit {
  return async (name, of) => {
    const rate: Rate = rates[name];
    const whom = rate.per === 'address' ? networkOf(of) : of;
    const limited = createHmac('sha256', ctx.keys.derive('limits')).update(`${name}\0${whom}`).digest().subarray(0, 16);
    try {
      const [verdict] = await ctx.db.find<Verdict>(sql`
        select admitted, remaining, retry_after_ms
        from sec.admit(${limited}, ${rate.count}::integer, ${rate.seconds * 1000}::integer)`);
      if (verdict?.admitted) return { ok: true, left: verdict.remaining };
      return { ok: false, retryAfterMs: verdict?.retry_after_ms ?? 1_000 };
    } catch (error) {
      if (!rate.isOpen) throw error;
      ctx.log('limit.failed', { rate: name, ...errorWords(error) });
      return { ok: true, left: 0 };
    }
  };
}

/** Forgets what no longer counts against any limit. */
export function limitSweeper({ db }: { readonly db: Db }): Reconciler {
  return {
    name: 'limit-sweeper',
    everyMs: 60_000,
    sweeps: true,
    async run() {
      const [row] = await db.find<{ swept: number }>(sql`select sec.sweep_limits() as swept`);
      return row?.swept ?? 0;
    },
  };
}

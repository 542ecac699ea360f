import { iso, sql, type Ctx, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { measured, type Measured } from './collector.ts';
import { commitmentsIn, promisable, promisedFor, type Commitment, type Promisable } from './commitments.ts';
import { percentile, sum, total, type Counts } from './histogram.ts';
import { longestSilenceMs } from './measure.ts';
import { sharesOf, stretches, upPercent, type Shares, type Span } from './spans.ts';

const dayMs = 86_400_000;

/** How many days are shown. */
export const shownDays = 90;

/** One day (UTC): how it was, or that nobody measured yet. Milliseconds. */
export type UptimeDay = { readonly day: string; readonly shares: Shares | null; readonly upPercent: number | null };

export type Response = {
  readonly what: Measured;
  readonly answers: number;
  readonly failed: number;
  /** Half, 95 and 99 of a hundred took at most so many milliseconds. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

/** One promise in one month: what came of it. `isKept` is null where nothing was promised or nothing was measured. */
export type Kept = {
  readonly what: Promisable;
  readonly target: number | null;
  readonly reached: number | null;
  readonly isKept: boolean | null;
};

export type UptimeState = {
  /** Since when it is measured; null when it never was. */
  readonly since: string | null;
  readonly days: readonly UptimeDay[];
  /** Of the last 30 days. */
  readonly responses: readonly Response[];
  /** The newest first; the running one is not over. */
  readonly months: readonly { readonly month: string; readonly isOver: boolean; readonly kept: readonly Kept[] }[];
};

type Measurements = {
  readonly now: number;
  readonly spans: readonly Span[];
  readonly responses: readonly ResponseRow[];
  readonly commitments: readonly Commitment[];
};

type ResponseRow = { readonly day: string; readonly what: Measured; readonly counts: Counts; readonly failed: number };

/** Whether and how fast this installation answered, by day, and whether what was promised was kept, by month. */
export async function uptimeState({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<UptimeState> {
  const now = clock.now();
  const found = await db.tenant(instanceId, async (tx) => ({
    spans: await spansIn(tx),
    responses: await responsesIn(tx),
    commitments: await commitmentsIn(tx),
  }));
  return weigh({ now, ...found });
}

/** The same from what was measured. */
export function weigh({ now, spans, responses, commitments }: Measurements): UptimeState {
  const begun = spans.length === 0 ? undefined : Math.min(...spans.map(({ from }) => from));
  const end = measuredUntil(spans, now);
  const today = Math.floor(now / dayMs) * dayMs;
  const share = (from: number, until: number): Shares | null => {
    if (begun === undefined) return null;
    const [first, last] = [Math.max(from, begun), Math.min(until, end)];
    return first < last ? sharesOf(stretches(spans, first, last)) : null;
  };
  const days = Array.from({ length: shownDays }, (_, back) => today - (shownDays - 1 - back) * dayMs).map((from) => {
    const shares = share(from, from + dayMs);
    return { day: iso(from).slice(0, 10), shares, upPercent: (shares && upPercent(shares)) ?? null };
  });
  const lately = iso(today - 29 * dayMs).slice(0, 10);
  const first = Math.min(begun ?? now, ...responses.map(({ day }) => Date.parse(day)));
  return {
    since: begun === undefined ? null : iso(begun),
    days,
    responses: measured.map((what) =>
      responseOf(
        what,
        responses.filter((row) => row.what === what && row.day >= lately),
      ),
    ),
    months: monthsBetween(first, now).map(({ month, from, until }) => ({
      month,
      isOver: until <= now,
      kept: promisable.map((what): Kept => {
        const target = promisedFor(commitments, what, { from, until: Math.min(until, now) }) ?? null;
        const shares = what === 'uptime' ? share(from, until) : null;
        const rows = responses.filter((row) => row.what === what && row.day.startsWith(month));
        const reached = what === 'uptime' ? shares && upPercent(shares) : responseOf(what, rows).p95;
        return { what, target, reached: reached ?? null, isKept: isKept(what, target, reached ?? null) };
      }),
    })),
  };
}

function isKept(what: Promisable, target: number | null, reached: number | null): boolean | null {
  if (target === null || reached === null) return null;
  return what === 'uptime' ? reached >= target : reached <= target;
}

/** The last look, as long as the next one is not overdue. */
function measuredUntil(spans: readonly Span[], now: number): number {
  const last = Math.max(0, ...spans.map(({ until }) => until));
  return now - last <= longestSilenceMs ? Math.min(last, now) : now;
}

function responseOf(what: Measured, rows: readonly ResponseRow[]): Response {
  const counts = sum(rows.map((row) => row.counts));
  const at = (share: number) => percentile(counts, share) ?? null;
  const failed = rows.reduce((sofar, row) => sofar + row.failed, 0);
  return { what, answers: total(counts), failed, p50: at(50), p95: at(95), p99: at(99) };
}

/** The months (UTC) from that of one instant to that of another, the newest first; twelve at most. */
function monthsBetween(first: number, now: number) {
  const months: { month: string; from: number; until: number }[] = [];
  const [year, month] = [new Date(now).getUTCFullYear(), new Date(now).getUTCMonth()];
  for (let back = 0; back < 12; back += 1) {
    const [from, until] = [Date.UTC(year, month - back), Date.UTC(year, month - back + 1)];
    if (until <= first) break;
    months.push({ month: iso(from).slice(0, 7), from, until });
  }
  return months;
}

async function spansIn(tx: Tx): Promise<readonly Span[]> {
  const rows = await tx.rows<{ state: Span['state']; from_at: Date; until_at: Date; ending: string | null }>(sql`
    select state, from_at, until_at, ending from app.uptime_spans
    where organisation_id = ${instanceId} order by until_at`);
  return rows.map(({ state, from_at: from, until_at: until, ending }) => ({
    state,
    from: from.getTime(),
    until: until.getTime(),
    isPlanned: ending === 'planned',
  }));
}

async function responsesIn(tx: Tx): Promise<readonly ResponseRow[]> {
  return tx.rows<ResponseRow>(sql`
    select day::text as day, what, counts, failed from app.response_days
    where organisation_id = ${instanceId} order by day, what`);
}

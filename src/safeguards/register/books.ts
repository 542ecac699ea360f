import { iso, problem, sql, type Ctx, type EgressCount, type Reconciler } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Actor } from '#safeguards/audit';

/** What left, or was refused because nobody lists the host. Times in milliseconds. */
export type BookLine = {
  readonly vendor: string;
  readonly host: string;
  readonly count: number;
  readonly since: number;
  readonly lastAt: number;
};

/** The books of one process: what it counted since it started. */
type Ledger = () => readonly EgressCount[];

/** `db` is that of the jobs. */
type BookCtx = Pick<Ctx, 'clock' | 'db'>;

const everyMs = 1_000;

/**
 * Keeps in the database what the way out counts in memory, so that no restart loses it. An attempt at a name under
 * `.invalid` reaches nobody whatever happens (RFC 6761 §6.4): the claims try one all the time, and it is not kept.
 */
export function egressBooks(ctx: BookCtx, ledger: Ledger): Reconciler & { flush(): Promise<void> } {
  const kept = new Map<string, number>();
  const flush = async () => {
    let did = 0;
    for (const line of ledger()) {
      did += await keep(ctx, kept, { ...line, outcome: 'sent', count: line.sent });
      if (!leadsNowhere(line.host))
        did += await keep(ctx, kept, { ...line, outcome: 'unlisted', count: line.unlisted });
    }
    return did;
  };
  return {
    name: 'egress-books',
    everyMs,
    // What was kept is no work that calls for another look at once.
    run: async () => flush().then(() => 0),
    flush: async () => void (await flush()),
  };
}

type Counted = {
  readonly vendor: string;
  readonly host: string;
  readonly outcome: 'sent' | 'unlisted';
  readonly count: number;
};

async function keep({ clock, db }: BookCtx, kept: Map<string, number>, counted: Counted): Promise<number> {
  const { vendor, host, outcome, count } = counted;
  const name = `${outcome} ${vendor} ${host}`;
  const more = count - (kept.get(name) ?? 0);
  if (more <= 0) return 0;
  const now = iso(clock.now());
  await db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.egress_books as b (organisation_id, vendor, host, outcome, count, first_at, since_at, last_at)
      values (${instanceId}, ${vendor}, ${host.slice(0, 300)}, ${outcome}, ${more}, ${now}, ${now}, ${now})
      on conflict (organisation_id, vendor, host, outcome) do update
      set count = b.count + ${more}, last_at = ${now},
        since_at = case when b.acknowledged_at >= b.last_at then ${now} else b.since_at end`),
  );
  kept.set(name, count);
  return 1;
}

function leadsNowhere(host: string): boolean {
  return /\.invalid(?::\d+)?$/.test(host);
}

/** Hosts that nobody lists and that nobody has looked into yet. */
export async function unlistedSeen({ db }: Pick<Ctx, 'db'>): Promise<readonly BookLine[]> {
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<{ vendor: string; host: string; count: number; since_at: Date; last_at: Date }>(sql`
      select vendor, host, count, since_at, last_at from app.egress_books
      where organisation_id = ${instanceId} and outcome = 'unlisted'
        and (acknowledged_at is null or acknowledged_at < last_at)
      order by since_at, host limit 1000`),
  );
  return rows.map(({ vendor, host, count, since_at: since, last_at: last }) => ({
    vendor,
    host,
    count,
    since: since.getTime(),
    lastAt: last.getTime(),
  }));
}

/** Takes down that somebody looked into a host, and what they found. Throws `not-found` when it was not seen. */
export async function acknowledge(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>,
  { host, reason, actor }: { readonly host: string; readonly reason: string; readonly actor: Actor },
): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    const now = iso(ctx.clock.now());
    const seen = await tx.run(sql`
      update app.egress_books set acknowledged_at = greatest(${now}::timestamptz, last_at), reason = ${reason}
      where organisation_id = ${instanceId} and outcome = 'unlisted' and host = ${host}
        and (acknowledged_at is null or acknowledged_at < last_at)`);
    if (seen === 0) throw problem('not-found', 'No such host was asked for, or it has been looked into.');
    const object = 'register:egress' as const;
    const details = { host, reason };
    await record(ctx, tx, { organisation: instanceId, actor, action: 'egress.acknowledged', object, details });
  });
}

import { errorWords, iso, sql, type Ctx, type Id, type Reconciler, type Tx } from '#base';
import { organisation as loadOrganisation, ownerAddresses } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { companyOf } from './states.ts';

/** `db` is that of the jobs. */
export type WatchCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'log' | 'db'>;

const day = 24 * 60 * 60_000;

/**
 * Tells the owners of a business by mail when a deletion at a processor has not been confirmed for a day, and when one is
 * given up; of each once, and not more than one mail a day.
 */
export function processorWatch(ctx: WatchCtx): Reconciler {
  return {
    name: 'processor-watch',
    everyMs: 5 * 60_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id }>(
        sql`select organisation_id from sec.processor_erasures_untold(${iso(ctx.clock.now())})`,
      );
      let told = 0;
      for (const { organisation_id: organisation } of due) told += (await tell(ctx, organisation)) ? 1 : 0;
      return told;
    },
  };
}

/** False when another process has told them, or nothing is new. */
async function tell(ctx: WatchCtx, organisation: Id): Promise<boolean> {
  try {
    return await ctx.db.tenant(organisation, (tx) => tellWithin(ctx, tx, organisation));
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'processor-watch', organisation, ...errorWords(error) });
    return false;
  }
}

async function tellWithin(ctx: WatchCtx, tx: Tx, organisation: Id): Promise<boolean> {
  const now = ctx.clock.now();
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`processor-watch:${organisation}`}, 0))`);
  const { told } = await tx.one<{ told: Date | null }>(sql`
    select max(at) as told from app.processor_notices where organisation_id = ${organisation}`);
  const since = told?.getTime() ?? 0;
  if (since > now - day) return false;
  const news = await newsOf(tx, organisation, { since, now });
  if (news.late + news.givenUp === 0) return false;
  const { late, givenUp, companies } = news;
  await tx.run(sql`
    insert into app.processor_notices (organisation_id, at, late, given_up)
    values (${organisation}, ${iso(now)}, ${late}, ${givenUp})`);
  const { language } = await loadOrganisation(tx, organisation);
  for (const to of await ownerAddresses(ctx, tx, organisation)) {
    const notice = { kind: 'deletions-unconfirmed', companies, late, givenUp } as const;
    await notify(ctx, tx, { organisation, to, language, notice });
  }
  // Without details: of an organisation that was erased there may be no key left to seal them under.
  const object = `organisation:${organisation}` as const;
  await record(ctx, tx, { organisation, actor: 'system', action: 'processors.unconfirmed', object });
  return true;
}

type News = { readonly late: number; readonly givenUp: number; readonly companies: readonly string[] };

/** What has become late, or was given up, since they were told the last time. */
async function newsOf(
  tx: Tx,
  organisation: Id,
  { since, now }: { readonly since: number; readonly now: number },
): Promise<News> {
  const rows = await tx.rows<{ processor: string; late: number; given_up: number }>(sql`
    select processor, count(*) filter (where due_at is not null) as late,
      count(*) filter (where due_at is null) as given_up
    from (
      select processor, due_at from app.processor_erasures
      where organisation_id = ${organisation} and due_at is not null
        and made_at <= ${iso(now - day)} and made_at > ${iso(since - day)}
      union all
      select processor, due_at from app.processor_erasures
      where organisation_id = ${organisation} and state = 'given-up' and settled_at > ${iso(since)}) news
    group by processor order by processor`);
  return {
    late: rows.reduce((sum, { late }) => sum + late, 0),
    givenUp: rows.reduce((sum, { given_up: count }) => sum + count, 0),
    companies: rows.map(({ processor }) => companyOf(processor)),
  };
}

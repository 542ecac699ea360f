import { iso, sql, type Ctx, type Id, type Reconciler, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { fewest, isTellable, medianOf, rounded, sumOf, type Part } from './grouping.ts';

/** `db` is that of the jobs. */
export type FiguresCtx = Pick<Ctx, 'db' | 'clock' | 'keys'>;

const hour = 60 * 60_000;
const day = 24 * hour;
export const weekMs = 7 * day;

/** A week is told a day after it is over, an hour an hour after: what happens now is in no figure. */
const delay = { week: day, hour } as const;
/** So many weeks, or hours, are made up for after a time in which nothing ran. */
const back = { weeks: 8, hours: 24 } as const;
/** Hours are shown for a day; then they go. */
const hoursKeptMs = 2 * day;

/** What an organisation did in a stretch of time. */
type Done = {
  readonly organisation_id: Id;
  readonly calls: number;
  readonly messages: number;
  readonly appointments: number;
  readonly answer_ms: readonly number[];
};

const kinds = { call: 'calls', message: 'messages', appointment: 'appointments' } as const;
export type FigureKind = keyof typeof kinds;
const kindNames = ['call', 'message', 'appointment'] as const;

/** Publishes every week and every hour once, when it is over, and never again: whatever comes later changes no figure. */
export function figurePublisher(ctx: FiguresCtx): Reconciler {
  return {
    name: 'figures',
    // A week that was told is told for good: whether it is over is by age as well.
    byAge: true,
    everyMs: 10 * 60_000,
    async run() {
      const now = ctx.clock.now();
      await publishWeeks(ctx, now);
      await publishHours(ctx, now);
      return 0;
    },
  };
}

/** The Monday (UTC) on or before that instant. 1 January 1970 was a Thursday. */
export function mondayOf(at: number): number {
  return Math.floor((at - 4 * day) / weekMs) * weekMs + 4 * day;
}

async function publishWeeks(ctx: FiguresCtx, now: number): Promise<void> {
  const last = mondayOf(now - delay.week) - weekMs;
  const weeks = Array.from({ length: back.weeks }, (_, ago) => last - ago * weekMs).toReversed();
  const known = await ctx.db.tenant(instanceId, (tx) =>
    tx.rows<{ week: string }>(sql`
      select week::text as week from app.public_weeks
      where organisation_id = ${instanceId} and week >= ${dateOf(weeks[0]!)}::date`),
  );
  for (const week of weeks) {
    if (!known.some((one) => one.week === dateOf(week))) await publishWeek(ctx, week);
  }
}

async function publishWeek(ctx: FiguresCtx, week: number): Promise<void> {
  const wanted = await wantedIn(ctx);
  const done = await doneBetween(ctx, week, week + weekMs);
  const isPublic = (one: Done) => (wanted.get(one.organisation_id) ?? Infinity) <= week;
  for (const one of done.filter(isPublic)) {
    const of = one.organisation_id;
    const own = (count: number) => [{ organisation: of, count, isPublic: true }];
    const tell = (parts: readonly Part[]) => sumOf(parts) >= fewest.things;
    await write(ctx, { organisation: of, week, tell, parts: own, done: [one] });
  }
  const parts = (count: number, one: Done) => [{ organisation: one.organisation_id, count, isPublic: isPublic(one) }];
  // Last, and in its place: a week without its row is done again.
  await write(ctx, { organisation: instanceId, week, tell: isTellable, parts, done });
}

type Week = {
  readonly organisation: Id;
  readonly week: number;
  readonly tell: (parts: readonly Part[]) => boolean;
  readonly parts: (count: number, of: Done) => readonly Part[];
  readonly done: readonly Done[];
};

function write(ctx: FiguresCtx, { organisation, week, tell, parts, done }: Week): Promise<number> {
  const figure = (name: 'calls' | 'messages' | 'appointments'): number | null => {
    const all = done.flatMap((one) => parts(one[name], one));
    return tell(all) ? rounded(ctx, sumOf(all), `${organisation} ${dateOf(week)} ${name}`) : null;
  };
  const answers = done.flatMap((one) => parts(one.answer_ms.length, one));
  const median = tell(answers) ? medianOf(done.flatMap((one) => one.answer_ms)) : null;
  return ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.public_weeks (organisation_id, week, calls, messages, appointments, answer_ms)
      values (${organisation}, ${dateOf(week)}, ${figure('calls')}, ${figure('messages')}, ${figure('appointments')},
        ${median})
      on conflict do nothing`),
  );
}

async function publishHours(ctx: FiguresCtx, now: number): Promise<void> {
  const last = Math.floor((now - delay.hour) / hour) * hour - hour;
  const hours = Array.from({ length: back.hours }, (_, ago) => last - ago * hour).toReversed();
  const known = await ctx.db.tenant(instanceId, async (tx) => {
    await tx.run(sql`
      delete from app.public_hours where organisation_id = ${instanceId} and hour < ${iso(now - hoursKeptMs)}`);
    return tx.rows<{ hour: Date }>(sql`
      select distinct hour from app.public_hours where organisation_id = ${instanceId} and hour >= ${iso(hours[0]!)}`);
  });
  const missing = hours.filter((at) => !known.some((one) => one.hour.getTime() === at));
  for (const at of missing) await publishHour(ctx, at);
}

async function publishHour(ctx: FiguresCtx, at: number): Promise<void> {
  const done = await doneBetween(ctx, at, at + hour);
  await ctx.db.tenant(instanceId, async (tx) => {
    for (const kind of kindNames) await writeHour(ctx, tx, { at, kind, done });
  });
}

type Hour = { readonly at: number; readonly kind: FigureKind; readonly done: readonly Done[] };

function writeHour(ctx: FiguresCtx, tx: Tx, { at, kind, done }: Hour): Promise<number> {
  // No organisation tells its own hours, so none is taken away from the sum.
  const parts = done.map((one) => ({ organisation: one.organisation_id, count: one[kinds[kind]], isPublic: false }));
  const shown = isTellable(parts) ? rounded(ctx, sumOf(parts), `${instanceId} ${iso(at)} ${kind}`) : 0;
  return tx.run(sql`
    insert into app.public_hours (organisation_id, hour, kind, shown)
    values (${instanceId}, ${iso(at)}, ${kind}, ${shown}) on conflict do nothing`);
}

function doneBetween({ db }: Pick<Ctx, 'db'>, from: number, until: number): Promise<readonly Done[]> {
  return db.find<Done>(sql`
    select organisation_id, calls, messages, appointments, answer_ms
    from sec.counts_between(${iso(from)}, ${iso(until)}) order by organisation_id`);
}

/** Since when (milliseconds) whose figures are public. */
async function wantedIn({ db }: Pick<Ctx, 'db'>): Promise<ReadonlyMap<Id, number>> {
  const rows = await db.find<{ organisation_id: Id; since: Date }>(
    sql`select organisation_id, since from sec.public_figures_of()`,
  );
  return new Map(rows.map(({ organisation_id: id, since }) => [id, since.getTime()]));
}

function dateOf(at: number): string {
  return iso(at).slice(0, 10);
}

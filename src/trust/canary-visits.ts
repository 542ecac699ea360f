import { iso, newId, sql, type Ctx, type Id, type KeySubject, type SubjectKind, type Tx } from '#base';
import { canaryIds } from '#safeguards/accounts';
import { canaryWindows } from '#safeguards/retention';
import { openMarks, type MarkMaker } from './canary-visit-marks.ts';

/** What a visit leaves behind: the kinds of its rows, which name their keys too. */
export type Made = { readonly kind: SubjectKind; readonly id: Id };

/** A visit as it stands in the books; times are milliseconds since the epoch. */
export type Visit = {
  readonly id: Id;
  readonly number: number;
  readonly begunAt: number;
  readonly endedAt: number | undefined;
  readonly how: 'whole' | 'short' | 'broken-off' | undefined;
  readonly made: readonly Made[];
  /** When nothing of it may be left; undefined until it is known what it left. */
  readonly dueAt: number | undefined;
  /** How often something of it was seen in what the process wrote. */
  readonly logged: number;
};

/** What is searched for, and what the keystore still holds of it. */
export type CanaryVisits = {
  readonly marks: MarkMaker;
  /** How many content keys of these are there. */
  keysLeft(made: readonly Made[]): Promise<number>;
};

type VisitCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/** Whose telephone is visited. */
export const visited: Id = canaryIds[1];

/** What is destroyed a moment after its time must be gone by then. */
export const marginMs = 5 * 60_000;

/** How long the books are kept. */
const keptMs = 30 * 24 * 60 * 60_000;

export function openCanaryVisits({ keys }: Pick<VisitCtx, 'keys'>): CanaryVisits {
  return {
    marks: openMarks(keys),
    keysLeft: (made) => keys.count(made.map((one): KeySubject => ({ organisation: visited, ...one }))),
  };
}

/** The newest visits, up to 1,000: those of at least a month when there is one an hour. */
export async function visitsIn(tx: Tx): Promise<readonly Visit[]> {
  const rows = await tx.rows<Row>(sql`
    select id, number, begun_at, ended_at, how, made, due_at, logged from app.canary_visits
    where organisation_id = ${visited} order by number desc limit 1000`);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    begunAt: row.begun_at.getTime(),
    endedAt: row.ended_at?.getTime(),
    how: row.how ?? undefined,
    made: row.made,
    dueAt: row.due_at?.getTime(),
    logged: row.logged,
  }));
}

type Row = {
  readonly id: Id;
  readonly number: number;
  readonly begun_at: Date;
  readonly ended_at: Date | null;
  readonly how: Visit['how'] | null;
  readonly made: readonly Made[];
  readonly due_at: Date | null;
  readonly logged: number;
};

/**
 * Begins a visit, unless the newest has begun after that instant (milliseconds), on whatever node. One that begins in time
 * to come was made under a clock that was ahead.
 */
export async function beginVisit(
  ctx: VisitCtx,
  afterMs: number,
): Promise<{ readonly id: Id; readonly number: number } | undefined> {
  const id = newId(ctx);
  const now = iso(ctx.clock.now());
  const newest = sql`(array_agg(begun_at order by number desc))[1]`;
  const row = await ctx.db.tenant(visited, (tx) =>
    tx.maybe<{ number: number }>(sql`
      insert into app.canary_visits (organisation_id, id, number, begun_at)
      select ${visited}, ${id}, coalesce(max(number), 0) + 1, ${now} from app.canary_visits
      where organisation_id = ${visited}
      having coalesce(${newest} <= ${iso(afterMs)} or ${newest} > ${now}, true)
      on conflict do nothing returning number`),
  );
  return row && { id, number: row.number };
}

/** Notes how a visit ended; the first that says so is believed. */
export async function endVisit(ctx: VisitCtx, id: Id, how: NonNullable<Visit['how']>): Promise<void> {
  await ctx.db.tenant(visited, (tx) =>
    tx.run(sql`
      update app.canary_visits set ended_at = ${iso(ctx.clock.now())}, how = ${how}
      where organisation_id = ${visited} and id = ${id} and ended_at is null`),
  );
}

/** Notes that something of the newest visit was seen in what the process wrote, so many times. */
export async function noteLogged(ctx: VisitCtx, times: number): Promise<void> {
  await ctx.db.tenant(visited, (tx) =>
    tx.run(sql`
      update app.canary_visits set logged = logged + ${times}
      where organisation_id = ${visited} and id = (
        select id from app.canary_visits where organisation_id = ${visited} order by number desc limit 1)`),
  );
}

/**
 * Notes what an ended visit has left behind, once all of it is there: from then on its time runs, for an appointment from
 * its end. Returns false while the call has not been summed up.
 */
export async function noteMade(ctx: VisitCtx, { id, number, how }: Visit, isLate: boolean): Promise<boolean> {
  const { callId } = openMarks(ctx.keys).of({ id, number });
  return ctx.db.tenant(visited, async (tx) => {
    const call = await tx.maybe<{ id: Id; contact: Id | null; finished: boolean }>(sql`
      select id, contact_id as contact, finished_at is not null as finished from app.calls
      where organisation_id = ${visited} and carrier_call_id = ${callId}`);
    if (call && !call.finished && !isLate) return false;
    const found = call ? await madeIn(tx, call) : [];
    const isWhole = how === 'whole' && wholeVisit.every((kind) => found.some((one) => one.kind === kind));
    const lastEnd = Math.max(ctx.clock.now(), ...found.map(({ endsAt }) => endsAt ?? 0));
    const made = found.map((one): Made => ({ kind: one.kind, id: one.id }));
    await tx.run(sql`
      update app.canary_visits set made = ${JSON.stringify(made)}, due_at = ${iso(lastEnd + longestMs() + marginMs)},
        how = ${how === 'whole' && !isWhole ? 'short' : (how ?? 'broken-off')}
      where organisation_id = ${visited} and id = ${id} and due_at is null`);
    return true;
  });
}

/** What a visit that came to its end has left. */
const wholeVisit = ['call', 'person', 'message', 'lead', 'appointment'] as const;

async function madeIn(tx: Tx, call: { readonly id: Id; readonly contact: Id | null }) {
  const rows = await tx.rows<{ kind: SubjectKind; id: Id; ends_at: Date | null }>(sql`
    select 'message' as kind, id, null::timestamptz as ends_at from app.messages
      where organisation_id = ${visited} and call_id = ${call.id}
    union all select 'lead', id, null from app.leads where organisation_id = ${visited} and call_id = ${call.id}
    union all select 'recording', id, null from app.recordings where organisation_id = ${visited} and call_id = ${call.id}
    union all select 'appointment', id, ends_at from app.appointments
      where organisation_id = ${visited} and call_id = ${call.id}`);
  const own: readonly Made[] = [{ kind: 'call', id: call.id }, ...(call.contact ? [person(call.contact)] : [])];
  const left = rows.map(({ kind, id, ends_at: endsAt }) => ({ kind, id, endsAt: endsAt?.getTime() }));
  return [...own.map((one) => ({ ...one, endsAt: undefined })), ...left];
}

function person(id: Id): Made {
  return { kind: 'person', id };
}

function longestMs(): number {
  return Math.max(...Object.values(canaryWindows).map((window) => (window === 'account' ? 0 : window.ms)));
}

/** Takes visits of long ago out of the books. */
export async function forgetVisits(ctx: VisitCtx): Promise<void> {
  await ctx.db.tenant(visited, (tx) =>
    tx.run(sql`
      delete from app.canary_visits
      where organisation_id = ${visited} and begun_at < ${iso(ctx.clock.now() - keptMs)}`),
  );
}

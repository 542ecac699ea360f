import {
  pageOf,
  pageQuery,
  problem,
  sql,
  type Ctx,
  type Id,
  type Page,
  type PageRequest,
  type Personal,
  type Tx,
} from '#base';
import { unsealKept } from '#safeguards/vault';
import { columns, placeOf, type HoldRow, type HoldState } from './hold-row.ts';
import { heldKinds, type HeldKind } from './kinds.ts';

/** A hold as it is shown. Times in milliseconds. */
export type HoldView = {
  readonly id: Id;
  readonly state: HoldState;
  readonly what: 'call' | 'person';
  readonly callId: Id | null;
  /** Null for a call, and once the hold is over. */
  readonly number: Personal | null;
  /** Null once it was forgotten. */
  readonly reason: Personal | null;
  readonly endsAt: number;
  readonly askedAt: number;
  readonly askedBy: Id;
  /** When it lapses unless somebody else approves of it. */
  readonly lapsesAt: number;
  readonly approvedAt: number | null;
  readonly approvedBy: Id | null;
  readonly liftAskedAt: number | null;
  readonly liftAskedBy: Id | null;
  readonly overAt: number | null;
  readonly overBy: Id | null;
  /** How much it holds, of each kind. */
  readonly holds: { readonly [K in HeldKind]: number };
};

/** What a hold holds, by id: at most a thousand. It is there, whether its own time is over or not. */
export type HeldItem = { readonly kind: HeldKind; readonly id: Id };

const mostItems = 1_000;
type Reading = Pick<Ctx, 'keys' | 'clock'>;

/** The organisation's holds, those that are over among them, newest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listHolds(ctx: Reading, tx: Tx, organisation: Id, request: PageRequest): Promise<Page<HoldView>> {
  const { after, take } = pageQuery(sql`asked_at`, request);
  const rows = await tx.rows<HoldRow>(sql`
    select ${columns} from app.holds where organisation_id = ${organisation} ${after}
    order by asked_at desc, id desc limit ${take}`);
  const counts = await countsOf(tx, organisation, rows);
  return pageOf(rows, request.limit, {
    at: (row) => row.asked_at.getTime(),
    view: (row) => viewOf(ctx, organisation, row, counts.get(row.id)),
  });
}

/** One of them, with what it holds. Throws `not-found`. */
export async function readHold(
  ctx: Reading,
  tx: Tx,
  organisation: Id,
  id: Id,
): Promise<HoldView & { readonly held: readonly HeldItem[] }> {
  const row = await tx.maybe<HoldRow>(sql`
    select ${columns} from app.holds where organisation_id = ${organisation} and id = ${id}`);
  if (!row) throw problem('not-found', 'There is no such hold.');
  const held = await tx.rows<HeldItem>(sql`
    select kind, item_id as id from app.held_items where organisation_id = ${organisation} and hold_id = ${row.id}
    order by kind, item_id limit ${mostItems}`);
  const counts = await countsOf(tx, organisation, [row]);
  return { ...(await viewOf(ctx, organisation, row, counts.get(row.id))), held };
}

type Counts = { readonly [K in HeldKind]?: number };

async function countsOf(tx: Tx, organisation: Id, rows: readonly HoldRow[]): Promise<ReadonlyMap<Id, Counts>> {
  const found = await tx.rows<{ hold_id: Id; counts: Counts }>(sql`
    select hold_id, jsonb_object_agg(kind, many) as counts from (
      select hold_id, kind, count(*)::int as many from app.held_items
      where organisation_id = ${organisation} and hold_id = any (${rows.map(({ id }) => id)}::uuid[])
      group by hold_id, kind) each
    group by hold_id`);
  return new Map(found.map(({ hold_id: id, counts }) => [id, counts]));
}

async function viewOf(ctx: Reading, organisation: Id, row: HoldRow, counts: Counts | undefined): Promise<HoldView> {
  const at = (date: Date | null) => date?.getTime() ?? null;
  const open = (column: 'reason' | 'number') => unsealKept(ctx, organisation, placeOf(row.id, column), row[column]);
  const zeros = Object.fromEntries(heldKinds.map((kind) => [kind, 0])) as { [K in HeldKind]: number };
  return {
    id: row.id,
    state: stateAt(row, ctx.clock.now()),
    what: row.call_id === null ? 'person' : 'call',
    callId: row.call_id,
    number: await open('number'),
    reason: await open('reason'),
    endsAt: row.until.getTime(),
    askedAt: row.asked_at.getTime(),
    askedBy: row.asked_by,
    lapsesAt: row.lapses_at.getTime(),
    approvedAt: at(row.approved_at),
    approvedBy: row.approved_by,
    liftAskedAt: at(row.lift_asked_at),
    liftAskedBy: row.lift_asked_by,
    overAt: at(row.over_at),
    overBy: row.over_by,
    holds: { ...zeros, ...counts },
  };
}

/** As it is at this moment, though what has ended by itself is written down a moment later. */
function stateAt(row: HoldRow, now: number): HoldState {
  if (row.over_at !== null) return row.state;
  if (row.until.getTime() <= now) return row.state === 'asked' ? 'lapsed' : 'ended';
  return row.state === 'asked' && row.lapses_at.getTime() <= now ? 'lapsed' : row.state;
}

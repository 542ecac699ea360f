import { pageOf, pageQuery, sql, type Ctx, type Id, type Page, type PageRequest, type Personal, type Tx } from '#base';
import type { ObjectStore } from '#adapters/objects';
import type { Actor } from '#safeguards/audit';

/** What erasing needs besides the senses: where recordings lie, and by what a number is found again. */
export type EraseCtx = Pick<Ctx, 'config' | 'db' | 'keys' | 'clock' | 'random' | 'log'> & {
  readonly objects: ObjectStore;
  /** The keyed hash of a number in any usual spelling; the same one under which the organisation's rows have it. */
  readonly phoneIndex: (organisation: Id, phone: Personal) => Promise<Buffer>;
  /** Ends for good how somebody signs in; false when there is no such identity. */
  readonly removeIdentity: (identity: Id) => Promise<boolean>;
};

export type Scope = 'call' | 'person' | 'organisation';

/**
 * `asked`: nothing has been destroyed yet. `planned`: what there is has been found, and is being destroyed. `erased`:
 * nothing is left here, processors have not all answered. `done`: they have, or what stays with them is named.
 */
export type State = 'asked' | 'planned' | 'erased' | 'done';

/** Why an erasure does not go on at this moment. */
export type Wait = 'live-call' | 'hold' | 'object-store' | 'processors';

export type ErasureRef = { readonly organisation: Id; readonly id: Id };

/** One erasure as it stands. Times are milliseconds since the epoch; nothing in it is personal. */
export type Erasure = ErasureRef & {
  readonly scope: Scope;
  /** The call, where it is one. */
  readonly call: Id | null;
  readonly askedAt: number;
  readonly askedBy: Actor;
  readonly state: State;
  readonly waitsFor: Wait | null;
  /** When every key of it had been destroyed, so that nothing could read it any more. */
  readonly unreadableAt: number | null;
  /** When nothing of it was left here. */
  readonly erasedAt: number | null;
  readonly doneAt: number | null;
};

/** The erasure under lock, with what only erasing needs. */
export type LockedErasure = Erasure & {
  readonly phoneIndex: Buffer | null;
  readonly subjectHash: Buffer;
  readonly found: Found;
  readonly entry: Id | null;
};

/** What was counted on the way. Kept as JSON: counts, fixed words and ids, nothing personal. */
export type Found = {
  /** Rows by table that were there when they were deleted, and that are there afterwards. */
  readonly rows?: Readonly<Record<string, number>>;
  readonly after?: Readonly<Record<string, number>>;
  /** Ids of the content keys, as hex. */
  readonly keys?: readonly string[];
  /** How many of these opened something before. */
  readonly openKeys?: number;
  /** Those that live on, because something of somebody else is under them as well. */
  readonly shared?: readonly string[];
  /** How many objects there were. */
  readonly objects?: number;
  /** What could not be erased with it, and where. */
  readonly left?: readonly Left[];
};

/** A call of somebody else in which the person's number was left: their words in it go with that call. */
export type Left = { readonly what: 'words-in-a-call-from-another-number'; readonly call: Id };

/** The erasure; undefined when there is none of that id. */
export async function erasureOf(tx: Tx, { organisation, id }: ErasureRef): Promise<Erasure | undefined> {
  const row = await tx.maybe<Row>(sql`
    select ${columns} from app.erasures where organisation_id = ${organisation} and id = ${id}`);
  return row && viewOf(row);
}

/** The organisation's erasures, newest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listErasures(tx: Tx, organisation: Id, request: PageRequest): Promise<Page<Erasure>> {
  const { after, take } = pageQuery(sql`asked_at`, request);
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.erasures
    where organisation_id = ${organisation} ${after}
    order by asked_at desc, id desc
    limit ${take}`);
  return pageOf(rows, request.limit, { at: (row) => row.asked_at.getTime(), view: viewOf });
}

/** The erasure under lock, so that nobody else takes its next step. */
export async function lockErasure(tx: Tx, { organisation, id }: ErasureRef): Promise<LockedErasure | undefined> {
  const row = await tx.maybe<Row & LockedRow>(sql`
    select ${columns}, phone_index, subject_hash, found, entry_id from app.erasures
    where organisation_id = ${organisation} and id = ${id} for update`);
  if (!row) return undefined;
  const { phone_index: phoneIndex, subject_hash: subjectHash, found, entry_id: entry } = row;
  return { ...viewOf(row), phoneIndex, subjectHash, found, entry };
}

const columns = sql`organisation_id, id, scope, call_id, asked_at, asked_by, state, waits_for, unreadable_at, erased_at,
  done_at`;

type Row = {
  readonly organisation_id: Id;
  readonly id: Id;
  readonly scope: Scope;
  readonly call_id: Id | null;
  readonly asked_at: Date;
  readonly asked_by: Actor;
  readonly state: State;
  readonly waits_for: Wait | null;
  readonly unreadable_at: Date | null;
  readonly erased_at: Date | null;
  readonly done_at: Date | null;
};

type LockedRow = {
  readonly phone_index: Buffer | null;
  readonly subject_hash: Buffer;
  readonly found: Found;
  readonly entry_id: Id | null;
};

function viewOf(row: Row): Erasure {
  return {
    organisation: row.organisation_id,
    id: row.id,
    scope: row.scope,
    call: row.call_id,
    askedAt: row.asked_at.getTime(),
    askedBy: row.asked_by,
    state: row.state,
    waitsFor: row.waits_for,
    unreadableAt: row.unreadable_at?.getTime() ?? null,
    erasedAt: row.erased_at?.getTime() ?? null,
    doneAt: row.done_at?.getTime() ?? null,
  };
}

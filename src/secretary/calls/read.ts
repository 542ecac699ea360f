import {
  during,
  ofAll,
  pageOf,
  pageQuery,
  sql,
  type Ctx,
  type Id,
  type Page,
  type PageRequest,
  type Period,
  type Personal,
  type Sql,
  type Tx,
} from '#base';
import {
  handOversOf,
  inTime,
  isForgotten,
  keptAfterHandOver,
  keptUntil,
  numberMasked,
  type HandOver,
  type InTime,
} from '#safeguards/retention';
import { unsealKept } from '#safeguards/vault';
import { readDecisions, type DecisionView } from './decisions.ts';
import { entryPlace } from './entries.ts';
import { isOwn } from './own.ts';
import { place } from './store.ts';

/**
 * A call as the API may show it. Instants are milliseconds since the epoch. What was said in it, and the number it came
 * from, are missing for who may not read that, and null once their time is over. Once it was handed over and the time
 * after that is over, the number is its last figures (`***-***-1234`).
 */
export type CallView = {
  readonly id: Id;
  readonly carrier: string;
  readonly agentId: Id;
  readonly from?: Personal | null;
  readonly assignedTo: Id | null;
  readonly language: string;
  readonly state: string;
  readonly startedAt: number;
  readonly disclosedAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: string | null;
  readonly outcome: string | null;
  readonly summary?: Personal | null;
  /** The slots that were filled in the call, as JSON. */
  readonly extraction?: Personal | null;
  /** From then on nobody reads what was said, the number or the name; null while the call goes on. */
  readonly keptUntil: number | null;
  /** When a system of the business first confirmed that it has the call. */
  readonly handedOverAt: number | null;
};

/** One thing said: what was meant to be spoken apart from what was heard. Null heard: nobody knows. */
export type EntryView = {
  readonly seq: number;
  readonly at: number;
  readonly speaker: string;
  readonly kind: string;
  readonly meant: Personal | null;
  readonly heard: Personal | null;
  readonly heardAt: number | null;
};

export type CallDetail = CallView & {
  readonly transcript?: readonly EntryView[];
  readonly decisions: readonly DecisionView[];
  /** What systems of the business said of it; how they name it is known to who may read what was said. */
  readonly handOvers: readonly (Omit<HandOver, 'reference'> & Partial<Pick<HandOver, 'reference'>>)[];
};

/** Of which calls the contents are read: of all, of those of one person, or of none. */
export type Contents = 'all' | 'none' | { readonly of: Id };

type Row = {
  id: Id;
  carrier: string;
  agent_id: Id;
  assigned_to: Id | null;
  caller_number: Buffer | null;
  language: string;
  state: string;
  started_at: Date;
  disclosed_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  outcome: string | null;
  summary: Buffer | null;
  extraction: Buffer | null;
  handed_over_at: Date | null;
  masked: Buffer | null;
  isForgotten: boolean;
};

const columns = (time: InTime) =>
  sql`id, carrier, agent_id, assigned_to, caller_number, language, state, started_at, disclosed_at, ended_at, end_reason, outcome, summary, extraction, handed_over_at, masked, ${isForgotten(time)}`;

/** Which calls are wanted; what is not named does not matter. */
export type CallFilter = Period & {
  readonly state?: 'live' | 'ended' | undefined;
  readonly outcome?: string | undefined;
  readonly agent?: Id | undefined;
  /** A member whose calls they are; `none`: nobody's. */
  readonly assigned?: Id | undefined;
};

/** What of the list is shown: `of` limits it to the own calls of a person. */
export type CallRequest = Pick<PageRequest, 'limit' | 'before'> &
  CallFilter & { readonly contents: Contents; readonly of?: Id | undefined };

/** The organisation's calls, newest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listCalls(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  request: CallRequest,
): Promise<Page<CallView>> {
  const { after, take } = pageQuery(sql`started_at`, request);
  const time = await inTime(ctx, tx, organisation);
  const rows = await tx.rows<Row>(sql`
    select ${columns(time)} from app.calls where organisation_id = ${organisation} ${wanted(request)} ${after}
    order by started_at desc, id desc limit ${take}`);
  return pageOf(rows, request.limit, {
    at: (row) => row.started_at.getTime(),
    view: (row) => viewOf(ctx, organisation, { row, contents: request.contents, time }),
  });
}

/** Every condition is one that an index of migration 23 begins with, or that leaves few rows. */
function wanted({ of, state, outcome, agent, assigned, ...period }: CallRequest): Sql {
  const whose = assigned === 'none' ? sql`and assigned_to is null` : sql`and assigned_to = ${assigned}`;
  return [
    ...(of === undefined ? [] : [sql`and ${isOwn(of)}`]),
    ...(state === undefined ? [] : [sql`and state = ${state}`]),
    ...(outcome === undefined ? [] : [sql`and outcome = ${outcome}`]),
    ...(agent === undefined ? [] : [sql`and agent_id = ${agent}`]),
    ...(assigned === undefined ? [] : [whose]),
  ].reduce((all, one) => sql`${all} ${one}`, during(sql`started_at`, period));
}

/** One call with its transcript; undefined when the organisation has none of that id, or none that may be seen. */
export async function readCall(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  { id, ofCalls, contents }: Pick<PageRequest, 'ofCalls'> & { readonly id: Id; readonly contents: Contents },
): Promise<CallDetail | undefined> {
  const within = ofCalls ? sql`and id in (${ofCalls})` : sql``;
  const time = await inTime(ctx, tx, organisation);
  const row = await tx.maybe<Row>(sql`
    select ${columns(time)} from app.calls where organisation_id = ${organisation} and id = ${id} ${within}`);
  if (!row) return undefined;
  // The row's own spelling of its id: a UUID may be asked for in capitals, but contents open only at their exact place.
  const ref = { organisation, id: row.id };
  const view = await viewOf(ctx, organisation, { row, contents, time });
  const isOpen = isReadable(row, contents);
  const hasWords = isOpen && isInTime(time, row) && !row.isForgotten;
  const decisions = await readDecisions(tx, ref, view, { tools: hasWords });
  const handOvers = await handOversIn(ctx, tx, { row, organisation, isShown: isOpen && isInTime(time, row) });
  if (!isOpen) return { ...view, decisions, handOvers };
  return { ...view, decisions, handOvers, transcript: hasWords ? await readTranscript(ctx, tx, ref) : [] };
}

type Showing = { readonly row: Row; readonly organisation: Id; readonly isShown: boolean };

async function handOversIn(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  { row, organisation, isShown }: Showing,
): Promise<CallDetail['handOvers']> {
  const all = await handOversOf(ctx, tx, organisation, row.id);
  return isShown ? all : all.map(({ reference: _, ...rest }) => rest);
}

type EntryRow = {
  seq: number;
  at: Date;
  speaker: string;
  kind: string;
  meant: Buffer | null;
  heard: Buffer | null;
  heard_at: Date | null;
};

/** The transcript of a call, in order. */
export async function readTranscript(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  ref: { organisation: Id; id: Id },
): Promise<EntryView[]> {
  const rows = await tx.rows<EntryRow>(sql`
    select seq, at, speaker, kind, meant, heard, heard_at from app.call_entries
    where organisation_id = ${ref.organisation} and call_id = ${ref.id} order by seq`);
  const open = (row: EntryRow, column: 'meant' | 'heard') =>
    unsealKept(ctx, ref.organisation, entryPlace(ref, row.seq, column), row[column]);
  return Promise.all(
    rows.map(async (row) => ({
      seq: row.seq,
      at: row.at.getTime(),
      speaker: row.speaker,
      kind: row.kind,
      meant: await open(row, 'meant'),
      heard: await open(row, 'heard'),
      heardAt: row.heard_at?.getTime() ?? null,
    })),
  );
}

function isReadable({ assigned_to: person }: Row, contents: Contents): boolean {
  return contents === 'all' || (contents !== 'none' && contents.of === person);
}

function isInTime(time: InTime, row: Row): boolean {
  return time.call({ endedAt: row.ended_at?.getTime() ?? null });
}

async function viewOf(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  { row, contents, time }: { readonly row: Row; readonly contents: Contents; readonly time: InTime },
): Promise<CallView> {
  const ref = { organisation, id: row.id };
  const endedAt = row.ended_at?.getTime() ?? null;
  const handedOverAt = row.handed_over_at?.getTime() ?? null;
  const open = (column: 'caller_number' | 'masked' | 'summary' | 'extraction') =>
    isInTime(time, row) && (column === 'masked') === row.isForgotten
      ? unsealKept(ctx, organisation, place(ref, column), row[column])
      : null;
  return {
    id: row.id,
    carrier: row.carrier,
    agentId: row.agent_id,
    assignedTo: row.assigned_to,
    language: row.language,
    state: row.state,
    startedAt: row.started_at.getTime(),
    disclosedAt: row.disclosed_at?.getTime() ?? null,
    endedAt,
    endReason: row.end_reason,
    outcome: row.outcome,
    keptUntil: earliest(keptUntil({ endedAt }, time.keeping), keptAfterHandOver(handedOverAt, time.keeping)),
    handedOverAt,
    ...(isReadable(row, contents) && {
      from: await open(row.isForgotten ? 'masked' : 'caller_number'),
      summary: await open('summary'),
      extraction: await open('extraction'),
    }),
  };
}

function earliest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** The number a call came from, for somebody who may see it whole; `within` names the calls it must be among. Throws `number-masked`. */
export async function numberOfCaller(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  { id, within }: { readonly id: Id; readonly within: readonly (Sql | undefined)[] },
): Promise<{ readonly id: Id; readonly phone: Personal | null } | undefined> {
  const time = await inTime(ctx, tx, organisation);
  const row = await tx.maybe<Row>(sql`
    select ${columns(time)} from app.calls
    where organisation_id = ${organisation} and id = ${id} ${ofAll(within, sql`id`)}`);
  if (!row) return undefined;
  const { from } = await viewOf(ctx, organisation, { row, contents: 'all', time });
  if (from && row.isForgotten) throw numberMasked();
  return { id: row.id, phone: from ?? null };
}

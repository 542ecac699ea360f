import { pageOf, pageQuery, sql, type Ctx, type Id, type Page, type PageRequest, type Personal, type Tx } from '#base';
import { unseal } from '#safeguards/vault';
import { entryPlace } from './entries.ts';
import { place } from './store.ts';

/**
 * A call as the API may show it. Instants are milliseconds since the epoch. What was said in it, and the number it came
 * from, are missing for who may not read that.
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
  readonly extraction?: Personal | null;
  readonly transcript?: readonly EntryView[];
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
};

const columns = sql`id, carrier, agent_id, assigned_to, caller_number, language, state, started_at, disclosed_at, ended_at, end_reason, outcome, summary, extraction`;

/** The organisation's calls, newest first. */
export async function listCalls(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest & { readonly contents: Contents },
): Promise<Page<CallView>> {
  const { after, take } = pageQuery(sql`started_at`, request);
  const within = request.ofCalls ? sql`and id in (${request.ofCalls})` : sql``;
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.calls where organisation_id = ${organisation} ${within} ${after}
    order by started_at desc, id desc limit ${take}`);
  return pageOf(rows, request.limit, {
    at: (row) => row.started_at.getTime(),
    view: (row) => viewOf(ctx, organisation, { row, contents: request.contents }),
  });
}

/** One call with its transcript; undefined when the organisation has none of that id, or none that may be seen. */
export async function readCall(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  { id, ofCalls, contents }: Pick<PageRequest, 'ofCalls'> & { readonly id: Id; readonly contents: Contents },
): Promise<CallDetail | undefined> {
  const within = ofCalls ? sql`and id in (${ofCalls})` : sql``;
  const row = await tx.maybe<Row>(sql`
    select ${columns} from app.calls where organisation_id = ${organisation} and id = ${id} ${within}`);
  if (!row) return undefined;
  // The row's own spelling of its id: a UUID may be asked for in capitals, but contents open only at their exact place.
  const ref = { organisation, id: row.id };
  const view = await viewOf(ctx, organisation, { row, contents });
  if (!isReadable(row, contents)) return view;
  const extraction = row.extraction && (await unseal(ctx, organisation, place(ref, 'extraction'), row.extraction));
  return { ...view, extraction, transcript: await readTranscript(ctx, tx, ref) };
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
  const open = (row: EntryRow, column: 'meant' | 'heard') => {
    const sealed = row[column];
    return sealed ? unseal(ctx, ref.organisation, entryPlace(ref, row.seq, column), sealed) : null;
  };
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

async function viewOf(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  { row, contents }: { readonly row: Row; readonly contents: Contents },
): Promise<CallView> {
  const ref = { organisation, id: row.id };
  const open = (column: 'caller_number' | 'summary') => {
    const sealed = row[column];
    return sealed ? unseal(ctx, organisation, place(ref, column), sealed) : null;
  };
  return {
    id: row.id,
    carrier: row.carrier,
    agentId: row.agent_id,
    assignedTo: row.assigned_to,
    language: row.language,
    state: row.state,
    startedAt: row.started_at.getTime(),
    disclosedAt: row.disclosed_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
    endReason: row.end_reason,
    outcome: row.outcome,
    ...(isReadable(row, contents) && { from: await open('caller_number'), summary: await open('summary') }),
  };
}

import { pageOf, pageQuery, sql, type Ctx, type Id, type Page, type PageRequest, type Personal, type Tx } from '#base';
import { unseal } from '#safeguards/vault';
import { entryPlace } from './entries.ts';
import { place } from './store.ts';

/** A call as the API may show it. Instants are milliseconds since the epoch. */
export type CallView = {
  readonly id: Id;
  readonly carrier: string;
  readonly agentId: Id;
  readonly from: Personal | null;
  readonly language: string;
  readonly state: string;
  readonly startedAt: number;
  readonly disclosedAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: string | null;
  readonly outcome: string | null;
  readonly summary: Personal | null;
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

export type CallDetail = CallView & { readonly extraction: Personal | null; readonly transcript: readonly EntryView[] };

type Row = {
  id: Id;
  carrier: string;
  agent_id: Id;
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

const columns = sql`id, carrier, agent_id, caller_number, language, state, started_at, disclosed_at, ended_at, end_reason, outcome, summary, extraction`;

/** The organisation's calls, newest first. */
export async function listCalls(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest,
): Promise<Page<CallView>> {
  const { after, take } = pageQuery(sql`started_at`, request);
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.calls where organisation_id = ${organisation} ${after}
    order by started_at desc, id desc limit ${take}`);
  return pageOf(rows, request.limit, {
    at: (row) => row.started_at.getTime(),
    view: (row) => viewOf(ctx, organisation, row),
  });
}

/** One call with its transcript; undefined when the organisation has none of that id. */
export async function readCall(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  id: Id,
): Promise<CallDetail | undefined> {
  const row = await tx.maybe<Row>(sql`
    select ${columns} from app.calls where organisation_id = ${organisation} and id = ${id}`);
  if (!row) return undefined;
  // The row's own spelling of its id: a UUID may be asked for in capitals, but contents open only at their exact place.
  const ref = { organisation, id: row.id };
  const extraction = row.extraction && (await unseal(ctx, organisation, place(ref, 'extraction'), row.extraction));
  return { ...(await viewOf(ctx, organisation, row)), extraction, transcript: await readTranscript(ctx, tx, ref) };
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

async function viewOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: Row): Promise<CallView> {
  const ref = { organisation, id: row.id };
  return {
    id: row.id,
    carrier: row.carrier,
    agentId: row.agent_id,
    from: row.caller_number ? await unseal(ctx, organisation, place(ref, 'caller_number'), row.caller_number) : null,
    language: row.language,
    state: row.state,
    startedAt: row.started_at.getTime(),
    disclosedAt: row.disclosed_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
    endReason: row.end_reason,
    outcome: row.outcome,
    summary: row.summary ? await unseal(ctx, organisation, place(ref, 'summary'), row.summary) : null,
  };
}

import {
  iso,
  newId,
  ofCalls,
  pageOf,
  pageQuery,
  sql,
  type Ctx,
  type Id,
  type Page,
  type PageRequest,
  type Personal,
  type Tx,
} from '#base';
import { record } from '#safeguards/audit';
import { inTime, isForgotten } from '#safeguards/retention';
import { sealGiven, unsealKept } from '#safeguards/vault';
import { reachIndex } from './reach-index.ts';

/**
 * A lead as the API may show it. A personal field is null when it was not given, or was erased; of a number that was
 * handed over the last figures are left.
 */
export type LeadView = {
  readonly id: Id;
  readonly callId: Id;
  readonly contactId: Id | null;
  readonly name: Personal | null;
  readonly phone: Personal | null;
  readonly interest: Personal | null;
  readonly status: 'new' | 'contacted' | 'won' | 'lost';
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
};

/** Keeps what a caller wants from the business. A call makes one lead: asked again, the first one's id comes back. */
export async function captureLead(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  lead: {
    readonly organisation: Id;
    readonly callId: Id;
    readonly contactId?: Id | undefined;
    readonly name?: Personal | undefined;
    readonly phone?: Personal | undefined;
    readonly interest?: Personal | undefined;
  },
): Promise<Id> {
  const { organisation, callId } = lead;
  const id = newId(ctx);
  const kept = (column: 'name' | 'phone' | 'interest') =>
    sealGiven(ctx, { organisation, kind: 'lead', id }, place(id, column), lead[column]);
  const index = await reachIndex(ctx, tx, { organisation, number: lead.phone, contactId: lead.contactId });
  const added = await tx.run(sql`
    insert into app.leads (organisation_id, id, call_id, contact_id, name, phone, phone_index, interest, status, created_at)
    values (${organisation}, ${id}, ${callId}, ${lead.contactId}, ${await kept('name')}, ${await kept('phone')},
      ${index}, ${await kept('interest')}, 'new', ${iso(ctx.clock.now())})
    on conflict (organisation_id, call_id) do nothing`);
  if (added === 0) return leadOf(tx, organisation, callId);
  await record(ctx, tx, {
    organisation,
    actor: 'caller',
    action: 'lead.captured',
    object: `lead:${id}`,
    details: { callId },
  });
  return id;
}

/** Which leads are wanted; what is not named does not matter. */
export type LeadFilter = { readonly status?: LeadView['status'] | undefined; readonly call?: Id | undefined };

/** The organisation's leads that are in their time, newest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listLeads(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest & LeadFilter,
): Promise<Page<LeadView>> {
  const { after, take } = pageQuery(sql`created_at`, request);
  const time = await inTime(ctx, tx, organisation);
  const { status, call } = request;
  const standing = status === undefined ? sql`` : sql`and status = ${status}`;
  const wanted = call === undefined ? standing : sql`${standing} and call_id = ${call}`;
  const rows = await tx.rows<Row>(sql`
    select id, call_id, contact_id, name, phone, interest, masked, status, created_at, ${isForgotten(time)}
    from app.leads
    where organisation_id = ${organisation} and ${time.where('leads', sql`created_at`)} ${ofCalls(request)} ${wanted} ${after}
    order by created_at desc, id desc
    limit ${take}`);
  const at = (row: Row) => row.created_at.getTime();
  return pageOf(rows, request.limit, { at, view: (row) => viewOf(ctx, organisation, row) });
}

type Row = {
  readonly id: Id;
  readonly call_id: Id;
  readonly contact_id: Id | null;
  readonly name: Buffer | null;
  readonly phone: Buffer | null;
  readonly interest: Buffer | null;
  readonly masked: Buffer | null;
  readonly isForgotten: boolean;
  readonly status: LeadView['status'];
  readonly created_at: Date;
};

async function viewOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: Row): Promise<LeadView> {
  const read = (column: 'name' | 'phone' | 'interest' | 'masked') =>
    (column === 'masked') === row.isForgotten
      ? unsealKept(ctx, organisation, place(row.id, column), row[column])
      : null;
  return {
    id: row.id,
    callId: row.call_id,
    contactId: row.isForgotten ? null : row.contact_id,
    name: await read('name'),
    phone: await read(row.isForgotten ? 'masked' : 'phone'),
    interest: await read('interest'),
    status: row.status,
    createdAt: row.created_at.getTime(),
  };
}

async function leadOf(tx: Tx, organisation: Id, callId: Id): Promise<Id> {
  const lead = await tx.one<{ id: Id }>(sql`
    select id from app.leads where organisation_id = ${organisation} and call_id = ${callId}`);
  return lead.id;
}

function place(row: Id, column: string) {
  return { table: 'leads', row, column };
}

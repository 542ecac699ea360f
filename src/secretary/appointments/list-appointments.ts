import {
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
import { unsealKept } from '#safeguards/vault';

/**
 * An appointment as the API may show it. A personal field is null when it was not given, or was erased.
 * Times in milliseconds since the epoch.
 */
export type AppointmentView = {
  readonly id: Id;
  readonly agentId: Id;
  readonly callId: Id | null;
  readonly contactId: Id | null;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly status: 'booked' | 'cancelled';
  readonly name: Personal | null;
  readonly phone: Personal | null;
  readonly reason: Personal | null;
  readonly createdAt: number;
  readonly changedAt: number;
};

/** The organisation's appointments, the latest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listAppointments(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest,
): Promise<Page<AppointmentView>> {
  const { after, take } = pageQuery(sql`starts_at`, request);
  const rows = await tx.rows<Row>(sql`
    select id, agent_id, call_id, contact_id, starts_at, ends_at, status, name, phone, reason, created_at, changed_at
    from app.appointments
    where organisation_id = ${organisation} ${ofCalls(request)} ${after}
    order by starts_at desc, id desc
    limit ${take}`);
  const at = (row: Row) => row.starts_at.getTime();
  return pageOf(rows, request.limit, { at, view: (row) => viewOf(ctx, organisation, row) });
}

type Row = {
  readonly id: Id;
  readonly agent_id: Id;
  readonly call_id: Id | null;
  readonly contact_id: Id | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly status: AppointmentView['status'];
  readonly name: Buffer | null;
  readonly phone: Buffer | null;
  readonly reason: Buffer | null;
  readonly created_at: Date;
  readonly changed_at: Date;
};

async function viewOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: Row): Promise<AppointmentView> {
  const read = (column: 'name' | 'phone' | 'reason') =>
    unsealKept(ctx, organisation, { table: 'appointments', row: row.id, column }, row[column]);
  return {
    id: row.id,
    agentId: row.agent_id,
    callId: row.call_id,
    contactId: row.contact_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    status: row.status,
    name: await read('name'),
    phone: await read('phone'),
    reason: await read('reason'),
    createdAt: row.created_at.getTime(),
    changedAt: row.changed_at.getTime(),
  };
}

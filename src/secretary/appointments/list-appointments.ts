import {
  during,
  ofAll,
  ofCalls,
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

/** Which appointments are wanted, by when they begin; what is not named does not matter. */
export type AppointmentFilter = Period & {
  readonly status?: AppointmentView['status'] | undefined;
  readonly agent?: Id | undefined;
  /** Those booked in one call. */
  readonly call?: Id | undefined;
  /** The earliest first: what comes next, when `since` is now. Otherwise the latest first. */
  readonly order?: 'upcoming' | undefined;
};

/** The organisation's appointments. Throws `cursor-invalid`, `input-invalid`. */
export async function listAppointments(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest & AppointmentFilter,
): Promise<Page<AppointmentView>> {
  const isUpcoming = request.order === 'upcoming';
  const { after, take } = pageQuery(sql`starts_at`, request, isUpcoming ? 'earliest first' : 'latest first');
  const order = isUpcoming ? sql`starts_at, id` : sql`starts_at desc, id desc`;
  const rows = await tx.rows<Row>(sql`
    select id, agent_id, call_id, contact_id, starts_at, ends_at, status, name, phone, reason, created_at, changed_at
    from app.appointments
    where organisation_id = ${organisation} ${ofCalls(request)} ${wanted(request)} ${after}
    order by ${order}
    limit ${take}`);
  const at = (row: Row) => row.starts_at.getTime();
  return pageOf(rows, request.limit, { at, view: (row) => viewOf(ctx, organisation, row) });
}

function wanted({ status, agent, call, ...period }: AppointmentFilter): Sql {
  return [
    ...(status === undefined ? [] : [sql`and status = ${status}`]),
    ...(agent === undefined ? [] : [sql`and agent_id = ${agent}`]),
    ...(call === undefined ? [] : [sql`and call_id = ${call}`]),
  ].reduce((all, one) => sql`${all} ${one}`, during(sql`starts_at`, period));
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

/** The number of an appointment, for somebody who may see it whole; `within` names the calls it must have come of. */
export async function numberOfAppointment(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  { id, within }: { readonly id: Id; readonly within: readonly (Sql | undefined)[] },
): Promise<{ readonly id: Id; readonly phone: Personal | null } | undefined> {
  const row = await tx.maybe<{ id: Id; phone: Buffer | null }>(sql`
    select id, phone from app.appointments where organisation_id = ${organisation} and id = ${id} ${ofAll(within)}`);
  const place = row && { table: 'appointments', row: row.id, column: 'phone' };
  return row && place && { id: row.id, phone: await unsealKept(ctx, organisation, place, row.phone) };
}

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
import { inTime, isForgotten, numberMasked } from '#safeguards/retention';
import { unsealKept } from '#safeguards/vault';

/**
 * An appointment as the API may show it. A personal field is null when it was not given, or was erased; of a number that
 * was handed over the last figures are left. Times in milliseconds since the epoch.
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

/** The organisation's appointments that are in their time. Throws `cursor-invalid`, `input-invalid`. */
export async function listAppointments(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest & AppointmentFilter,
): Promise<Page<AppointmentView>> {
  const time = await inTime(ctx, tx, organisation);
  const isUpcoming = request.order === 'upcoming';
  const { after, take } = pageQuery(sql`starts_at`, request, isUpcoming ? 'earliest first' : 'latest first');
  const order = isUpcoming ? sql`starts_at, id` : sql`starts_at desc, id desc`;
  const rows = await tx.rows<Row>(sql`
    select id, agent_id, call_id, contact_id, starts_at, ends_at, status, name, phone, reason, masked, created_at,
      changed_at, ${isForgotten(time)}
    from app.appointments
    where organisation_id = ${organisation} and ${time.where('appointments', sql`ends_at`)} ${ofCalls(request)} ${wanted(request)} ${after}
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
  readonly masked: Buffer | null;
  readonly isForgotten: boolean;
  readonly created_at: Date;
  readonly changed_at: Date;
};

async function viewOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: Row): Promise<AppointmentView> {
  const read = (column: 'name' | 'phone' | 'reason' | 'masked') =>
    (column === 'masked') === row.isForgotten
      ? unsealKept(ctx, organisation, { table: 'appointments', row: row.id, column }, row[column])
      : null;
  return {
    id: row.id,
    agentId: row.agent_id,
    callId: row.call_id,
    contactId: row.isForgotten ? null : row.contact_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    status: row.status,
    name: await read('name'),
    phone: await read(row.isForgotten ? 'masked' : 'phone'),
    reason: await read('reason'),
    createdAt: row.created_at.getTime(),
    changedAt: row.changed_at.getTime(),
  };
}

/**
 * The number of an appointment, for somebody who may see it whole; `within` names the calls it must have come of. Throws
 * `number-masked`.
 */
export async function numberOfAppointment(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  { id, within }: { readonly id: Id; readonly within: readonly (Sql | undefined)[] },
): Promise<{ readonly id: Id; readonly phone: Personal | null } | undefined> {
  const time = await inTime(ctx, tx, organisation);
  const row = await tx.maybe<{ id: Id; phone: Buffer | null; masked: Buffer | null; isForgotten: boolean }>(sql`
    select id, phone, masked, ${isForgotten(time)} from app.appointments
    where organisation_id = ${organisation} and id = ${id} and ${time.where('appointments', sql`ends_at`)} ${ofAll(within)}`);
  if (row?.isForgotten && row.masked) throw numberMasked();
  const place = row && { table: 'appointments', row: row.id, column: 'phone' };
  return (
    row &&
    place && { id: row.id, phone: await unsealKept(ctx, organisation, place, row.isForgotten ? null : row.phone) }
  );
}

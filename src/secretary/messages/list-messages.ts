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
  type Sql,
  type Tx,
} from '#base';
import { inTime, isForgotten } from '#safeguards/retention';
import { unsealKept } from '#safeguards/vault';

/**
 * A message as the API may show it. A personal field is null when it was not given, or was erased; of a number that was
 * handed over the last figures are left.
 */
export type MessageView = {
  readonly id: Id;
  readonly callId: Id | null;
  readonly contactId: Id | null;
  readonly channel: 'voice';
  readonly name: Personal | null;
  readonly callback: Personal | null;
  readonly body: Personal | null;
  readonly urgent: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When somebody had seen to it. */
  readonly doneAt: number | null;
};

/** Which messages are wanted; what is not named does not matter. */
export type MessageFilter = {
  readonly urgent?: boolean | undefined;
  /** Whether somebody has seen to them. */
  readonly done?: boolean | undefined;
  /** Those of one call. */
  readonly call?: Id | undefined;
};

/** The organisation's messages that are in their time, newest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listMessages(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest & MessageFilter,
): Promise<Page<MessageView>> {
  const { after, take } = pageQuery(sql`created_at`, request);
  const time = await inTime(ctx, tx, organisation);
  const rows = await tx.rows<Row>(sql`
    select id, call_id, contact_id, channel, name, callback, body, masked, urgent, created_at, done_at, ${isForgotten(time)}
    from app.messages
    where organisation_id = ${organisation} and ${time.where('messages', sql`created_at`)} ${ofCalls(request)} ${wanted(request)} ${after}
    order by created_at desc, id desc
    limit ${take}`);
  const at = (row: Row) => row.created_at.getTime();
  return pageOf(rows, request.limit, { at, view: (row) => viewOf(ctx, organisation, row) });
}

function wanted({ urgent, done, call }: MessageFilter): Sql {
  const isDone = done ? sql`and done_at is not null` : sql`and done_at is null`;
  return [
    ...(urgent === undefined ? [] : [urgent ? sql`and urgent` : sql`and not urgent`]),
    ...(done === undefined ? [] : [isDone]),
    ...(call === undefined ? [] : [sql`and call_id = ${call}`]),
  ].reduce((all, one) => sql`${all} ${one}`, sql``);
}

type Row = {
  readonly id: Id;
  readonly call_id: Id | null;
  readonly contact_id: Id | null;
  readonly channel: 'voice';
  readonly name: Buffer | null;
  readonly callback: Buffer | null;
  readonly body: Buffer | null;
  readonly masked: Buffer | null;
  readonly isForgotten: boolean;
  readonly urgent: boolean;
  readonly created_at: Date;
  readonly done_at: Date | null;
};

async function viewOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: Row): Promise<MessageView> {
  const read = (column: 'name' | 'callback' | 'body' | 'masked') =>
    (column === 'masked') === row.isForgotten
      ? unsealKept(ctx, organisation, { table: 'messages', row: row.id, column }, row[column])
      : null;
  return {
    id: row.id,
    callId: row.call_id,
    contactId: row.isForgotten ? null : row.contact_id,
    channel: row.channel,
    name: await read('name'),
    callback: await read(row.isForgotten ? 'masked' : 'callback'),
    body: await read('body'),
    urgent: row.urgent,
    createdAt: row.created_at.getTime(),
    doneAt: row.done_at?.getTime() ?? null,
  };
}

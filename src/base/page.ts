import { iso } from './clock.ts';
import { problem } from './problems.ts';
import { isId, type Id } from './random.ts';
import { sql, type Sql } from './sql.ts';

/** What a list is asked for: how many (1 to 100), and the `next` of the page before. */
export type PageRequest = {
  readonly limit: number;
  readonly before?: string | undefined;
  /** Only what came of the calls that this statement names by id: for who may see no more. */
  readonly ofCalls?: Sql | undefined;
};

/** From `since` up to, not including, `until`, in milliseconds since the epoch; what is not given has no end. */
export type Period = { readonly since?: number | undefined; readonly until?: number | undefined };

/** One page, newest first. `next` asks for the following page; null on the last one. */
export type Page<View> = { readonly items: readonly View[]; readonly next: string | null };

/** The place in a list after which a page begins: the last row's time in milliseconds and its id. */
export type Cursor = { readonly at: number; readonly id: Id };

/**
 * Turns rows into a page. The query must have asked for `limit + 1` rows: the extra one only tells that there is more.
 * `at` names the row's place in the list order.
 */
export async function pageOf<Row extends { id: Id }, View>(
  rows: readonly Row[],
  limit: number,
  read: { readonly at: (row: Row) => number; readonly view: (row: Row) => View | Promise<View> },
): Promise<Page<View>> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const items = await Promise.all(kept.map(read.view));
  return { items, next: last && rows.length > limit ? writeCursor({ at: read.at(last), id: last.id }) : null };
}

/**
 * The SQL parts that every list has: where the page begins, and how many rows to take.
 * `time` is the column that orders the list; it holds whole milliseconds, as everything written from our clock does.
 * Throws `cursor-invalid`, and `input-invalid` for a limit outside 1 to 100.
 */
export function pageQuery(
  time: Sql,
  request: PageRequest,
  order: 'latest first' | 'earliest first' = 'latest first',
): { readonly after: Sql; readonly take: number } {
  if (!Number.isInteger(request.limit) || request.limit < 1 || request.limit > largestPage) {
    const mistakes = [{ at: '/limit', fix: `must be a whole number from 1 to ${largestPage}` }];
    throw problem('input-invalid', 'The page size is out of range.', { mistakes });
  }
  const cursor = request.before === undefined ? undefined : readCursor(request.before);
  if (!cursor) return { after: sql``, take: request.limit + 1 };
  const last = sql`(${iso(cursor.at)}::timestamptz, ${cursor.id}::uuid)`;
  const after = order === 'latest first' ? sql`and (${time}, id) < ${last}` : sql`and (${time}, id) > ${last}`;
  return { after, take: request.limit + 1 };
}

/** The condition of a list of which only some time is wanted. `time` is the column that orders it. */
export function during(time: Sql, { since, until }: Period): Sql {
  const from = since === undefined ? sql`` : sql`and ${time} >= ${iso(clamped(since))}`;
  return until === undefined ? from : sql`${from} and ${time} < ${iso(clamped(until))}`;
}

/** Within what PostgreSQL and ISO 8601 both know; nothing of ours is older, or later. */
function clamped(ms: number): number {
  return Math.min(Math.max(ms, 0), lastMoment);
}

/** The condition of a list whose rows name the call they came of, for a request that is limited to some calls. */
export function ofCalls(request: Pick<PageRequest, 'ofCalls'>): Sql {
  return request.ofCalls ? sql`and call_id in (${request.ofCalls})` : sql``;
}

/** The same for several limits that all hold; `call` is the column that names the call. */
export function ofAll(within: readonly (Sql | undefined)[], call: Sql = sql`call_id`): Sql {
  return within.reduce<Sql>((all, one) => (one ? sql`${all} and ${call} in (${one})` : all), sql``);
}

const largestPage = 100;
const lastMoment = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z, the last that ISO 8601 writes with four digits

/** The cursor in `text`. Throws `cursor-invalid` on anything that `pageOf` did not make. */
export function readCursor(text: string): Cursor {
  const bytes = Buffer.from(text, 'base64url');
  const isOurs = bytes.length === 22 && bytes.toString('base64url') === text && bytes.readUIntBE(0, 6) <= lastMoment;
  if (!isOurs) throw problem('cursor-invalid', 'Use the `next` of a page as it was given, or leave it out.');
  const hex = bytes.toString('hex', 6);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return { at: bytes.readUIntBE(0, 6), id };
}

function writeCursor({ at, id }: Cursor): string {
  if (!isId(id)) throw new TypeError('a list is ordered by ids');
  const bytes = Buffer.alloc(22);
  bytes.writeUIntBE(at, 0, 6);
  bytes.write(id.replaceAll('-', ''), 6, 'hex');
  return bytes.toString('base64url');
}

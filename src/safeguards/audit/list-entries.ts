import {
  during,
  isProblem,
  pageOf,
  pageQuery,
  sql,
  type Ctx,
  type Id,
  type Page,
  type PageRequest,
  type Period,
  type Sql,
  type Tx,
} from '#base';
import { lookActions } from './action-kinds.ts';
import type { Details } from './leaf.ts';
import { checkedEntry, type EntryRow } from './read-entry.ts';

/** An entry as a page of the log shows it. `at` in milliseconds. */
export type EntryLine = {
  readonly id: Id;
  readonly at: number;
  readonly action: string;
  /** Null, as is `object`, where the entry fails its check. */
  readonly actor: string | null;
  readonly object: string | null;
  readonly details: Details | null;
  /** `whole`, or what became of it: its details were erased with their key, or it fails its check. */
  readonly state: 'whole' | 'erased' | 'damaged';
};

/** Which entries are wanted: what was changed, or what was only looked at; and from when until when. */
export type EntryFilter = Period & { readonly what?: 'changes' | 'looks' | undefined };

/**
 * The audit log of the organisation, newest first, each entry checked as `readEntry` does. One that was tampered with
 * hides no other: it is shown as damaged. Throws `cursor-invalid`, `input-invalid`.
 */
export async function listEntries(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest & EntryFilter,
): Promise<Page<EntryLine>> {
  const { after, take } = pageQuery(sql`at`, request);
  const rows = await tx.rows<EntryRow>(sql`
    select e.id, e.at, e.action, e.leaf, d.details
    from (
      select id, at, action, leaf from app.audit_entries
      where organisation_id = ${organisation} ${after} ${during(sql`at`, request)} ${wanted(request)}
      order by at desc, id desc limit ${take}) e
    left join app.audit_details d on d.organisation_id = ${organisation} and d.entry_id = e.id
    order by e.at desc, e.id desc`);
  return pageOf(rows, request.limit, {
    at: (row) => row.at.getTime(),
    view: (row) => lineOf(ctx, organisation, row),
  });
}

function wanted({ what }: EntryFilter): Sql {
  if (what === undefined) return sql``;
  const isLook = sql`action = any (${[...lookActions]}::text[])`;
  return what === 'looks' ? sql`and ${isLook}` : sql`and not ${isLook}`;
}

async function lineOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: EntryRow): Promise<EntryLine> {
  const place = { id: row.id, at: row.at.getTime(), action: row.action };
  try {
    const { actor, object, details } = await checkedEntry(ctx, organisation, row);
    const isErased = details === 'erased';
    return {
      ...place,
      actor,
      object,
      details: typeof details === 'string' ? null : details,
      state: isErased ? 'erased' : 'whole',
    };
  } catch (error) {
    if (!isProblem(error, 'content-damaged')) throw error;
    return { ...place, actor: null, object: null, details: null, state: 'damaged' };
  }
}

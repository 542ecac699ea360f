import { iso, sql, type Id, type Sql, type Tx } from '#base';
import { found, type OfHolds } from './found.ts';
import type { HeldKind } from './kinds.ts';

/** What keeps a row from its end: the hold, whether it is in force or only asked for yet, and until when (milliseconds). */
export type Held = {
  readonly id: Id;
  readonly hold: Id;
  readonly state: 'asked' | 'in-force';
  readonly until: number;
};

/**
 * The condition that no hold holds the row of that kind; `idColumn` names its id with the table (`c.id`). It is looked up
 * once for the whole statement. A statement sees no hold that came after it began: whoever destroys takes the rows' locks
 * first and asks `heldAmong` then, in a statement of its own. A hold that is placed takes the same locks before, so the
 * two never cross.
 */
export function notHeld(kind: HeldKind, idColumn: Sql, organisation: Id): Sql {
  if (!/^\s*"?\w+"?\.\S/.test(idColumn.parts[0]!)) throw new TypeError('the column of notHeld is named with its table');
  return sql`${idColumn} <> all (array(${heldIds(kind, organisation)}))`;
}

/** Which of these rows are held at this moment, and by what; a row once for each hold that holds it. */
export async function heldAmong(
  tx: Tx,
  { organisation, kind, ids }: { readonly organisation: Id; readonly kind: HeldKind; readonly ids: readonly Id[] },
): Promise<readonly Held[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<Omit<Held, 'until'> & { readonly until: Date }>(sql`
    select held.id, h.id as hold, case when h.approved_at is null then 'asked' else 'in-force' end as state,
      case when h.approved_at is null then h.lapses_at else h.until end as until
    from (${holding(kind, organisation)}) held
    join app.holds h on h.organisation_id = ${organisation} and h.id = held.hold_id
    where held.id = any (${[...ids]}::uuid[])
    order by held.id, h.id`);
  return rows.map(({ until, ...row }) => ({ ...row, until: until.getTime() }));
}

/** How many holds an organisation has that suspend deletion at this moment. */
export async function countHolds(
  tx: Tx,
  organisation: Id,
  now: number,
): Promise<{ readonly asked: number; readonly inForce: number }> {
  return tx.one(sql`
    select count(*) filter (where state = 'asked' and lapses_at > ${iso(now)})::int as asked,
      count(*) filter (where state = 'in-force' and until > ${iso(now)})::int as "inForce"
    from app.holds where organisation_id = ${organisation} and over_at is null`);
}

/** Rows and the holds that hold them: what is written down, until it is released, and what has come since. */
function holding(kind: HeldKind, organisation: Id): Sql {
  return sql`
    select i.hold_id, i.item_id as id from app.held_items i
    where i.organisation_id = ${organisation} and i.kind = ${kind}
    union
    ${found(kind, active(organisation), sql`f.hold_id, f.id`)}`;
}

function heldIds(kind: HeldKind, organisation: Id): Sql {
  return sql`select held.id from (${holding(kind, organisation)}) held`;
}

function active(organisation: Id): OfHolds {
  return { organisation, holds: sql`h.over_at is null` };
}

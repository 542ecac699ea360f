import { iso, sql, type Id, type Sql, type Tx } from '#base';
import { found } from './found.ts';
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
  return sql`${idColumn} <> all (${heldIds(kind, organisation)})`;
}

/** `notHeld`, of an organisation that has holds; where there are none nothing is looked up for it, whatever there is. */
export async function notHeldIn(tx: Tx, organisation: Id, kind: HeldKind, idColumn: Sql): Promise<Sql> {
  return (await hasHolds(tx, organisation)) ? notHeld(kind, idColumn, organisation) : sql`true`;
}

type Among = { readonly organisation: Id; readonly kind: HeldKind; readonly ids: readonly Id[] };

/** Which of these rows are held at this moment, and by what; a row once for each hold that holds it. */
export async function heldAmong(tx: Tx, among: Among): Promise<readonly Held[]> {
  const { organisation, kind, ids } = among;
  if (ids.length === 0 || !(await hasHolds(tx, organisation))) return [];
  const some = await tx.rows<{ id: Id }>(sql`
    select one as id from unnest(${[...ids]}::uuid[]) one where one = any (${heldIds(kind, organisation)})`);
  if (some.length === 0) return [];
  const held = some.map(({ id }) => id);
  const written = await writtenDown(tx, { ...among, ids: held });
  const known = new Set(written.map(({ id }) => id));
  const fresh = held.filter((id) => !known.has(id));
  return [...written, ...(await cameSince(tx, { ...among, ids: fresh }))];
}

/** Whether an organisation has holds at all: most have none, and are asked nothing more. */
async function hasHolds(tx: Tx, organisation: Id): Promise<boolean> {
  const one = await tx.maybe(sql`
    select from app.holds where organisation_id = ${organisation} and released_at is null limit 1`);
  return one !== undefined;
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

/** What is written down, until it is released, and what has come since. */
function heldIds(kind: HeldKind, organisation: Id): Sql {
  return sql`array(
    select i.item_id from app.held_items i where i.organisation_id = ${organisation} and i.kind = ${kind}
    union
    select f.id from (${found(kind, { organisation, holds: sql`h.over_at is null` })}) f)`;
}

type Row = Omit<Held, 'until'> & { readonly until: Date };

const how = sql`h.id as hold, case when h.approved_at is null then 'asked' else 'in-force' end as state,
  case when h.approved_at is null then h.lapses_at else h.until end as until`;

async function writtenDown(tx: Tx, { organisation, kind, ids }: Among): Promise<readonly Held[]> {
  const rows = await tx.rows<Row>(sql`
    select i.item_id as id, ${how} from app.held_items i
    join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id
    where i.organisation_id = ${organisation} and i.kind = ${kind} and i.item_id = any (${[...ids]}::uuid[])
    order by 1, 2`);
  return rows.map(viewOf);
}

/** What belongs to a hold and has not been written down yet: asked of each, which is seldom many. */
async function cameSince(tx: Tx, { organisation, kind, ids }: Among): Promise<readonly Held[]> {
  if (ids.length === 0) return [];
  const holds = await tx.rows<{ id: Id }>(sql`
    select id from app.holds where organisation_id = ${organisation} and over_at is null order by id`);
  const held: Held[] = [];
  for (const { id } of holds) {
    const rows = await tx.rows<Row>(sql`
      select distinct f.id, ${how} from (${found(kind, { organisation, holds: sql`h.id = ${id}` })}) f
      join app.holds h on h.organisation_id = ${organisation} and h.id = ${id}
      where f.id = any (${[...ids]}::uuid[]) order by 1`);
    held.push(...rows.map(viewOf));
  }
  return held;
}

function viewOf({ until, ...row }: Row): Held {
  return { ...row, until: until.getTime() };
}

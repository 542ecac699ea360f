import { identifier, iso, sql, type Clock, type Id, type Sql, type SubjectKind, type Tx } from '#base';
import type { HeldKind } from '#safeguards/holds';
import { oldestOf, pick, type Aged } from './due.ts';
import type { Rows, Sweep } from './rule.ts';

/*
 * What a confirmed hand-over ends sooner than its age. Rows stay, with their times and how they stand; words, names and
 * numbers go. What is to be left of the numbers was written down when the hand-over was confirmed, so there is nothing
 * to save here, and each part can be done again.
 */

/** What of a table waits for its end after a hand-over, the longest handed over first. */
export function handedOver(table: string, kind: HeldKind, isOver: Sql): Pick<Sweep, 'due' | 'oldest'> {
  const aged: Aged = { table, at: 'handed_over_at', holds: kind, where: () => sql`not (${isOver})` };
  return {
    due: (tx, due) => pick(aged, tx, due),
    oldest: (tx, organisation) => oldestOf(aged, tx, organisation),
  };
}

const isForgotten = sql`t.forgotten_at is not null`;

/** Rows that lose these columns and stay. */
function emptied(table: string, kind: HeldKind & SubjectKind, columns: readonly string[]): Sweep {
  return {
    keys: [kind],
    ...handedOver(table, kind, isForgotten),
    async end({ clock }, tx, rows) {
      const ended = await empty({ clock, tx, rows }, table, columns);
      // Whoever looks at one of them reads it again.
      for (const id of ended) tx.tell(`${kind}:${id}`);
      return ended;
    },
  };
}

type Ending = { readonly clock: Clock; readonly tx: Tx; readonly rows: Rows };

/** Empties columns of rows, and says since when they have been forgotten. */
async function empty(
  { clock, tx, rows: { organisation, ids } }: Ending,
  table: string,
  columns: readonly string[],
): Promise<readonly Id[]> {
  const nothing = columns.map((column) => sql`${identifier(column)} = null`).reduce((all, one) => sql`${all}, ${one}`);
  const ended = await tx.rows<{ id: Id }>(sql`
    update ${identifier('app', table)} set ${nothing}, forgotten_at = ${iso(clock.now())}
    where organisation_id = ${organisation} and id = any (${ids}) and forgotten_at is null returning id`);
  return ended.map(({ id }) => id);
}

/** Messages that came of it: their words, name and number. */
export const handedOverMessages = emptied('messages', 'message', [
  'name',
  'callback',
  'callback_index',
  'body',
  'contact_id',
]);
export const handedOverLeads = emptied('leads', 'lead', ['name', 'phone', 'phone_index', 'interest', 'contact_id']);
/** The time stays taken; who comes is known where it was handed over to. */
export const handedOverAppointments = emptied('appointments', 'appointment', [
  'name',
  'phone',
  'reason',
  'phone_index',
  'reach_index',
  'contact_id',
]);

import { identifier, sql, type Ctx, type Id, type Sql, type SubjectKind, type Tx } from '#base';
import { areUnderOneKey, seal, unseal } from '#safeguards/vault';
import type { Rows } from './rule.ts';

type Outliving = { readonly table: string; readonly kind: SubjectKind; readonly columns: readonly string[] };

/** What comes of a call and has a time of its own. */
const outliving: readonly Outliving[] = [
  { table: 'messages', kind: 'message', columns: ['name', 'callback', 'body'] },
  { table: 'leads', kind: 'lead', columns: ['name', 'phone', 'interest'] },
  { table: 'appointments', kind: 'appointment', columns: ['name', 'phone', 'reason'] },
];

type Sealing = Pick<Ctx, 'keys' | 'random'>;
type SealedRow = { readonly id: Id; readonly of_call: Buffer } & { readonly [column: string]: Buffer | Id | null };

/**
 * Gives keys of their own to what came of these calls and lies under the calls' keys: versions before the time of calls
 * and messages could differ wrote it so. Returns how many there were; done again it finds none.
 */
export async function giveOwnKeys(ctx: Sealing, tx: Tx, calls: Rows): Promise<number> {
  const moved = await Promise.all(outliving.map((one) => moveRows(ctx, tx, calls, one)));
  return moved.reduce((all, count) => all + count, 0);
}

async function moveRows(ctx: Sealing, tx: Tx, { organisation, ids }: Rows, one: Outliving): Promise<number> {
  const table = identifier('app', one.table);
  const columns = one.columns.map((column) => identifier(column));
  // A sealed value names its key in the 16 bytes behind the first (safeguards/vault/seal.ts).
  const isUnderCall = columns
    .map((column) => sql`substring(t.${column} from 2 for 16) = substring(c.conversation from 2 for 16)`)
    .reduce((all, part) => sql`${all} or ${part}`);
  const rows = await tx.rows<SealedRow>(sql`
    select t.id, c.conversation as of_call, ${joined(columns.map((column) => sql`t.${column}`))}
    from ${table} t join app.calls c on c.organisation_id = t.organisation_id and c.id = t.call_id
    where t.organisation_id = ${organisation} and t.call_id = any (${ids}) and (${isUnderCall}) for update of t`);
  let moved = 0;
  for (const row of rows) moved += (await moveRow(ctx, tx, organisation, { one, row })) ? 1 : 0;
  return moved;
}

type Moving = { readonly one: Outliving; readonly row: SealedRow };

async function moveRow(ctx: Sealing, tx: Tx, organisation: Id, { one, row }: Moving): Promise<boolean> {
  // Once the key is gone, everything that had to be saved has been.
  if (!(await ctx.keys.openKey(organisation, row.of_call.subarray(1, 17)))) return false;
  for (const column of one.columns) {
    const sealed = row[column];
    if (!Buffer.isBuffer(sealed) || !areUnderOneKey(sealed, row.of_call)) continue;
    const place = { table: one.table, row: row.id, column };
    const plain = await unseal(ctx, organisation, place, sealed);
    const moved = await seal(ctx, { organisation, kind: one.kind, id: row.id }, place, plain);
    await tx.run(sql`
      update ${identifier('app', one.table)} set ${identifier(column)} = ${moved}
      where organisation_id = ${organisation} and id = ${row.id}`);
  }
  return true;
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}

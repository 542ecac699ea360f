import { identifier, sql, type Ctx, type Id, type Sql, type SubjectKind, type Tx } from '#base';
import { areUnderOneKey, seal, unseal } from '#safeguards/vault';
import type { Ref } from './sweeper.ts';

type Outliving = { readonly table: string; readonly kind: SubjectKind; readonly columns: readonly string[] };

/** What comes of a call and has a time of its own. */
const outliving: readonly Outliving[] = [
  { table: 'messages', kind: 'message', columns: ['name', 'callback', 'body'] },
  { table: 'leads', kind: 'lead', columns: ['name', 'phone', 'interest'] },
  { table: 'appointments', kind: 'appointment', columns: ['name', 'phone', 'reason'] },
];

type Sealing = Pick<Ctx, 'keys' | 'random'>;
type SealedRow = { readonly id: Id } & { readonly [column: string]: Buffer | Id | null };

/**
 * Gives keys of their own to what came of a call and lies under the call's: versions before the time of calls and
 * messages could differ wrote it so. Done again it finds nothing left to do.
 */
export async function giveOwnKeys(ctx: Sealing, tx: Tx, call: Ref): Promise<void> {
  const { organisation, id } = call;
  const row = await tx.maybe<{ conversation: Buffer | null }>(sql`
    select conversation from app.calls where organisation_id = ${organisation} and id = ${id}`);
  const ofCall = row?.conversation;
  // Once the key is gone, everything that had to be saved has been.
  if (!ofCall || !(await ctx.keys.openKey(organisation, ofCall.subarray(1, 17)))) return;
  for (const one of outliving) await moveRows(ctx, tx, { call, ofCall, one });
}

type Moving = { readonly call: Ref; readonly ofCall: Buffer; readonly one: Outliving };

async function moveRows(ctx: Sealing, tx: Tx, { call, ofCall, one }: Moving): Promise<void> {
  const { organisation } = call;
  const table = identifier('app', one.table);
  const rows = await tx.rows<SealedRow>(sql`
    select id, ${joined(one.columns.map((column) => identifier(column)))} from ${table}
    where organisation_id = ${organisation} and call_id = ${call.id} for update`);
  for (const row of rows) {
    for (const column of one.columns) {
      const sealed = row[column];
      if (!Buffer.isBuffer(sealed) || !areUnderOneKey(sealed, ofCall)) continue;
      const place = { table: one.table, row: row.id, column };
      const plain = await unseal(ctx, organisation, place, sealed);
      const moved = await seal(ctx, { organisation, kind: one.kind, id: row.id }, place, plain);
      await tx.run(sql`
        update ${table} set ${identifier(column)} = ${moved} where organisation_id = ${organisation} and id = ${row.id}`);
    }
  }
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}

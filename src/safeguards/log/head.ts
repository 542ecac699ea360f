import { sql, type Ctx, type Db, type Id, type Tx } from '#base';
import { logSigners } from './signers.ts';
import type { Tree } from './tree.ts';

/** A signed head of a tree. `at` in milliseconds. */
export type Head = {
  readonly id: Id;
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  readonly at: number;
  /** The checkpoint with its signatures. */
  readonly note: string;
  /** The bytes that stand for it in the tree of heads; null for that tree's own. */
  readonly leaf: Buffer | null;
};

type Row = Omit<Head, 'at'> & { readonly at: Date };

/** The newest signed head of a tree; undefined while there is none. */
export async function lastHead(tx: Tx, { organisation, tree }: Tree): Promise<Head | undefined> {
  const row = await tx.maybe<Row>(sql`
    select h.id, t.origin, h.size, h.root, h.at, h.note, h.leaf
    from app.audit_heads h
    join app.audit_trees t on t.organisation_id = h.organisation_id and t.tree = h.tree
    where h.organisation_id = ${organisation} and h.tree = ${tree}
    order by h.size desc limit 1`);
  return row && { ...row, at: row.at.getTime() };
}

/** The newest signed head of an organisation's log; undefined while nothing of it was signed. */
export async function headOf(tx: Tx, organisation: Id): Promise<Head | undefined> {
  return lastHead(tx, { organisation, tree: 'entries' });
}

/** The tree of heads as everybody may see it. `size` 0 and no note while nothing was signed. `at` in milliseconds. */
export type PublicHead = {
  readonly origin: string;
  readonly size: number;
  readonly at: number | undefined;
  readonly note: string | undefined;
};

/** Its newest head; undefined before the log was begun. Works in the transaction of any organisation. */
export async function publicHead(tx: Pick<Tx, 'maybe'>): Promise<PublicHead | undefined> {
  const row = await tx.maybe<{ origin: string; size: number | null; at: Date | null; note: string | null }>(sql`
    select origin, size, at, note from sec.log_head()`);
  return row && { origin: row.origin, size: row.size ?? 0, at: row.at?.getTime(), note: row.note ?? undefined };
}

/**
 * The keys that verify every tree of this installation, as they are published, under the name of the tree of heads: for
 * another tree take its name (`keyNamed` of #tlog). Empty before the log was begun.
 */
export async function logKeys(ctx: Pick<Ctx, 'keys'> & { readonly db: Pick<Db, 'open'> }): Promise<readonly string[]> {
  const head = await ctx.db.open(publicHead);
  return head ? logSigners(ctx, head.origin).map(({ vkey }) => vkey) : [];
}

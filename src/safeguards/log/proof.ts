import { sql, type Id, type Tx } from '#base';
import { hashesIn, inclusionProof } from '#tlog';
import { publicHead } from './head.ts';
import { nodesOf, type Tree } from './tree.ts';

/** That a leaf stands at a place of a tree: what a stranger needs besides the keys. */
export type InclusionProof = {
  readonly leaf: Buffer;
  readonly index: number;
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint that the hashes lead to. */
  readonly checkpoint: string;
};

/** An entry in the log of its organisation, and that log's head in the tree of all heads. */
export type EntryProof = InclusionProof & {
  /** Undefined for a moment after the head was signed. */
  readonly global: InclusionProof | undefined;
};

type Placed = { readonly leaf: Buffer; readonly index: number };
type Covering = {
  readonly size: number;
  readonly note: string;
  readonly leaf: Buffer;
  /** Where it stands in the tree of heads; null while it does not. */
  readonly index: number | null;
};

/**
 * The proof of an entry under the newest head that is in the tree of heads; undefined while the entry has no place under a
 * signed head, which is a minute at most. Throws a RangeError where something of the tree is gone.
 */
export async function proofOf(tx: Tx, organisation: Id, entryId: Id): Promise<EntryProof | undefined> {
  const tree: Tree = { organisation, tree: 'entries' };
  const placed = await tx.maybe<Placed>(sql`
    select e.leaf, p.index from app.audit_places p
    join app.audit_entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
    where p.organisation_id = ${organisation} and p.tree = 'entries' and p.entry_id = ${entryId}`);
  const head = placed && (await covering(tx, tree, placed.index));
  if (!head) return undefined;
  const { leaf, index } = placed;
  const hashes = await inclusionProof(nodesOf(tx, tree, head.size), index, head.size);
  return { leaf, index, hashes, checkpoint: head.note, global: await inTreeOfHeads(tx, head) };
}

/** The newest head that covers that place: of those in the tree of heads, or else the newest at all. */
async function covering(tx: Tx, { organisation, tree }: Tree, index: number): Promise<Covering | undefined> {
  return tx.maybe<Covering>(sql`
    with newest as (
      select id, size, note, leaf from app.audit_heads
      where organisation_id = ${organisation} and tree = ${tree} and size > ${index}
      order by size desc limit 2)
    select n.size, n.note, n.leaf, p.index
    from newest n left join sec.log_places(array(select id from newest)) p on p.id = n.id
    order by p.index is null, n.size desc limit 1`);
}

async function inTreeOfHeads(tx: Tx, { leaf, index }: Covering): Promise<InclusionProof | undefined> {
  const head = await publicHead(tx);
  if (index === null || head?.note === undefined || head.size <= index) return undefined;
  const hashes = await inclusionProof(hashesIn(publicTiles(tx), head.size), index, head.size);
  return { leaf, index, hashes, checkpoint: head.note };
}

/** Tiles of the tree of heads, which are everybody's. */
export function publicTiles(tx: Pick<Tx, 'one'>): Parameters<typeof hashesIn>[0] {
  return async ({ level, index, width }) => {
    const { hashes } = await tx.one<{ hashes: Buffer | null }>(sql`
      select sec.log_tile(${level}, ${index}, ${width}) as hashes`);
    return hashes ?? Buffer.alloc(0);
  };
}

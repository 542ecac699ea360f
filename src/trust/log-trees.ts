import { sql, type Id, type Random, type Tx } from '#base';
import { appendHashes, emptyRange, leafHash, rootOfRange } from '#tlog';

/** A tree of the audit log as it lies in the tables: whose, and which. */
export type LoggedTree = { readonly organisation: Id; readonly tree: 'entries' | 'heads' };

/** Full tiles that one look hashes anew from the entries themselves: the newest, and others by chance. */
const newest = 4;
const byChance = 40;

/**
 * The root over the first `size` leaves of a tree, and how many of them were hashed anew from what they stand for. Of a
 * large tree some full tiles are hashed anew and the others believed. Undefined where a leaf or a tile is gone, or a tile is
 * not what its leaves say.
 */
export async function rootInTables(
  look: Tx,
  which: LoggedTree,
  { size, random }: { readonly size: number; readonly random: Random },
): Promise<{ readonly root: Buffer; readonly hashed: number } | undefined> {
  const full = Math.floor(size / 256);
  const rows = await look.rows<{ root: Buffer }>(sql`
    select root from app.audit_tiles
    where organisation_id = ${which.organisation} and tree = ${which.tree} and level = 0 and index < ${full}
    order by index`);
  if (rows.length < full) return undefined;
  const chosen = chosenOf(full, random);
  for (const index of chosen) {
    const leaves = await hashesFrom(look, which, index * 256, 256);
    const root = rootOfRange(appendHashes(emptyRange, leaves));
    if (leaves.length < 256 || !rows[index]?.root.equals(root)) return undefined;
  }
  const last = await hashesFrom(look, which, full * 256, size % 256);
  if (last.length < size % 256) return undefined;
  const tiles = appendHashes(
    emptyRange,
    rows.map(({ root }) => root),
  );
  const rest = appendHashes(emptyRange, last);
  const root = rootOfRange({ size, hashes: [...tiles.hashes, ...rest.hashes] });
  return { root, hashed: chosen.length * 256 + last.length };
}

function chosenOf(full: number, random: Random): readonly number[] {
  const all = Array.from({ length: full }, (_, index) => index);
  if (full <= newest + byChance) return all;
  const some = Array.from({ length: byChance }, () => random.bytes(4).readUInt32BE() % full);
  return [...new Set([...all.slice(-newest), ...some])];
}

/** Hashes of leaves made anew from entries, or from the heads that the installation keeps. */
async function hashesFrom(
  look: Tx,
  { organisation, tree }: LoggedTree,
  from: number,
  count: number,
): Promise<Buffer[]> {
  if (count === 0) return [];
  const leaves = tree === 'entries' ? sql`app.audit_entries` : sql`app.audit_head_leaves`;
  const rows = await look.rows<{ leaf: Buffer }>(sql`
    select l.leaf from app.audit_places p
    join ${leaves} l on l.organisation_id = p.organisation_id and l.id = p.entry_id
    where p.organisation_id = ${organisation} and p.tree = ${tree} and p.index >= ${from} and p.index < ${from + count}
    order by p.index`);
  return rows.map(({ leaf }) => leafHash(leaf));
}

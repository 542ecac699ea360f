import { iso, sql, type Clock, type Config, type Id, type Random, type Tx } from '#base';
import { hashesIn, rootOfRange, type HashAt, type Range, type Tile } from '#tlog';

/** Whose tree, and which: of its entries, or (the installation's alone) of the signed heads of all others. */
export type Tree = { readonly organisation: Id; readonly tree: 'entries' | 'heads' };

/** How many leaves have their place. */
export async function sizeOf(tx: Tx, { organisation, tree }: Tree): Promise<number> {
  const { size } = await tx.one<{ size: number }>(sql`
    select coalesce(max(index) + 1, 0) as size from app.audit_places
    where organisation_id = ${organisation} and tree = ${tree}`);
  return size;
}

/** Reads tiles: a full one as it was kept; one that is not full is made of places, or of the roots of full tiles. */
export function tilesIn(tx: Tx, { organisation, tree }: Tree): (tile: Tile) => Promise<Buffer> {
  return async ({ level, index, width }) => {
    const from = index * 256;
    const which = sql`organisation_id = ${organisation} and tree = ${tree}`;
    const query =
      width === 256
        ? sql`select hashes from app.audit_tiles where ${which} and level = ${level} and index = ${index}`
        : level === 0
          ? sql`select string_agg(hash, '' order by index) as hashes from app.audit_places
              where ${which} and index >= ${from} and index < ${from + width}`
          : sql`select string_agg(root, '' order by index) as hashes from app.audit_tiles
              where ${which} and level = ${level - 1} and index >= ${from} and index < ${from + width}`;
    return (await tx.maybe<{ hashes: Buffer | null }>(query))?.hashes ?? Buffer.alloc(0);
  };
}

/** The nodes of the tree when it had that many leaves. Throws a RangeError where something of it is gone. */
export function nodesOf(tx: Tx, tree: Tree, size: number): HashAt {
  return hashesIn(tilesIn(tx, tree), size);
}

/** The tree of that size in as many hashes as it takes to go on with it. Throws as `nodesOf` does. */
export async function rangeOf(hashAt: HashAt, size: number): Promise<Range> {
  const hashes: Buffer[] = [];
  let from = 0;
  for (let level = 52; level >= 0; level -= 1) {
    const count = 2 ** level;
    if (size - from < count) continue;
    hashes.push(await hashAt(level, from / count));
    from += count;
  }
  return { size, hashes };
}

/** The root over the first `size` leaves, from what is kept of the tree; undefined where something of it is gone. */
export async function rootAt(tx: Tx, tree: Tree, size: number): Promise<Buffer | undefined> {
  try {
    return rootOfRange(await rangeOf(nodesOf(tx, tree, size), size));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Naming = { readonly clock: Clock; readonly random: Random; readonly base: string };

/**
 * Begins a tree unless it is there. Its name stays for ever: for the tree of heads the address at which it is published,
 * for the others a random id below it, which tells nobody whose it is.
 */
export async function beginTree(tx: Tx, { organisation, tree }: Tree, { clock, random, base }: Naming): Promise<void> {
  const name = tree === 'heads' ? base : `${base}/of/${random.bytes(16).toString('hex')}`;
  await tx.run(sql`
    insert into app.audit_trees (organisation_id, tree, origin, made_at)
    values (${organisation}, ${tree}, ${name}, ${iso(clock.now())})
    on conflict (organisation_id, tree) do nothing`);
}

/** Below what host the log is: that of the public address at its first use; without one the name of the installation. */
export function logBase(config: Pick<Config, 'publicUrl'>, installation: Id): string {
  const host = config.publicUrl === undefined ? installation : new URL(config.publicUrl).host;
  return `${host}/.well-known/sotto/log`;
}

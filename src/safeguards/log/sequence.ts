import { canonical, iso, newId, sql, type Ctx, type Db, type Id, type Tx } from '#base';
import { appendHashes, checkpointText, leafHash, noteKey, openNote, rootOfRange, signNote, type Range } from '#tlog';
import { lastHead, type Head } from './head.ts';
import { logSigners } from './signers.ts';
import { nodesOf, rangeOf, rootAt, sizeOf, type Tree } from './tree.ts';

export type SequenceCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'log'> & { readonly db: Pick<Db, 'tenant'> };

/** What became of one turn at a tree. */
export type Turn = {
  readonly placed: number;
  /** More is waiting: the next turn can come at once. */
  readonly isMore: boolean;
  readonly isSigned: boolean;
};

/** Leaves that get their places in one transaction: sixteen tiles, some tenths of a second. */
const atOnce = 4_096;

/** A tree that was signed less than this ago is left for the next minute: another node is at it. */
const calmMs = 30_000;

/** A head says that nothing older comes after it, give or take 15 minutes: with more than this still waiting there is none. */
const behindMs = 5 * 60_000;

const nothing: Turn = { placed: 0, isMore: false, isSigned: false };

/**
 * Gives waiting entries of one tree their places, oldest first, and signs the new head, all in one transaction: broken off
 * anywhere, nothing of it happened. One at a time, in whatever process: who does not get the lock leaves it to whoever has
 * it. Before anything it compares the tree with its last signed head, and goes no further when the two contradict each
 * other: what was changed behind our back is never signed as ours.
 */
export function sequence(ctx: SequenceCtx, tree: Tree, isUrgent: boolean): Promise<Turn> {
  return ctx.db.tenant(tree.organisation, async (tx) => {
    const known = await tx.maybe<{ origin: string; stopped_why: string | null }>(sql`
      select origin, stopped_why from app.audit_trees
      where organisation_id = ${tree.organisation} and tree = ${tree.tree} for update skip locked`);
    if (!known) return nothing;
    const head = await lastHead(tx, tree);
    // A head of a time that is still to come was signed under a clock that was ahead: it keeps none after it waiting.
    if (!isUrgent && head && Math.abs(ctx.clock.now() - head.at) < calmMs) return nothing;
    const size = await sizeOf(tx, tree);
    const why = head && (await contradiction(ctx, tx, tree, { head, size }));
    await remember(ctx, tx, tree, { why, before: known.stopped_why });
    return why === undefined ? goOn(ctx, tx, tree, { origin: known.origin, head, size }) : nothing;
  });
}

type State = { readonly origin: string; readonly head: Head | undefined; readonly size: number };

/** Places what waits behind what is there, and signs unless too much is left waiting. */
async function goOn(ctx: SequenceCtx, tx: Tx, tree: Tree, { origin, head, size }: State): Promise<Turn> {
  const waiting = await waitingIn(tx, tree);
  const range = await place(tx, tree, await rangeOf(nodesOf(tx, tree, size), size), waiting);
  const isMore = waiting.length === atOnce;
  const isBehind = isMore && waiting.at(-1)!.at.getTime() < ctx.clock.now() - behindMs;
  const isSigned = !isBehind && range.size > (head?.size ?? 0);
  if (isSigned) await signHead(ctx, tx, tree, { origin, range, notBefore: head?.at ?? 0 });
  return { placed: waiting.length, isMore, isSigned };
}

/** In what the tree contradicts its last signed head, a fixed word; undefined when it does not. */
async function contradiction(
  ctx: SequenceCtx,
  tx: Tx,
  tree: Tree,
  { head, size }: { readonly head: Head; readonly size: number },
): Promise<string | undefined> {
  if (size < head.size) return 'shorter-than-signed';
  const keys = logSigners(ctx, head.origin).flatMap(({ vkey }) => noteKey(vkey) ?? []);
  const note = openNote(Buffer.from(head.note), keys);
  if (typeof note === 'string' || note.signatures.length < keys.length) return 'head-not-signed';
  if (note.text !== checkpointText(head)) return 'head-not-as-signed';
  const root = await rootAt(tx, tree, head.size);
  return root?.equals(head.root) ? undefined : 'root-not-as-signed';
}

type Stop = { readonly why: string | undefined; readonly before: string | null };

/** Writes down that the tree is not signed any more, and why; or that it is again. */
async function remember(ctx: SequenceCtx, tx: Tx, { organisation, tree }: Tree, { why, before }: Stop): Promise<void> {
  if ((why ?? null) === before) return;
  const at = why === undefined ? null : iso(ctx.clock.now());
  await tx.run(sql`
    update app.audit_trees set stopped_why = ${why ?? null}, stopped_at = ${at}
    where organisation_id = ${organisation} and tree = ${tree}`);
  if (why !== undefined) ctx.log('audit-log.contradicted', { organisation, tree, why });
}

type Waiting = { readonly id: Id; readonly at: Date; readonly leaf: Buffer };

/** What has no place yet, oldest first. Ids are ordered by time; who commits late comes later. */
async function waitingIn(tx: Tx, { organisation, tree }: Tree): Promise<readonly Waiting[]> {
  const leaves = tree === 'entries' ? sql`app.audit_entries` : sql`app.audit_head_leaves`;
  return tx.rows<Waiting>(sql`
    select p.entry_id as id, p.at, l.leaf from app.audit_pending p
    join ${leaves} l on l.organisation_id = p.organisation_id and l.id = p.entry_id
    where p.organisation_id = ${organisation} and p.tree = ${tree}
    order by p.entry_id limit ${atOnce}`);
}

type FullTile = { readonly level: number; readonly index: number; readonly root: Buffer };

/** Puts the leaves behind the range, with the tiles that became full. Returns the range behind them. */
async function place(tx: Tx, tree: Tree, range: Range, waiting: readonly Waiting[]): Promise<Range> {
  if (waiting.length === 0) return range;
  const { organisation } = tree;
  const hashes = waiting.map(({ leaf }) => leafHash(leaf));
  const ids = waiting.map(({ id }) => id);
  await tx.run(sql`
    insert into app.audit_places (organisation_id, tree, index, entry_id, hash)
    select ${organisation}, ${tree.tree}, ${range.size}::bigint + n - 1, id, hash
    from unnest(${ids}::uuid[], ${hashes}::bytea[]) with ordinality as given (id, hash, n)`);
  await tx.run(sql`
    delete from app.audit_pending
    where organisation_id = ${organisation} and tree = ${tree.tree} and entry_id = any (${ids}::uuid[])`);
  const full: FullTile[] = [];
  const grown = appendHashes(range, hashes, (level, index, root) => {
    if (level > 0 && level % 8 === 0) full.push({ level: level / 8 - 1, index, root });
  });
  await keepTiles(tx, tree, full);
  return grown;
}

/** Keeps tiles that became full; those of a level are made of what lies below it, so the lowest come first. */
async function keepTiles(tx: Tx, { organisation, tree }: Tree, full: readonly FullTile[]): Promise<void> {
  for (const { level, index, root } of full.toSorted((a, b) => a.level - b.level)) {
    const from = index * 256;
    const hashes =
      level === 0
        ? sql`select string_agg(hash, '' order by index) from app.audit_places
            where organisation_id = ${organisation} and tree = ${tree} and index >= ${from} and index < ${from + 256}`
        : sql`select string_agg(root, '' order by index) from app.audit_tiles
            where organisation_id = ${organisation} and tree = ${tree} and level = ${level - 1}
              and index >= ${from} and index < ${from + 256}`;
    await tx.run(sql`
      insert into app.audit_tiles (organisation_id, tree, level, index, hashes, root)
      values (${organisation}, ${tree}, ${level}, ${index}, (${hashes}), ${root})`);
  }
}

type Signing = { readonly origin: string; readonly range: Range; readonly notBefore: number };

async function signHead(ctx: SequenceCtx, tx: Tx, tree: Tree, { origin, range, notBefore }: Signing): Promise<void> {
  const root = rootOfRange(range);
  // Nodes whose clocks differ a little still sign one head after the other.
  const at = Math.max(ctx.clock.now(), notBefore);
  const note = signNote(checkpointText({ origin, size: range.size, root }), logSigners(ctx, origin), at);
  const leaf = { v: 1, log: origin, size: range.size, root: root.toString('hex'), at: iso(at) };
  await tx.run(sql`
    insert into app.audit_heads (organisation_id, tree, size, id, root, at, note, leaf)
    values (${tree.organisation}, ${tree.tree}, ${range.size}, ${newId(ctx)}, ${root}, ${iso(at)}, ${note},
      ${tree.tree === 'heads' ? null : Buffer.from(canonical(leaf), 'utf8')})`);
}

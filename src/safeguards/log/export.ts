import { iso, isProblem, problem, sql, type Ctx, type Db, type Id, type Tx } from '#base';
import { openingIn } from '#safeguards/audit';
import { consistencyProof, hashesIn, inclusionProof, type HashAt, type Tile } from '#tlog';
import { cosignedGlobal, cosignedOwn } from './cosigned.ts';
import type { ExportEntry, ExportGlobal, ExportHead, ExportLine, Opening } from './export-format.ts';
import { headOf, logKeys, publicHead, type Head, type PublicHead } from './head.ts';
import { publicTiles } from './proof.ts';

export type ExportCtx = Pick<Ctx, 'clock' | 'keys'> & { readonly db: Pick<Db, 'tenant' | 'open'> };

export type ExportRequest = {
  readonly organisation: Id;
  /** With salts and details of the entries, where they were not erased. */
  readonly openings?: boolean;
  /** Sizes of the global tree that are known to whoever asks: with proofs that it only grew since. */
  readonly since?: readonly number[];
};

/** What an export will hold; nothing that comes later gets into it. */
export type ExportPlan = ExportRequest & {
  readonly head: Head;
  readonly global: PublicHead & { readonly note: string };
};

/** Entries that are read at a time. */
const atOnce = 500;

/**
 * Fixes what an export holds: all that is under a signed head at this moment. Throws `not-found` as long as nothing is,
 * and `input-invalid` for a size that the global tree never had.
 */
export async function planExport(tx: Tx, request: ExportRequest): Promise<ExportPlan> {
  const head = await headOf(tx, request.organisation);
  const global = await publicHead(tx);
  if (!head || global?.note === undefined) {
    throw problem('not-found', 'Nothing of this log has been signed yet. That happens every minute: try again.');
  }
  if (request.since?.some((size) => size > global.size)) {
    const mistakes = [{ at: '/since', fix: `must be ${global.size} at most: that is how large the global tree is` }];
    throw problem('input-invalid', 'The global tree never was that large.', { mistakes });
  }
  return { ...request, head, global: { ...global, note: global.note } };
}

/** The lines of an export, as ExportLine specifies them. Memory is bounded: a few hundred entries, and the global tree's tiles. */
export async function* exportLines(ctx: ExportCtx, plan: ExportPlan): AsyncGenerator<ExportLine> {
  const { organisation, head, global } = plan;
  yield {
    is: 'sotto-audit-export',
    v: 1,
    organisation,
    log: head.origin,
    instance: global.origin,
    made: iso(ctx.clock.now()),
    size: head.size,
    keys: await logKeys(ctx),
  };
  const tiles = new Map<string, Buffer>();
  const inTx = <T>(work: (tx: Tx, globalAt: HashAt) => Promise<T>) =>
    ctx.db.tenant(organisation, (tx) => work(tx, hashesIn(cached(tiles, publicTiles(tx)), global.size)));
  yield await inTx((tx, globalAt) => globalLine(tx, plan, globalAt));
  let heads = 0;
  for (let from = 0; from < head.size; from += atOnce) {
    const page = await inTx((tx, globalAt) => pageOf(ctx, tx, { plan, from, globalAt }));
    for (const line of page) {
      heads += line.is === 'head' ? 1 : 0;
      yield line;
    }
  }
  yield { is: 'end', entries: head.size, heads };
}

/** The file, in pieces. */
export async function* exportBytes(ctx: ExportCtx, plan: ExportPlan): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for await (const line of exportLines(ctx, plan)) {
    lines.push(`${JSON.stringify(line)}\n`);
    if (lines.length < 100) continue;
    yield Buffer.from(lines.join(''), 'utf8');
    lines = [];
  }
  yield Buffer.from(lines.join(''), 'utf8');
}

function cached(tiles: Map<string, Buffer>, read: (tile: Tile) => Buffer | Promise<Buffer>) {
  return async (tile: Tile) => {
    const name = `${tile.level}/${tile.index}`;
    const bytes = tiles.get(name) ?? (await read(tile));
    tiles.set(name, bytes);
    return bytes;
  };
}

async function globalLine(tx: Tx, { global, since = [] }: ExportPlan, globalAt: HashAt): Promise<ExportGlobal> {
  const grown = [];
  for (const from of new Set(since)) {
    grown.push({ from, hashes: encoded(await consistencyProof(globalAt, from, global.size)) });
  }
  const cosigned = await cosignedGlobal(tx, global.size);
  const hashes = cosigned ? await consistencyProof(globalAt, cosigned.size, global.size) : [];
  return {
    is: 'global',
    note: cosigned?.size === global.size ? cosigned.note : global.note,
    grown,
    cosigned: cosigned && cosigned.size < global.size ? { note: cosigned.note, hashes: encoded(hashes) } : null,
  };
}

type PageRequest = { readonly plan: ExportPlan; readonly from: number; readonly globalAt: HashAt };

async function pageOf(ctx: ExportCtx, tx: Tx, request: PageRequest): Promise<readonly ExportLine[]> {
  const { plan, from } = request;
  const to = Math.min(from + atOnce, plan.head.size);
  const entries = await entriesIn(ctx, tx, plan, { from, to });
  const heads = await headsIn(tx, request, to);
  return entries.flatMap((entry) => [entry, ...(heads.get(entry.index + 1) ?? [])]);
}

type EntryRow = {
  readonly index: number;
  readonly id: Id;
  readonly hash: Buffer;
  readonly leaf: Buffer | null;
  readonly sealed: Buffer | null;
};

/** One line for each place, also where what stood there is gone. */
async function entriesIn(
  ctx: ExportCtx,
  tx: Tx,
  { organisation, openings = false }: ExportPlan,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly ExportEntry[]> {
  const rows = await tx.rows<EntryRow>(sql`
    select p.index, p.entry_id as id, p.hash, e.leaf, d.details as sealed
    from app.audit_places p
    left join app.audit_entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
    left join app.audit_details d on d.organisation_id = p.organisation_id and d.entry_id = p.entry_id and ${openings}
    where p.organisation_id = ${organisation} and p.tree = 'entries' and p.index >= ${from} and p.index < ${to}
    order by p.index`);
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  const lines: ExportEntry[] = [];
  for (let index = from; index < to; index += 1) {
    const row = byIndex.get(index);
    const leaf = row?.leaf?.toString('utf8') ?? null;
    const hash = (row?.hash ?? Buffer.alloc(32)).toString('base64');
    const opening = openings && row && leaf !== null ? { opening: await openingAt(ctx, organisation, row) } : {};
    lines.push({ is: 'entry', index, leaf, hash, ...opening });
  }
  return lines;
}

/** What is damaged is shown as that: an opening that fits nothing. */
async function openingAt(ctx: ExportCtx, organisation: Id, { id, leaf, sealed }: EntryRow): Promise<Opening> {
  if (!sealed) return /"commitment":null/.test(leaf!.toString('utf8')) ? null : 'erased';
  try {
    return await openingIn(ctx, organisation, { id, sealed });
  } catch (error) {
    if (isProblem(error, 'content-erased')) return 'erased';
    if (isProblem(error, 'content-damaged')) return { salt: '', details: {} };
    throw error;
  }
}

type HeadRow = {
  readonly size: number;
  readonly at: Date;
  readonly note: string;
  /** Where it stands in the tree of heads. */
  readonly index: number | null;
};

/** The heads of a page, by how many entries they cover. */
async function headsIn(tx: Tx, { plan, from, globalAt }: PageRequest, to: number): Promise<Map<number, ExportHead[]>> {
  const { organisation, head, global } = plan;
  const rows = await tx.rows<HeadRow>(sql`
    with own as (
      select id, size, at, note from app.audit_heads
      where organisation_id = ${organisation} and tree = 'entries' and size > ${from} and size <= ${to})
    select o.size, o.at, o.note, p.index
    from own o left join sec.log_places(array(select id from own)) p on p.id = o.id order by o.size`);
  const cosigned = await cosignedOwn(tx, organisation, { from, to });
  const heads = new Map<number, ExportHead[]>();
  for (const { size, at, note, index } of rows) {
    const isIn = index !== null && index < global.size;
    const proof = isIn ? { index, hashes: encoded(await inclusionProof(globalAt, index, global.size)) } : null;
    const signed = size === head.size ? note : ed25519Alone(note);
    const noted = `${signed}${cosigned.get(size) ?? ''}`;
    heads.set(size, [{ is: 'head', at: iso(at.getTime()), note: noted, global: proof }]);
  }
  return heads;
}

/** The note with its shortest signature: 100 bytes instead of 3,400, for one of thousands of heads. */
function ed25519Alone(note: string): string {
  const end = note.lastIndexOf('\n\n') + 2;
  const lines = note.slice(end).split(/(?<=\n)/);
  return `${note.slice(0, end)}${lines.toSorted((a, b) => a.length - b.length)[0] ?? ''}`;
}

function encoded(hashes: readonly Buffer[]): readonly string[] {
  return hashes.map((hash) => hash.toString('base64'));
}

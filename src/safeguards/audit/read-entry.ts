import { isProblem, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { unseal } from '#safeguards/vault';
import { commitmentTo, parseLeaf, type Details, type Leaf } from './leaf.ts';
import { placeOf } from './record.ts';

/** An entry with its details, where it has any and they were not erased. */
export type Entry = Leaf & { readonly details: Details | 'none' | 'erased' };

/**
 * Reads one entry and checks it: the leaf is canonical and says what its columns say, and the details are those
 * the leaf commits to. Throws `not-found`, or `content-damaged` when a check fails.
 */
export async function readEntry(ctx: Pick<Ctx, 'keys'>, tx: Tx, organisation: Id, id: Id): Promise<Entry> {
  const row = await tx.maybe<EntryRow>(sql`
    select e.id, e.at, e.action, e.leaf, d.details
    from app.audit_entries e
    left join app.audit_details d on d.organisation_id = e.organisation_id and d.entry_id = e.id
    where e.organisation_id = ${organisation} and e.id = ${id}`);
  if (!row) throw problem('not-found', 'There is no such audit entry.');
  return checkedEntry(ctx, organisation, row);
}

/** An entry as it lies in its two tables. */
export type EntryRow = {
  readonly id: Id;
  readonly at: Date;
  readonly action: string;
  readonly leaf: Buffer;
  readonly details: Buffer | null;
};

/** Checks and opens it. Throws `content-damaged` when it is not what it says. */
export async function checkedEntry(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: EntryRow): Promise<Entry> {
  const leaf = parseLeaf(row.leaf);
  const isItself =
    leaf?.id === row.id &&
    leaf.organisation === organisation &&
    leaf.at === row.at.toISOString() &&
    leaf.action === row.action;
  if (!isItself) throw damaged('its leaf does not say what its row says');
  return { ...leaf, details: await detailsOf(ctx, leaf, row.details) };
}

async function detailsOf(ctx: Pick<Ctx, 'keys'>, leaf: Leaf, sealed: Buffer | null): Promise<Entry['details']> {
  if (leaf.commitment === null && sealed === null) return 'none';
  if (leaf.commitment === null) throw damaged('it has details that its leaf does not commit to');
  if (sealed === null) return 'erased';
  try {
    const { salt, details } = await openingIn(ctx, leaf.organisation, { id: leaf.id, sealed });
    if (commitmentTo(Buffer.from(salt, 'hex'), details) === leaf.commitment) return details;
  } catch (error) {
    if (isProblem(error, 'content-erased')) return 'erased';
    throw error;
  }
  throw damaged('its details are not those its leaf commits to');
}

/** What the details of an entry were sealed with. */
export type Opening = { readonly salt: string; readonly details: Details };

/** Opens sealed details without comparing them with their leaf. Throws `content-erased` once their key is gone. */
export async function openingIn(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  { id, sealed }: { readonly id: Id; readonly sealed: Buffer },
): Promise<Opening> {
  const opening = await unseal(ctx, organisation, placeOf(id), sealed);
  return JSON.parse(opening.reveal()) as Opening;
}

function damaged(why: string) {
  return problem('content-damaged', `An audit entry was changed: ${why}. Compare it with an export or a backup.`);
}

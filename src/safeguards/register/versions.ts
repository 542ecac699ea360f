import { createHash } from 'node:crypto';
import { canonical, iso, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Actor } from '#safeguards/audit';
import { contentOf, type Entry } from './entry.ts';

/** What a version has that the one before it had not: by ids, and of those that changed by the names of the fields. */
export type Changes = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly string[] }[];
};

/** A version of a register without its list. */
export type VersionLine = {
  readonly number: number;
  readonly at: number;
  /** SHA-256 of the canonical JSON, hexadecimal. */
  readonly hash: string;
  readonly changes: Changes;
};

/** One whole version: `content` is what the hash is of. */
export type Version = VersionLine & { readonly content: string; readonly entries: readonly Entry[] };

type Row = {
  readonly number: number;
  readonly at: Date;
  readonly hash: Buffer;
  readonly changes: Changes;
  readonly content: string;
};

/** The newest version of a register, or an earlier one by its number. */
export async function versionOf(tx: Tx, organisation: Id, number?: number): Promise<Version | undefined> {
  const row = await tx.maybe<Row>(sql`
    select number, at, hash, changes, content from app.register_versions
    where organisation_id = ${organisation} and (${number === undefined} or number = ${number ?? 0})
    order by number desc limit 1`);
  return row && { ...lineOf(row), content: row.content, entries: entriesIn(row.content) };
}

/** The versions without their lists, the newest first; at most 500. */
export async function versionsOf(tx: Tx, organisation: Id): Promise<readonly VersionLine[]> {
  const rows = await tx.rows<Row>(sql`
    select number, at, hash, changes from app.register_versions
    where organisation_id = ${organisation} order by number desc limit 500`);
  return rows.map(lineOf);
}

/**
 * Makes a version of the list unless it is what the newest one says. Whoever calls holds the lock of the register.
 * Returns true when it became a version.
 */
export async function publish(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, entries, actor = 'system' }: { organisation: Id; entries: readonly Entry[]; actor?: Actor },
): Promise<boolean> {
  const last = await versionOf(tx, organisation);
  const content = canonical(contentOf(entries));
  if (last?.content === content) return false;
  const number = (last?.number ?? 0) + 1;
  const hash = hashOf(content);
  const changes = changesBetween(last?.entries ?? [], entriesIn(content));
  await tx.run(sql`
    insert into app.register_versions (organisation_id, number, at, hash, content, changes)
    values (${organisation}, ${number}, ${iso(ctx.clock.now())}, ${hash}, ${content}, ${JSON.stringify(changes)})`);
  const details = { number, hash: hash.toString('hex') };
  const object = `register:${organisation}` as const;
  await record(ctx, tx, { organisation, actor, action: 'register.changed', object, details });
  return true;
}

/** SHA-256 of a list as it is published. */
export function hashOf(content: string): Buffer {
  return createHash('sha256').update(content, 'utf8').digest();
}

/** What is new, gone and other in the second list. */
function changesBetween(before: readonly Entry[], after: readonly Entry[]): Changes {
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !was.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !is.has(id)).map(({ id }) => id),
    changed: after.flatMap((one) => {
      const old = was.get(one.id);
      const fields = old ? fieldsThatDiffer(old, one) : [];
      return fields.length > 0 ? [{ id: one.id, fields }] : [];
    }),
  };
}

function fieldsThatDiffer(before: Entry, after: Entry): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Entry>;
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).toSorted();
}

function entriesIn(content: string): readonly Entry[] {
  return (JSON.parse(content) as { processors: readonly Entry[] }).processors;
}

function lineOf({ number, at, hash, changes }: Omit<Row, 'content'>): VersionLine {
  return { number, at: at.getTime(), hash: hash.toString('hex'), changes };
}

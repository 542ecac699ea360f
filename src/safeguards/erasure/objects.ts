import { iso, outside, sql, type Id, type Tx } from '#base';
import type { ObjectStore } from '#adapters/objects';
import type { EraseCtx, ErasureRef } from './erasure.ts';

/** Objects that are deleted at once. */
const atOnce = 8;

/** How the objects of a recording begin: see secretary/recordings. */
const prefixOf = (organisation: Id, recording: Id) => `recordings/${organisation}/${recording}/`;

/**
 * Deletes every object of these recordings, looks that none is left, and keeps how many there were, from before the first
 * was deleted. Throws `Outside` when the store fails.
 */
export async function removeObjects(ctx: EraseCtx, ref: ErasureRef, recordings: readonly Id[]): Promise<void> {
  const prefixes = recordings.map((id) => prefixOf(ref.organisation, id));
  await keepCount(ctx, ref, await countObjects(ctx.objects, prefixes));
  await deleteObjects(ctx.objects, prefixes);
}

/** A line stores what it has of a call for 20 s after its end at most; the desk gives up on it after a minute, too. */
const storingMs = 60_000;

/** Whether a line may still be storing one of these recordings, or without them any one of the organisation. */
export async function isBeingStored(
  { clock }: Pick<EraseCtx, 'clock'>,
  tx: Tx,
  { organisation, recording }: { readonly organisation: Id; readonly recording?: readonly Id[] },
): Promise<boolean> {
  const among = recording ? sql`and r.id = any(${recording}::uuid[])` : sql``;
  const { some } = await tx.one<{ some: boolean }>(sql`
    select exists (
      select from app.recordings r join app.calls c on c.organisation_id = r.organisation_id and c.id = r.call_id
      where r.organisation_id = ${organisation} and r.state = 'open' and (c.ended_at is null
        or c.ended_at > ${iso(clock.now() - storingMs)}) ${among}) as some`);
  return some;
}

/** Deletes everything under these prefixes and looks that none is left. Throws `Outside` when the store fails. */
export async function deleteObjects(objects: ObjectStore, prefixes: readonly string[]): Promise<void> {
  for (const prefix of prefixes) {
    await eachPage(objects, prefix, async (names) => {
      for (let at = 0; at < names.length; at += atOnce) {
        await Promise.all(names.slice(at, at + atOnce).map((name) => objects.delete(name)));
      }
    });
  }
  if ((await countObjects(objects, prefixes)) > 0) throw outside('objects', 'refused');
}

/** Once: a run that begins again finds fewer. */
async function keepCount({ db }: EraseCtx, { organisation, id }: ErasureRef, count: number): Promise<void> {
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.erasures set found = found || jsonb_build_object('objects', ${count}::int)
      where organisation_id = ${organisation} and id = ${id} and not found ? 'objects'`),
  );
}

/** How many objects lie under these prefixes. */
export async function countObjects(objects: ObjectStore, prefixes: readonly string[]): Promise<number> {
  let count = 0;
  for (const prefix of prefixes) {
    await eachPage(objects, prefix, async (names) => {
      count += names.length;
    });
  }
  return count;
}

async function eachPage(
  objects: ObjectStore,
  prefix: string,
  work: (names: readonly string[]) => Promise<void>,
): Promise<void> {
  let after: string | null | undefined;
  while (after !== null) {
    const { names, next } = await objects.list(prefix, after === undefined ? {} : { after });
    await work(names);
    after = next;
  }
}

import { outside, sql, type Id } from '#base';
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

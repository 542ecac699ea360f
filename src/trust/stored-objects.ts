import { iso, sql, type Id } from '#base';
import type { Reach } from './claim.ts';

const day = 24 * 60 * 60_000;

/** How many organisations are looked at, names of each, and names elsewhere. */
const most = { organisations: 20, each: 200, elsewhere: 500 };

/**
 * Names of what lies in the object store: the first ones, some from a place taken by chance, and of organisations
 * whose telephone rang in the last 24 hours what was made since. Bounded, however much there is.
 */
export async function storedNames(reach: Pick<Reach, 'look' | 'objects' | 'clock' | 'random'>): Promise<string[]> {
  const { objects, clock } = reach;
  const found = new Set<string>();
  const add = async (prefix: string, page: { readonly after?: string; readonly limit: number }) => {
    for (const name of (await objects.list(prefix, page)).names) found.add(name);
  };
  await add('', { limit: most.elsewhere });
  const since = clock.now() - day;
  for (const organisation of await rungSince(reach, since)) {
    const prefix = `recordings/${organisation}/`;
    await add(prefix, { after: prefix + idBeginning(since), limit: most.each });
    await add('', { after: prefix + idBeginning(Math.floor(chance(reach) * clock.now())), limit: most.each });
  }
  return [...found];
}

async function rungSince({ look, random }: Pick<Reach, 'look' | 'random'>, since: number): Promise<readonly Id[]> {
  const rows = await look.rows<{ id: Id }>(sql`
    select o.id from app.organisations o
    where exists (select from app.calls c where c.organisation_id = o.id and c.started_at > ${iso(since)})
    order by md5(o.id::text || ${random.bytes(8).toString('hex')}) limit ${most.organisations}`);
  return rows.map(({ id }) => id);
}

/** How ids of that time begin: a version 7 UUID has its milliseconds first (RFC 9562 §5.7). */
function idBeginning(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** A number from 0 to 1. */
function chance({ random }: Pick<Reach, 'random'>): number {
  return random.bytes(4).readUInt32BE() / 2 ** 32;
}

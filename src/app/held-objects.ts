import type { Config } from '#base';
import { openObjects, type Listed, type ListPage, type ObjectReach, type ObjectStore } from '#adapters/objects';

const largestPage = 1_000;

/**
 * Where objects lie now. While a store outside waits for its day, new ones lie on this machine, and they stay there: what
 * is read, listed and deleted is looked for in both. `reach.config` says where new ones go, `config` what is set;
 * `mayReach` whether the store outside may be spoken to.
 */
export async function openObjectsNow(
  reach: ObjectReach,
  config: Config,
  mayReach: () => boolean,
): Promise<ObjectStore> {
  const here = await openObjects({ ...reach, config: { ...config, objects: 'fs' } });
  if (config.objects === 'fs') return here;
  const outside = await openObjects({ ...reach, config });
  const all = () => (mayReach() ? [outside, here] : [here]);
  return {
    put: (name, bytes) => (reach.config.objects === 'fs' ? here : outside).put(name, bytes),
    async get(name) {
      for (const store of all()) {
        const found = await store.get(name);
        if (found) return found;
      }
      return undefined;
    },
    async delete(name) {
      for (const store of all()) await store.delete(name);
    },
    async head(name) {
      for (const store of all()) if (await store.head(name)) return true;
      return false;
    },
    list: async (prefix, page) => merged(await Promise.all(all().map((store) => store.list(prefix, page))), page),
  };
}

/** One page of several lists, in the order of bytes: nothing beyond where the shortest of them ends. */
function merged(lists: readonly Listed[], { limit = largestPage }: ListPage = {}): Listed {
  const inBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
  const ends = lists.flatMap(({ next }) => (next === null ? [] : [next])).toSorted(inBytes);
  const [end] = ends;
  const known = [...new Set(lists.flatMap(({ names }) => names))].toSorted(inBytes);
  const names = known.filter((name) => end === undefined || inBytes(name, end) <= 0).slice(0, limit);
  const isCut = names.length < known.length || end !== undefined;
  return { names, next: isCut ? (names.at(-1) ?? end ?? null) : null };
}

import { isProblem, type Id } from '#base';
import type { NamedRoot, RootKey } from '#adapters/keys';
import { lostRoot } from './failures.ts';
import type { RootRow } from './rows.ts';
import type { Store } from './store.ts';
import { places } from './wrapping.ts';

/** The root keys of this keystore that this process knows. One that another process put in place is looked for again. */
export type RootRing = {
  /** Throws `root-key-wrong` when the configuration gives no such root. */
  of(rootId: Buffer): Promise<RootKey>;
  /** What new keys are wrapped by: the staged root where there is one that is known, otherwise the active one. */
  forNew(): Promise<{ readonly id: Buffer; readonly root: RootKey }>;
};

export function rootRing(
  { store, id }: { readonly store: Store; readonly id: Id },
  given: ReadonlyMap<string, RootKey>,
  load: () => Promise<readonly NamedRoot[]>,
): RootRing {
  const known = new Map(given);
  const look = async () => {
    const candidates = await load();
    const rows = store.roots().filter(({ state }) => state !== 'retired');
    const found = await Promise.all(rows.map(async (row) => [row, await rootOf(id, row, candidates)] as const));
    known.clear();
    for (const [row, root] of found) if (root) known.set(hex(row.id), root);
  };
  const of = async (rootId: Buffer) => {
    const name = hex(rootId);
    if (!known.has(name)) await look();
    const root = known.get(name);
    if (!root) throw lostRoot();
    return root;
  };
  return {
    of,
    async forNew() {
      const rows = store.roots();
      const staged = rows.find(({ state }) => state === 'staged');
      const root = staged && known.get(hex(staged.id));
      if (staged && root) return { id: staged.id, root };
      const active = rows.find(({ state }) => state === 'active');
      if (!active) throw lostRoot();
      return { id: active.id, root: await of(active.id) };
    },
  };
}

/** Which of these roots opens the row's sentinel: the proof that it is the one. */
export async function rootOf(
  keystore: Id,
  { sentinel }: Pick<RootRow, 'sentinel'>,
  candidates: readonly NamedRoot[],
): Promise<NamedRoot | undefined> {
  for (const root of candidates) {
    const opened = await root.unwrap(sentinel, places.sentinel(keystore)).catch((error: unknown) => {
      if (isProblem(error, 'root-key-wrong')) return undefined;
      throw error;
    });
    if (opened) return root;
  }
  return undefined;
}

export function hex(id: Buffer): string {
  return id.toString('hex');
}

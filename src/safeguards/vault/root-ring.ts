import type { RootKey } from '#adapters/keys';
import { lostRoot } from './failures.ts';
import type { RootRow } from './rows.ts';
import type { Store } from './store.ts';

/** The root keys of this keystore that this process knows. One that another process put in place is looked for. */
export type RootRing = {
  /** Throws `root-key-wrong` when the configuration gives no such root. */
  of(rootId: Buffer): Promise<RootKey>;
  /** What new keys are wrapped by: the staged root where there is one that is known, otherwise the active one. */
  forNew(): Promise<{ readonly id: Buffer; readonly root: RootKey }>;
};

/** `find` looks for the root key of a row that is not among those given. */
export function rootRing(
  store: Store,
  given: readonly (readonly [id: Buffer, root: RootKey])[],
  find: (row: RootRow) => Promise<RootKey>,
): RootRing {
  const known = new Map(given.map(([id, root]) => [hex(id), root]));
  const look = async (rootId: Buffer) => {
    const rows = store.roots().filter(({ state }) => state !== 'retired');
    for (const name of known.keys()) if (!rows.some(({ id }) => hex(id) === name)) known.delete(name);
    const row = rows.find(({ id }) => id.equals(rootId));
    if (!row) throw lostRoot();
    const root = await find(row);
    known.set(hex(rootId), root);
    return root;
  };
  const of = async (rootId: Buffer) => known.get(hex(rootId)) ?? look(rootId);
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

function hex(id: Buffer): string {
  return id.toString('hex');
}

import { isProblem, iso, problem, type Id } from '#base';
import type { Keyring, NamedRoot, RootKey } from '#adapters/keys';
import { lostRoot } from './failures.ts';
import type { RootRow } from './rows.ts';
import type { Store } from './store.ts';
import { places } from './wrapping.ts';

/** A root key that was found, and how it gets its proper place when it is not there yet. */
export type FoundRoot = { readonly root: NamedRoot; readonly settle?: () => Promise<void> };

export type Whereabouts = { readonly id: Id; readonly keyring: Keyring; readonly isAnywhere?: boolean };

type Sentinel = Pick<RootRow, 'sentinel'>;

/**
 * The root key that a row of `roots` is about: that of the provider that is chosen, in use or laid out to be. During a
 * rotation it may be `anywhere`: with a provider that one moves away from. Undefined when the configuration gives none that
 * opens the sentinel; throws `root-key-unreadable` when the one in use could not be asked.
 */
export async function findRoot(
  { id: keystore, keyring, isAnywhere = false }: Whereabouts,
  row: Sentinel,
): Promise<FoundRoot | undefined> {
  const current = await keyring.open(false).catch(unreadable);
  if (!isProblem(current) && (await opens(keystore, row, current))) return { root: current };
  for (const next of await keyring.next(false)) if (await opens(keystore, row, next.root)) return next;
  for (const root of isAnywhere ? await keyring.others() : []) if (await opens(keystore, row, root)) return { root };
  if (isProblem(current)) throw current;
  return undefined;
}

/** As `findRoot`, and throws `root-key-wrong` when there is none; one that was replaced is told by name. */
export async function insistOnRoot(
  { store, ...where }: Whereabouts & { readonly store: Pick<Store, 'roots'> },
  row: Sentinel,
): Promise<FoundRoot> {
  const rows = store.roots();
  const isAnywhere = where.isAnywhere ?? rows.some(({ state }) => state === 'staged');
  const found = await findRoot({ ...where, isAnywhere }, row);
  if (found) return found;
  const given = await where.keyring.open(false);
  for (const retired of rows.filter(({ state }) => state === 'retired')) {
    if (await opens(where.id, retired, given)) throw replaced(retired);
  }
  throw lostRoot();
}

/** Opening the sentinel is the proof that this is the root key of that row. */
export async function opens(keystore: Id, { sentinel }: Sentinel, root: RootKey): Promise<boolean> {
  try {
    await root.unwrap(sentinel, places.sentinel(keystore));
    return true;
  } catch (error) {
    if (isProblem(error, 'root-key-wrong')) return false;
    throw error;
  }
}

export function nameOf({ id }: Pick<RootRow, 'id'>): string {
  return id.toString('hex').slice(0, 8);
}

function replaced(row: RootRow) {
  const day = row.retiredAt === undefined ? '' : ` on ${iso(row.retiredAt).slice(0, 10)}`;
  return problem(
    'root-key-wrong',
    `This is the root key ${nameOf(row)}, which was replaced${day}. Start with the one that took its place.`,
  );
}

function unreadable(error: unknown) {
  if (isProblem(error, 'root-key-unreadable')) return error;
  throw error;
}

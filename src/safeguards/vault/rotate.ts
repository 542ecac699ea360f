import type { Epochs, Id } from '#base';
import { openStoreFile, type Senses } from './open-keystore.ts';
import { rotateOrganisation } from './organisation-rotation.ts';
import { rootRing } from './root-ring.ts';
import { rotateRoot, type Rotated } from './root-rotation.ts';
import { insistOnRoot, nameOf } from './roots.ts';

/** `rotateRoot` for an installation; it may serve meanwhile, in another process. Throws as `openKeystore` does. */
export async function rotateRootKey(senses: Senses): Promise<Rotated> {
  const opened = await openStoreFile(senses, { create: false, isAnywhere: true });
  try {
    await opened.found.settle?.();
    return await rotateRoot({ ...senses, ...opened });
  } finally {
    await opened.store.close();
  }
}

/** `rotateOrganisation` for an installation. Undefined when there is no such organisation. */
export async function rotateOrganisationKey(senses: Senses, organisation: Id): Promise<number | undefined> {
  const { store, id, keyring } = await openStoreFile(senses, { create: false });
  try {
    const roots = rootRing(store, [], async (row) => (await insistOnRoot({ store, id, keyring }, row)).root);
    return await rotateOrganisation({ store, id, roots, random: senses.random }, organisation);
  } finally {
    await store.close();
  }
}

export type KeysStatus = {
  readonly keystore: Id;
  readonly root: RootStatus;
  /** A rotation that was broken off, or is under way. */
  readonly staged: RootStatus | undefined;
  readonly replaced: number;
  readonly epochs: readonly Epochs[];
};

/** `madeAt`: undefined for one of before rotation was known. */
export type RootStatus = { readonly name: string; readonly provider: string; readonly madeAt: number | undefined };

/** What there is, without any secret. Changes nothing. */
export async function keysStatus(senses: Senses): Promise<KeysStatus> {
  const { store, id, found } = await openStoreFile(senses, { create: false });
  try {
    const rows = store.roots();
    const of = (state: string) => rows.find((row) => row.state === state);
    const told = (row: (typeof rows)[number]) => ({ name: nameOf(row), provider: row.provider, madeAt: row.madeAt });
    const [active, staged] = [of('active'), of('staged')];
    return {
      keystore: id,
      root: active ? told(active) : { name: '', provider: found.root.provider, madeAt: undefined },
      staged: staged && told(staged),
      replaced: rows.filter(({ state }) => state === 'retired').length,
      epochs: store.census() as readonly Epochs[],
    };
  } finally {
    await store.close();
  }
}

import type { Keystore } from '#base';
import { noteSigners, type NoteSigner } from '#tlog';

/**
 * Who signs the heads of a tree: Ed25519 and ML-DSA-44, under the name of the tree. All trees of an installation share the
 * two keys, which follow from its root key and lie nowhere.
 */
export function logSigners(
  { keys }: { readonly keys: Pick<Keystore, 'derive'> },
  origin: string,
): readonly NoteSigner[] {
  return noteSigners(origin, {
    ed25519: keys.derive('audit-log-ed25519'),
    mldsa44: keys.derive('audit-log-ml-dsa-44'),
  });
}

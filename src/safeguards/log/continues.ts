import { consistencyProof, verifyConsistency, type HashAt } from '#tlog';

type SizedRoot = { readonly size: number; readonly root: Buffer };

/** Whether a head continues one that was seen before, by the nodes of its own tree. Rejects as `hashAt` does. */
export async function continues(
  hashAt: HashAt,
  seen: SizedRoot | undefined,
  head: SizedRoot,
): Promise<'continued' | 'rolled-back' | 'forked'> {
  if (!seen || seen.size === 0) return 'continued';
  if (seen.size > head.size) return 'rolled-back';
  const proof = await consistencyProof(hashAt, seen.size, head.size);
  return verifyConsistency({ old: seen, head }, proof) ? 'continued' : 'forked';
}

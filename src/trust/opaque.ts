import { createHmac } from 'node:crypto';
import type { Ctx } from '#base';

/** An id as it stands in a finding: a UUID, with its hyphens or without. */
const ids = /(?<![0-9a-f])[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![0-9a-f])/gi;

/**
 * What was found, as everybody may read it: each id of an organisation, a call or anything else is `id-` and ten digits
 * that follow from it and from the root key. The same thing has the same digits in every finding, and nobody else can
 * tell which it is. `./sotto prove --only` tells the operator the ids.
 */
export function opaque({ keys }: Pick<Ctx, 'keys'>, found: string): string {
  const key = keys.derive('finding-ids');
  return found.replace(ids, (id) => {
    const plain = id.replaceAll('-', '').toLowerCase();
    return `id-${createHmac('sha256', key).update(plain).digest('hex').slice(0, 10)}`;
  });
}

import { problem, sql, type Tx } from '#base';
import type { Who } from '#edge';

/** Until when something counts, in milliseconds since the epoch, and from which networks; none: from anywhere. */
export type Bounds = { readonly expiresAt: number | undefined; readonly addresses: readonly string[] };

const unbound: Bounds = { expiresAt: undefined, addresses: [] };

/** What binds whoever asks: a key may end and be bound to networks, a person is not. */
export async function boundsOf(tx: Tx, { organisation, actor }: Pick<Who, 'organisation' | 'actor'>): Promise<Bounds> {
  if (!actor.startsWith('api-key:')) return unbound;
  const id = actor.slice(actor.indexOf(':') + 1);
  const row = await tx.one<{ expires_at: Date | null; addresses: string[] }>(sql`
    select expires_at, addresses from app.api_keys where organisation_id = ${organisation} and id = ${id}`);
  return { expiresAt: row.expires_at?.getTime(), addresses: row.addresses };
}

/**
 * A key gives hold of no key that is bound less than itself: it would outlive its own end, or leave its networks, by way
 * of the other. Networks are compared as they are written. Throws `scope-not-yours`.
 */
export function refuseUnbound(mine: Bounds, theirs: Bounds): void {
  const endsInTime = mine.expiresAt === undefined || (theirs.expiresAt ?? Number.POSITIVE_INFINITY) <= mine.expiresAt;
  const isInside = theirs.addresses.length > 0 && theirs.addresses.every((one) => mine.addresses.includes(one));
  if (endsInTime && (mine.addresses.length === 0 || isInside)) return;
  throw problem(
    'scope-not-yours',
    'A key cannot be bound less than the key that asks for it: it ends no later, and names none but its networks.',
  );
}

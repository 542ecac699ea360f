import { createHash } from 'node:crypto';
import { problem } from '#base';
import type { Route } from './route.ts';

/** The entity tag of what a route shows or changes (RFC 9110 §8.8.3): strong, and nothing can be read from it. */
export function etagOf(route: Pick<Route, 'etag'>, json: unknown): string | undefined {
  if (!route.etag) return undefined;
  const version = createHash('sha256').update(route.etag(json)).digest('base64url');
  return `"${version.slice(0, 22)}"`;
}

/**
 * What a handler that changes calls with what there is now, inside its transaction: throws `changed-meanwhile` when that
 * is not the version the request named in `If-Match`. Made before the body is read, so that a request without one is
 * refused as `if-match-needed` first.
 */
export function matcher(
  route: Pick<Route, 'etag' | 'method'>,
  ifMatch: string | undefined,
): (current: unknown) => void {
  const changes = route.etag !== undefined && route.method !== 'GET' && route.method !== 'POST';
  if (!changes) return () => {};
  if (ifMatch === undefined) {
    throw problem('if-match-needed', 'Read it first, and send the ETag of that answer as If-Match.');
  }
  const named = ifMatch.split(',').map((tag) => tag.trim());
  return (current) => {
    const isMeant = named.includes('*') || named.includes(etagOf(route, current) ?? '');
    if (!isMeant) throw problem('changed-meanwhile', 'What you read is not what there is now. Read it again.');
  };
}

import type { IncomingHttpHeaders } from 'node:http';
import { problem } from '#base';
import { mediaType } from './body.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

type Asked = { readonly method: string; readonly headers: IncomingHttpHeaders; readonly hasBody: boolean };

/**
 * Refuses, as `cross-site-refused`, what would change something in the name of a browser's session and did not come from
 * our own pages: the browser says so in `Sec-Fetch-Site`, an older one in `Origin`. A form cannot send JSON, so nothing
 * else is taken.
 */
export function refuseCrossSite({ method, headers, hasBody }: Asked, origin: string): void {
  if (harmless.has(method)) return;
  const site = headers['sec-fetch-site'];
  const isOurs = site === undefined ? headers.origin === origin : site === 'same-origin';
  const isJson = mediaType(headers['content-type']) === 'application/json';
  if (!isOurs) {
    throw problem(
      'cross-site-refused',
      `With the cookie of a session, only pages of ${origin} may ask for changes. A program sends an API key instead.`,
    );
  }
  if (!isJson && (hasBody || headers['content-type'] !== undefined)) {
    throw problem('cross-site-refused', 'With the cookie of a session, the body must be application/json.');
  }
}

/** The same for what needs no session, such as signing in: refused where the browser says that another site asks. */
export function refuseOtherSites({ method, headers }: Asked): void {
  const site = headers['sec-fetch-site'];
  if (harmless.has(method) || site === undefined || site === 'same-origin' || site === 'none') return;
  throw problem('cross-site-refused', 'Only our own pages may ask for that from a browser.');
}

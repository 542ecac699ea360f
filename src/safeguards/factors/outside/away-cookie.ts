/**
 * A cookie for the few minutes in which a browser is away at another provider: what comes back counts in this browser
 * alone, so nobody can be signed in as somebody else by a link. Lax, since the way back begins on the provider's page.
 * Essential, like the one of the session, and gone by itself.
 */
export function awayCookie(origin: string, token: string, expiresAt: number): string {
  const secure = isSecure(origin) ? '; Secure' : '';
  return `${nameFor(origin)}=${token}; Path=/; HttpOnly; SameSite=Lax${secure}; Expires=${new Date(expiresAt).toUTCString()}`;
}

/** The token in a Cookie header; undefined when there is none, or more than one, of which one is not ours. */
export function awayTokenIn(origin: string, header: string | undefined): string | undefined {
  const start = `${nameFor(origin)}=`;
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
  const [token = ''] = found;
  return found.length === 1 && /^[\w-]{43}$/.test(token) ? token : undefined;
}

function nameFor(origin: string): string {
  return isSecure(origin) ? '__Host-sotto-away' : 'sotto-away';
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:');
}

/**
 * The one cookie there is: the token of a session. Out of reach for scripts and for every other host, and not sent
 * along with what another site does in the background. Essential, so nobody is asked about it (NET-06).
 *
 * `origin` is the public one: over https the name carries `__Host-`, by which browsers refuse a cookie that another
 * host or a plain connection has set. On plain loopback, where Safari takes no such name, it is `sotto`.
 */
export function sessionCookie(origin: string, token: string, expiresAt: number): string {
  if (!/^[\w.-]{16,512}$/.test(token)) throw new TypeError('the token of a session is base64url');
  return `${sessionCookieName(origin)}=${token}; ${attributesFor(origin)}; Expires=${new Date(expiresAt).toUTCString()}`;
}

/** Takes the cookie away. */
export function noSessionCookie(origin: string): string {
  return `${sessionCookieName(origin)}=; ${attributesFor(origin)}; Max-Age=0`;
}

/**
 * The tokens in a Cookie header. More than one is nobody's: several paths and hosts can set the same name (RFC 6265
 * §5.4), and one of them is not ours.
 */
export function sessionTokensIn(origin: string, header: string | undefined): readonly string[] {
  const start = `${sessionCookieName(origin)}=`;
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
}

/** How the cookie is called under that origin. */
export function sessionCookieName(origin: string): string {
  return isSecure(origin) ? '__Host-sotto' : 'sotto';
}

function attributesFor(origin: string): string {
  return `Path=/; HttpOnly; SameSite=Lax${isSecure(origin) ? '; Secure' : ''}`;
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:');
}

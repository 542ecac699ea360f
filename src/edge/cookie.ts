/** The cookies there are: the token of a session, and that of a visit to another provider. */
export const cookieNames = ['sotto', 'sotto-away'] as const;
export type CookieName = (typeof cookieNames)[number];

/** The cookie of a session, until `expiresAt`. */
export function sessionCookie(origin: string, token: string, expiresAt: number): string {
  return tokenCookie(origin, 'sotto', { token, expiresAt });
}

/** Takes the cookie away. */
export function noSessionCookie(origin: string): string {
  return `${sessionCookieName(origin)}=; ${attributesFor(origin)}; Max-Age=0`;
}

/** The tokens of sessions in a Cookie header. */
export function sessionTokensIn(origin: string, header: string | undefined): readonly string[] {
  return tokensIn(origin, 'sotto', header);
}

/** How the cookie of a session is called under that origin. */
export function sessionCookieName(origin: string): string {
  return nameFor(origin, 'sotto');
}

/**
 * A cookie with a token, out of reach for scripts and for every other host, and not sent along with what another site
 * does in the background. Essential, so nobody is asked about it (NET-06).
 *
 * `origin` is the public one: over https the name carries `__Host-`, by which browsers refuse a cookie that another
 * host or a plain connection has set. On plain loopback, where Safari takes no such name, it goes without.
 */
export function tokenCookie(
  origin: string,
  name: CookieName,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: number },
): string {
  if (!/^[\w.-]{16,512}$/.test(token)) throw new TypeError('the token in a cookie is base64url');
  return `${nameFor(origin, name)}=${token}; ${attributesFor(origin)}; Expires=${new Date(expiresAt).toUTCString()}`;
}

/**
 * The tokens under that name in a Cookie header. More than one is nobody's: several paths and hosts can set the same
 * name (RFC 6265 §5.4), and one of them is not ours.
 */
export function tokensIn(origin: string, name: CookieName, header: string | undefined): readonly string[] {
  const start = `${nameFor(origin, name)}=`;
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
}

function nameFor(origin: string, name: CookieName): string {
  return isSecure(origin) ? `__Host-${name}` : name;
}

function attributesFor(origin: string): string {
  return `Path=/; HttpOnly; SameSite=Lax${isSecure(origin) ? '; Secure' : ''}`;
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:');
}

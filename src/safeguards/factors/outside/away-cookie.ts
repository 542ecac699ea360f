import { tokenCookie, tokensIn } from '#edge';

/**
 * A cookie for the few minutes in which a browser is away at another provider: what comes back counts in this browser
 * alone, so nobody can be signed in as somebody else by a link. Lax, since the way back begins on the provider's page.
 */
export function awayCookie(origin: string, token: string, expiresAt: number): string {
  return tokenCookie(origin, 'sotto-away', { token, expiresAt });
}

/** The token in a Cookie header; undefined when there is none, or more than one, of which one is not ours. */
export function awayTokenIn(origin: string, header: string | undefined): string | undefined {
  const [token = '', ...others] = tokensIn(origin, 'sotto-away', header);
  return others.length === 0 && /^[\w-]{43}$/.test(token) ? token : undefined;
}

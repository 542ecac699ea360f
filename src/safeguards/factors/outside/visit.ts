import { authorizationCodeGrant, buildAuthorizationUrl, fetchUserInfo, type Configuration } from 'openid-client';
import { Personal, problem } from '#base';
import type { FactorCtx } from '../types.ts';
import { pkceChallenge, secretsOf } from './flow.ts';
import type { Outsider } from './links.ts';
import { failureIn } from './provider-client.ts';
import type { Provider } from './providers.ts';

/** Somebody whom the provider vouches for. `isVerified`: it says that it has checked their address. */
export type Vouched = Outsider & { readonly isVerified: boolean };

/** Where the browser goes to be vouched for. */
export function visitUrl(ctx: FactorCtx, provider: Provider, config: Configuration, token: string): string {
  const { state, nonce, verifier } = secretsOf(ctx, token);
  return buildAuthorizationUrl(config, {
    redirect_uri: returnUrl(ctx, provider),
    response_type: 'code',
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: pkceChallenge(verifier),
    code_challenge_method: 'S256',
  }).href;
}

/** Where it comes back to; the operator tells it to the provider. One for each, so that none answers for another (RFC 9700 §4.4). */
export function returnUrl(ctx: Pick<FactorCtx, 'publicUrl'>, { name }: Provider): string {
  return `${ctx.publicUrl()}/api/v1/sign-in/outside/${name}/return`;
}

type Returning = { readonly token: string; readonly query: string };

/**
 * What the provider says when the browser comes back: state, issuer (RFC 9207), code, PKCE, and of the ID token issuer,
 * audience, signature, time and nonce are checked. Throws `outside-refused` whatever is wrong, `Outside` when the
 * provider does not answer.
 */
export async function vouchedIn(
  ctx: FactorCtx,
  provider: Provider,
  config: Configuration,
  { token, query }: Returning,
): Promise<Vouched> {
  const { state, nonce, verifier } = secretsOf(ctx, token);
  const url = new URL(`${returnUrl(ctx, provider)}${query}`);
  try {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await authorizationCodeGrant(config, url, checks);
    const claims = tokens.claims();
    if (!claims) throw new Error('no ID token came');
    const { email, email_verified: isVerified } = await addressIn(config, tokens.access_token, claims);
    return {
      provider: provider.name,
      issuer: claims.iss,
      subject: new Personal(claims.sub),
      email: typeof email === 'string' ? new Personal(email) : undefined,
      isVerified: isVerified === true,
    };
  } catch (error) {
    throw failureIn(error) ?? refused(error);
  }
}

type Address = { readonly email?: unknown; readonly email_verified?: unknown };

/** Providers may keep the address out of the ID token and tell it on asking (OpenID Connect Core §5.4). */
async function addressIn(
  config: Configuration,
  accessToken: string,
  claims: Address & { readonly sub: string },
): Promise<Address> {
  if (claims.email !== undefined || config.serverMetadata().userinfo_endpoint === undefined) return claims;
  return fetchUserInfo(config, accessToken, claims.sub);
}

function refused(cause: unknown) {
  return problem('outside-refused', 'The other provider did not vouch for you in this sign-in. Begin it again.', {
    cause,
  });
}

import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration,
  type CustomFetch,
} from 'openid-client';
import { isProblem, Outside, outside, type HttpRequest } from '#base';
import type { FactorCtx } from '../types.ts';
import type { Provider } from './providers.ts';

/** How long what a provider says of itself is believed without asking again. */
const cacheMs = 3_600_000;

/** Gives the means to speak with a provider: its endpoints and keys, found by discovery. */
export type Clients = (provider: Provider) => Promise<Configuration>;

/** Finds each provider once an hour. What failed is asked for again by the next who wants it. */
export function openClients(ctx: Pick<FactorCtx, 'http' | 'clock'>): Clients {
  const found = new Map<string, { readonly until: number; readonly config: Promise<Configuration> }>();
  return (provider) => {
    const known = found.get(provider.name);
    if (known && known.until > ctx.clock.now()) return known.config;
    const config = discovered(ctx, provider);
    found.set(provider.name, { until: ctx.clock.now() + cacheMs, config });
    config.catch(() => found.delete(provider.name));
    return config;
  };
}

/**
 * Every request goes through the one way out. ID tokens are always verified by signature, which OpenID Connect would let
 * a client skip for those that come straight from the provider (Core §3.1.3.7).
 */
async function discovered(ctx: Pick<FactorCtx, 'http'>, provider: Provider): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = provider;
  const isPlain = issuer.startsWith('http:');
  const execute = [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])];
  const options = { [customFetch]: fetchOf(ctx, provider), execute };
  const config = await discovery(new URL(issuer), clientId, undefined, authenticator(clientSecret), options).catch(
    (error: unknown) => {
      throw failureIn(error) ?? outside(provider.name, 'refused', { cause: error });
    },
  );
  // The library forgives Microsoft's common endpoints; a name that is compared must be the one that was set.
  const told = config.serverMetadata().issuer;
  if (told !== issuer && told !== `${issuer}/`) throw outside(provider.name, 'refused');
  return config;
}

/** In the header where the provider takes that, which is the default (RFC 6749 §2.3.1, Discovery §3), else in the body. */
function authenticator(clientSecret: string): ClientAuth {
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
    way(clientSecret)(server, ...rest);
  };
}

function fetchOf({ http }: Pick<FactorCtx, 'http'>, { name, processor }: Provider): CustomFetch {
  return async (url, { method, headers, body }) => {
    const request: HttpRequest = { method: method === 'POST' ? 'POST' : 'GET', url, headers };
    const sent = body instanceof URLSearchParams ? body.toString() : body;
    if (typeof sent !== 'string' && sent !== undefined && sent !== null) throw new TypeError('a body is text here');
    const answer = await http(processor, typeof sent === 'string' ? { ...request, body: sent } : request);
    if (answer.status >= 500) throw outside(name, 'busy');
    const bytes = answer.body.length > 0 ? new Uint8Array(answer.body) : null;
    return new Response(bytes, { status: answer.status, headers: answer.headers });
  };
}

/** The library wraps what our own way out has thrown; whoever asked must hear of that. */
export function failureIn(error: unknown): Error | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof Outside || isProblem(at)) return at;
  }
  return undefined;
}

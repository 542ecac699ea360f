import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

// oidc-provider brings no types; what is used of it is written down here.
type Payload = Record<string, unknown> & { exp?: number; grantId?: string; uid?: string; consumed?: number };
type Grant = { addOIDCScope(scope: string): void; save(): Promise<string> };
type Asked = {
  oidc: {
    client: { clientId: string };
    session: { accountId: string };
    provider: { Grant: new (of: object) => Grant };
  };
};
type Provider = {
  callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
};
const require = createRequire(import.meta.url);
const { Provider: OidcProvider } = require('oidc-provider') as {
  Provider: new (issuer: string, configuration: object) => Provider;
};

/** Somebody who has an account at the provider. */
export type Account = { readonly subject: string; readonly email: string; readonly isVerified: boolean };

export type OpenIdProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who sits at the browser, and says yes. Undefined: nobody, who says no. */
  account: Account | undefined;
  /** Changes the token endpoint's answer on its way: what a liar, or somebody in between, would do. */
  tamper: ((tokens: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Requests that came, by path. */
  readonly asked: string[];
  /** All codes that were given out and not used are too old from now on. */
  expireCodes(): void;
  close(): Promise<void>;
};

type Given = {
  readonly returnUrls: readonly string[];
  readonly name: string;
  /** What discovery says of how clients show their secret. */
  readonly secretIn?: 'client_secret_basic' | 'client_secret_post';
  /** Whether the address stands in the ID token, or is told on asking. */
  readonly tellsAddress?: boolean;
};

/** A certified OpenID provider on loopback. Its people sign in without a form: `account` says who they are. */
export async function openIdProvider(given: Given): Promise<OpenIdProvider> {
  const { name, returnUrls, secretIn = 'client_secret_basic', tellsAddress = false } = given;
  const handlers: { handle?: (request: IncomingMessage, response: ServerResponse) => void } = {};
  const server = createServer((request, response) => handlers.handle?.(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stored = new Map<string, Payload>();
  const here: OpenIdProvider = {
    issuer,
    clientId: `sotto-at-${name}`,
    clientSecret: `secret-of-${name}-0123456789abcdef`,
    account: undefined,
    tamper: undefined,
    asked: [],
    expireCodes() {
      for (const [key, payload] of stored) if (key.startsWith('AuthorizationCode:')) payload.exp = 1;
    },
    close: () => closed(server),
  };
  const provider = new OidcProvider(issuer, configuration(here, { stored, returnUrls, secretIn, tellsAddress }));
  const answer = provider.callback();
  handlers.handle = (request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname;
    here.asked.push(path);
    if (path.startsWith('/interaction/')) void finish(provider, here, request, response);
    else void answer(request, path === '/token' ? tampered(here, response) : response);
  };
  return here;
}

type Made = Required<Omit<Given, 'name'>> & { readonly stored: Map<string, Payload> };

function configuration(here: OpenIdProvider, { stored, returnUrls, secretIn, tellsAddress }: Made): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    adapter: (model: string) => adapterOf(stored, model),
    clients: [
      {
        client_id: here.clientId,
        client_secret: here.clientSecret,
        redirect_uris: [...returnUrls],
        token_endpoint_auth_method: secretIn,
      },
    ],
    clientAuthMethods: [secretIn],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'first' }] },
    cookies: { keys: ['a key for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: !tellsAddress,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Grant: 600, Interaction: 600, Session: 600 },
    findAccount: async (_ctx: unknown, subject: string) => ({
      accountId: subject,
      claims: async () => ({
        sub: subject,
        email: here.account?.email,
        email_verified: here.account?.isVerified,
        name: 'Somebody',
      }),
    }),
    async loadExistingGrant({ oidc }: Asked) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

async function finish(
  provider: Provider,
  { account }: OpenIdProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const said = account ? { login: { accountId: account.subject } } : { error: 'access_denied' };
  await provider.interactionFinished(request, response, said);
}

/** The answer is held back until it is whole, and leaves changed. */
function tampered(here: OpenIdProvider, response: ServerResponse): ServerResponse {
  const { tamper } = here;
  if (!tamper) return response;
  const end = response.end.bind(response) as (chunk: string) => ServerResponse;
  response.end = ((chunk: string | Buffer) => {
    const changed = JSON.stringify(tamper(JSON.parse(chunk.toString()) as Record<string, unknown>));
    response.setHeader('content-length', Buffer.byteLength(changed));
    return end(changed);
  }) as ServerResponse['end'];
  return response;
}

function adapterOf(stored: Map<string, Payload>, model: string) {
  const key = (id: string) => `${model}:${id}`;
  const all = () => [...stored].filter(([at]) => at.startsWith(`${model}:`));
  return {
    upsert: async (id: string, payload: Payload) => void stored.set(key(id), payload),
    find: async (id: string) => stored.get(key(id)),
    findByUid: async (uid: string) => all().find(([, payload]) => payload.uid === uid)?.[1],
    findByUserCode: async () => undefined,
    destroy: async (id: string) => void stored.delete(key(id)),
    async consume(id: string) {
      const payload = stored.get(key(id));
      if (payload) payload.consumed = 1;
    },
    async revokeByGrantId(grantId: string) {
      for (const [at, payload] of all()) if (payload.grantId === grantId) stored.delete(at);
    },
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/**
 * Follows a browser from where it is sent, over the provider's pages and cookies, until it is sent away from there.
 * Returns the whole address it is sent to.
 */
export async function visit(provider: OpenIdProvider, url: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = url;
  for (let hop = 0; hop < 10; hop += 1) {
    if (!at.startsWith(`${provider.issuer}/`)) return at;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
    at = new URL(location, at).href;
  }
  throw new Error('the provider sends the browser in circles');
}

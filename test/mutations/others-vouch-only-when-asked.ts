import type { TestContext } from 'node:test';
import { openIdProvider } from '../openid-provider.ts';
import { mutationIn, openGround } from './mutation.ts';

/** People sign in with a provider of the operator's own. */
async function withProvider(t: TestContext) {
  const returnUrls = ['http://127.0.0.1:8080/api/v1/sign-in/outside/oidc/return'];
  const provider = await openIdProvider({ name: 'office', returnUrls });
  t.after(() => provider.close());
  return openGround(t, {
    SOTTO_ALLOW_HOSTS: '127.0.0.1',
    SOTTO_OIDC_ISSUER: provider.issuer,
    SOTTO_OIDC_CLIENT_ID: provider.clientId,
    SOTTO_OIDC_CLIENT_SECRET: provider.clientSecret,
  });
}

export default mutationIn(withProvider, {
  breaks: 'whoever goes away is not tied to who comes back',
  found: /sent away without PKCE, state and nonce/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/factors/outside/visit.ts',
      from: '    nonce,\n    code_challenge',
      to: '    code_challenge',
    },
  ],
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { proveAll, type Means } from '#trust';
import { altered } from './asking.ts';
import { openIdProvider } from '../../test/openid-provider.ts';
import { openProvingGround } from '../../test/proving.ts';

/** An installation where people sign in with a provider of the operator's own. */
async function withProvider(t: TestContext): Promise<Means> {
  const returnUrls = ['http://127.0.0.1:8080/api/v1/sign-in/outside/oidc/return'];
  const provider = await openIdProvider({ name: 'office', returnUrls });
  t.after(() => provider.close());
  const ground = await openProvingGround({
    env: {
      SOTTO_ALLOW_HOSTS: '127.0.0.1',
      SOTTO_OIDC_ISSUER: provider.issuer,
      SOTTO_OIDC_CLIENT_ID: provider.clientId,
      SOTTO_OIDC_CLIENT_SECRET: provider.clientSecret,
    },
  });
  t.after(() => ground.close());
  return ground.means;
}

async function verdictOf(means: Means) {
  const [verdict] = await proveAll(means, { which: ['others-vouch-only-when-asked'] });
  assert.ok(verdict);
  return verdict;
}

test('where a provider is set up, where it is asked and what comes back is tried', async (t) => {
  const { status, checked, why } = await verdictOf(await withProvider(t));
  assert.deepEqual([status, checked], ['proven', 5], why);
});

test('a product that asks without PKCE, or takes the answer to a question of others, is found', async (t) => {
  const means = await withProvider(t);
  const bare = altered(means, (_request, answer) => ({
    ...answer,
    body: answer.body.replace('code_challenge_method=S256', 'code_challenge_method=plain'),
  }));
  assert.match((await verdictOf(bare)).why, /sent away without PKCE, state and nonce/);
  const trusting = altered(means, ({ path, headers }, answer) =>
    path.includes('/return?') && headers?.['cookie'] === undefined
      ? { ...answer, status: 303, headers: { 'set-cookie': `sotto=${'a'.repeat(43)}; Path=/` } }
      : answer,
  );
  assert.match((await verdictOf(trusting)).why, /an answer without the cookie of the browser signed somebody in/);
});

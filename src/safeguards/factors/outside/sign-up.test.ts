import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findIdentity } from '#safeguards/identity';
import { Personal } from '#base';
import { openFrontDoor, origin, textOf, type FrontDoor } from '../../../../test/front-door.ts';
import { openIdProvider, visit, type OpenIdProvider } from '../../../../test/openid-provider.ts';
import { outsideRoutes } from './routes.ts';

let provider: OpenIdProvider;
let door: FrontDoor;
before(async () => {
  const returnUrls = [`${origin}/api/v1/sign-in/outside/oidc/return`];
  provider = await openIdProvider({ name: 'odd', returnUrls, tellsAddress: true });
  const { issuer, clientId, clientSecret } = provider;
  const processor = { name: 'Provider', purpose: 'tests', data: [], region: 'here', hosts: [] };
  const known = { name: 'oidc', label: 'odd', issuer, clientId, clientSecret, processor } as const;
  door = await openFrontDoor({ env: { SOTTO_ALLOW_HOSTS: '127.0.0.1' }, routes: (ctx) => outsideRoutes(ctx, [known]) });
});
after(async () => {
  await door.close();
  await provider.close();
});

const path = '/api/v1/sign-up/outside/oidc';
const organisation = { name: 'Casa Ana', timeZone: 'Europe/Madrid', language: 'es', region: 'ES' };

test('names that would change a mail or a page are refused before anybody leaves for the provider', async () => {
  for (const bad of ['Ana\r\nBcc: eve@example.com', '\u0000', '\u202Eana', '   ', '\uD800']) {
    const [own, firm] = [
      await door.browser().post(path, { name: bad, organisation }),
      await door.browser().post(path, { name: 'Ana', organisation: { ...organisation, name: bad } }),
    ];
    assert.deepEqual([own.code, firm.code], ['input-invalid', 'input-invalid'], JSON.stringify(bad));
  }
});

test('what a provider calls a checked address must be one that a mail can go to', async () => {
  for (const email of ['ana@example.com, eve@example.com', 'ana', '"a b"@example.com', 'ana@example.com\r\nX: y']) {
    provider.account = { subject: `odd ${email}`, email, isVerified: true };
    const browser = door.browser();
    const { json } = await browser.post(path, { name: 'Ana', organisation });
    const back = await visit(provider, textOf(json, 'url'));
    const answer = await browser.send('GET', back.slice(origin.length));
    assert.equal(answer.code, 'outside-unverified', email);
    assert.equal(await findIdentity(door.ctx, new Personal(email)), undefined);
  }
});

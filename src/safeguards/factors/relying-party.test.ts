import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, Personal } from '#base';
import { openFrontDoor } from '../../../test/front-door.ts';
import { sender } from '../../../test/house.ts';
import { softwareAuthenticator, type Authenticator } from '../../../test/software-authenticator.ts';
import { addPasskey, passkeyCreation } from './add-passkey.ts';
import { relyingParty } from './relying-party.ts';
import { choicesOfSession } from './second-factor.ts';

const at = (url: string) => () => relyingParty({ publicUrl: () => url });

test('passkeys belong to the host name of the public URL, localhost included', () => {
  assert.deepEqual(at('https://phone.example.com')(), { id: 'phone.example.com', origin: 'https://phone.example.com' });
  assert.deepEqual(at('http://localhost:8080')(), { id: 'localhost', origin: 'http://localhost:8080' });
});

test('at an address of this machine they belong to localhost, which is the same place with a name', () => {
  for (const url of ['http://127.0.0.1:8080', 'http://[::1]:8080', 'http://127.8.8.8:8080'])
    assert.deepEqual(at(url)(), { id: 'localhost', origin: 'http://localhost:8080' });
});

test('under any other address they are refused, with what to do about it', () => {
  for (const url of ['https://192.0.2.7', 'https://[2001:db8::7]:8443'])
    assert.throws(at(url), (error: unknown) => isProblem(error, 'passkeys-need-name'));
  assert.throws(at('https://192.0.2.7'), /SOTTO_PUBLIC_URL/);
});

test('on http://localhost a passkey signs in; the same passkey under another port does not', async (t) => {
  const origin = 'http://localhost:8080';
  const door = await openFrontDoor({ env: { SOTTO_PUBLIC_URL: origin } });
  t.after(() => door.close());
  const browser = await door.signedIn('local@example.com');
  const authenticator = softwareAuthenticator();
  const options = (await browser.post('/api/v1/session/passkeys/options')).json as unknown as Parameters<
    Authenticator['create']
  >[0];
  const made = await browser.post('/api/v1/session/passkeys', {
    name: 'Laptop',
    passkey: authenticator.create(options, { origin }),
  });
  assert.equal(made.status, 200);
  for (const [from, status] of [
    ['http://localhost:9090', 401],
    [origin, 200],
  ] as const) {
    const asked = (await browser.post('/api/v1/sign-in/passkey/options')).json as unknown as Parameters<
      Authenticator['get']
    >[0];
    const other = door.browser();
    assert.equal(
      (await other.post('/api/v1/sign-in/passkey', { passkey: authenticator.get(asked, { origin: from }) })).status,
      status,
    );
  }
});

test('under an address nobody is asked for a passkey, and who has one is offered what else there is', async (t) => {
  const door = await openFrontDoor({ env: { SOTTO_PUBLIC_URL: 'https://192.0.2.7', SOTTO_PROXIES: '192.0.2.8' } });
  t.after(() => door.close());
  const browser = await door.signedIn('nameless@example.com');
  assert.equal((await browser.post('/api/v1/session/passkeys/options')).code, 'passkeys-need-name');
  assert.equal((await door.browser().post('/api/v1/sign-in/passkey/options')).code, 'passkeys-need-name');
  const { json } = await browser.send('GET', '/api/v1/session');
  const signedIn = {
    identity: String(json['identity']),
    session: String(json['session']),
    freshAt: door.ctx.clock.now(),
  };
  const acting = { signedIn, from: sender() };
  const named = { ...door.ctx, publicUrl: () => 'https://phone.example.com' };
  const passkey = softwareAuthenticator().create(await passkeyCreation(named, signedIn), { origin: named.publicUrl() });
  await addPasskey(named, acting, { name: new Personal('Key'), passkey });
  assert.notEqual((await choicesOfSession(named, acting)).passkey, null);
  assert.deepEqual(await choicesOfSession(door.ctx, acting), { totp: false, recoveryCodes: true, passkey: null });
});

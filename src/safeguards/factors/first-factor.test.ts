import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authenticatorApp } from '../../../test/authenticator-app.ts';
import { openFrontDoor, origin, textOf, type Answer, type Browser, type FrontDoor } from '../../../test/front-door.ts';
import { softwareAuthenticator, type Authenticator } from '../../../test/software-authenticator.ts';

/**
 * Where there is no second factor yet there is nothing to show but the session itself, which may be a stolen one: it is
 * never fresh, and it adds the first factor within ten minutes of the sign-in or not at all.
 */

let door: FrontDoor;
before(async () => {
  door = await openFrontDoor();
});
after(() => door.close());

const minute = 60_000;
const password = 'seven grey herons wading';
let guests = 0;

const guest = () => door.signedIn(`first-${(guests += 1)}@example.com`);
const pass = (ms: number) => door.ctx.clock.advance(ms);

/** Begins to add a factor of either kind; what comes back ends it, at any time. */
const ways: Readonly<Record<string, (browser: Browser) => Promise<() => Promise<Answer>>>> = {
  async 'an authenticator app'(browser) {
    const app = authenticatorApp(textOf((await browser.post(beginnings['an authenticator app']!)).json, 'secret'));
    return () => browser.post('/api/v1/session/totp/confirm', { code: app.code(door.ctx.clock.now()) });
  },
  async 'a passkey'(browser) {
    const { json } = await browser.post(beginnings['a passkey']!);
    const passkey = softwareAuthenticator().create(json as unknown as Parameters<Authenticator['create']>[0], {
      origin,
    });
    return () => browser.post('/api/v1/session/passkeys', { name: 'Key', passkey });
  },
};

const beginnings: Readonly<Record<string, string>> = {
  'an authenticator app': '/api/v1/session/totp',
  'a passkey': '/api/v1/session/passkeys/options',
};

/** Signs somebody in once more, by a mailed link. */
async function again(email: string): Promise<Browser> {
  const browser = door.browser();
  await browser.post('/api/v1/sign-in/link', { email });
  const used = await browser.post('/api/v1/sign-in/link/use', { token: await door.linkFor(email) });
  assert.equal(used.json['state'], 'signed-in');
  return browser;
}

async function freshAt(browser: Browser): Promise<unknown> {
  return (await browser.send('GET', '/api/v1/session')).json['freshAt'];
}

for (const [what, begin] of Object.entries(ways)) {
  test(`${what} is the first factor within ten minutes of the sign-in, to the millisecond`, async () => {
    const browser = await guest();
    pass(6 * minute);
    const end = await begin(browser);
    pass(4 * minute);
    const added = await end();
    assert.equal(added.status, 200, JSON.stringify(added.json));
    const late = await guest();
    pass(6 * minute);
    const endLate = await begin(late);
    pass(4 * minute + 1);
    assert.equal((await endLate()).code, 'step-up-needed', 'begun in time does not help');
  });

  test(`${what} that would come too late to be the first is not even begun, so no device keeps one in vain`, async () => {
    const browser = await guest();
    pass(10 * minute);
    assert.equal((await browser.post(beginnings[what]!)).status, 200);
    pass(1);
    assert.equal((await browser.post(beginnings[what]!)).code, 'step-up-needed');
  });

  test(`${what} that came too late to be the first changes nothing`, async () => {
    const browser = await guest();
    const other = await again(browser.email);
    pass(6 * minute);
    const end = await begin(browser);
    pass(4 * minute + 1);
    await door.post();
    const recorded = await door.recorded();
    assert.equal((await end()).code, 'step-up-needed');
    assert.deepEqual(await door.post(), []);
    assert.deepEqual(await door.recorded(), recorded);
    const { json } = await browser.send('GET', '/api/v1/session/factors');
    assert.deepEqual(json, { totp: false, recoveryCodes: 0, passkeys: [], outside: [] });
    assert.equal(await freshAt(browser), null);
    assert.equal((await other.send('GET', '/api/v1/session')).status, 200);
    await again(browser.email);
  });

  test(`${what} that is the first makes the session fresh, for ten minutes`, async () => {
    const browser = await guest();
    assert.equal(await freshAt(browser), null);
    assert.equal((await browser.post('/api/v1/session/recovery-codes')).code, 'step-up-needed');
    assert.equal((await (await begin(browser))()).status, 200);
    assert.equal(Date.parse(String(await freshAt(browser))), door.ctx.clock.now());
    pass(10 * minute);
    assert.equal((await browser.post('/api/v1/session/recovery-codes')).status, 200);
    pass(1);
    assert.equal((await browser.post('/api/v1/session/recovery-codes')).code, 'step-up-needed');
  });

  test(`no session becomes one that has just begun: ${what} wants a sign-in, in its own browser`, async () => {
    const browser = await guest();
    const organisation = (await browser.send('GET', '/api/v1/session')).json['organisation'] as string;
    pass(9 * minute);
    assert.equal((await browser.send('PUT', '/api/v1/password', { password })).status, 200);
    const later = await again(browser.email);
    pass(minute + 1);
    assert.equal((await browser.send('PUT', '/api/v1/session/organisation', { organisation })).status, 200);
    assert.equal((await browser.post(beginnings[what]!)).code, 'step-up-needed', 'a new token is no sign-in');
    assert.equal((await (await begin(later))()).status, 200);
    assert.equal((await browser.send('GET', '/api/v1/session')).code, 'sign-in-needed', 'the other is over');
  });
}

test('without a second factor no way of signing in makes a session fresh, and there is nothing to show', async () => {
  const byLink = await guest();
  assert.equal((await byLink.send('PUT', '/api/v1/password', { password })).status, 200);
  const byPassword = door.browser();
  const used = await byPassword.post('/api/v1/sign-in', { email: byLink.email, password });
  assert.equal(used.json['state'], 'signed-in');
  for (const browser of [byLink, byPassword, await again(byLink.email)]) {
    assert.equal(await freshAt(browser), null);
    assert.equal((await browser.post('/api/v1/session/recovery-codes')).code, 'step-up-needed');
    for (const shown of [{ code: '123456' }, { recoveryCode: 'abcd' }])
      assert.equal((await browser.post('/api/v1/session/fresh', shown)).code, 'step-up-needed');
    assert.equal(await freshAt(browser), null);
  }
});

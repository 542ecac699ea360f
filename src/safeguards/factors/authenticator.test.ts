import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { authenticatorApp } from '../../../test/authenticator-app.ts';
import { openFrontDoor, textOf, type Browser, type FrontDoor } from '../../../test/front-door.ts';
import { sender } from '../../../test/house.ts';
import { useTotp } from './authenticator.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { stepMs } from './totp.ts';

let door: FrontDoor;
before(async () => {
  door = await openFrontDoor();
});
after(() => door.close());

let guests = 0;

/** An authenticator app: what is in the QR code, and a phone whose clock is so many steps off. */
function appOf(uri: string) {
  const { secret, code } = authenticatorApp(new URL(uri).searchParams.get('secret') ?? '');
  return Object.assign((off = 0) => code(door.ctx.clock.now() + off * stepMs), { secret });
}

/** Somebody who is signed in and has set up an app; the clock is moved on, so that the next code is a new one. */
async function withApp() {
  const browser = await door.signedIn(`totp-${(guests += 1)}@example.com`);
  const begun = await browser.post('/api/v1/session/totp');
  const app = appOf(textOf(begun.json, 'uri'));
  const confirmed = await browser.post('/api/v1/session/totp/confirm', { code: app() });
  assert.equal(confirmed.status, 200);
  door.ctx.clock.advance(60_000);
  return { ...browser, app, confirmed, codes: confirmed.json['recoveryCodes'] as string[] };
}

/** Begins a sign-in by a mailed link, up to where the second factor is asked for. */
async function waiting(email: string, browser: Browser = door.browser()) {
  await browser.post('/api/v1/sign-in/link', { email });
  const used = await browser.post('/api/v1/sign-in/link/use', { token: await door.linkFor(email) });
  assert.equal(used.json['state'], 'second-factor', 'a link is no way round');
  assert.equal(browser.cookies.size, 0);
  return { browser, pending: textOf(used.json, 'pending') };
}

async function identityIn(browser: Browser) {
  return textOf((await browser.send('GET', '/api/v1/session')).json, 'identity');
}

const secondFactor = '/api/v1/sign-in/second-factor';

test('an app counts from its first right code: not before, and not by a wrong one', async () => {
  const browser = await door.signedIn('begin@example.com');
  const app = appOf(textOf((await browser.post('/api/v1/session/totp')).json, 'uri'));
  const factors = async () => (await browser.send('GET', '/api/v1/session/factors')).json['totp'];
  assert.equal(await factors(), false);
  assert.equal((await browser.post('/api/v1/session/totp/confirm', { code: '000000' })).code, 'second-factor-wrong');
  assert.equal(await factors(), false);
  assert.equal((await browser.post('/api/v1/session/totp/confirm', { code: app() })).status, 200);
  assert.equal(await factors(), true);
});

test('another app is in use from its first right code, within a quarter of an hour; until then the one before is', async () => {
  const { app, ...browser } = await withApp();
  const begin = async () => appOf(textOf((await browser.post('/api/v1/session/totp')).json, 'uri'));
  const confirm = (code: string) => browser.post('/api/v1/session/totp/confirm', { code });
  const late = await begin();
  door.ctx.clock.advance(15 * 60_000);
  assert.equal((await browser.post('/api/v1/session/fresh', { code: late() })).code, 'second-factor-wrong');
  assert.equal((await browser.post('/api/v1/session/fresh', { code: app() })).status, 200);
  assert.equal((await confirm(late())).code, 'not-found');
  const next = await begin();
  assert.equal((await confirm(late())).code, 'second-factor-wrong', 'what was begun before is dead');
  assert.equal((await confirm(next())).status, 200);
  door.ctx.clock.advance(60_000);
  assert.equal((await browser.post('/api/v1/session/fresh', { code: app() })).code, 'second-factor-wrong');
  assert.equal((await browser.post('/api/v1/session/fresh', { code: next() })).status, 200);
});

test('the first factor ends all other sessions, renews this one, brings ten codes, and is mailed and recorded', async () => {
  const first = await door.signedIn('first@example.com');
  const old = new Map(first.cookies);
  const { browser: other } = { browser: door.browser() };
  await other.post('/api/v1/sign-in/link', { email: 'first@example.com' });
  await other.post('/api/v1/sign-in/link/use', { token: await door.linkFor('first@example.com') });
  assert.equal((await other.send('GET', '/api/v1/session')).status, 200);
  await door.post();
  const app = appOf(textOf((await first.post('/api/v1/session/totp')).json, 'uri'));
  const done = await first.post('/api/v1/session/totp/confirm', { code: app() });
  const codes = done.json['recoveryCodes'] as string[];
  assert.equal(new Set(codes).size, 10);
  assert.equal((await other.send('GET', '/api/v1/session')).code, 'sign-in-needed');
  const mine = await first.send('GET', '/api/v1/session');
  assert.equal(mine.json['secondFactor'], true);
  assert.notEqual(mine.json['freshAt'], null);
  const stale = door.browser();
  for (const [name, value] of old) stale.cookies.set(name, value);
  assert.equal((await stale.send('GET', '/api/v1/session')).code, 'sign-in-needed', 'the token before is dead');
  const mails = (await door.post()).flatMap(({ notice }) => ('what' in notice ? [notice.what] : []));
  assert.deepEqual(mails.toSorted(), ['recovery-codes-made', 'totp-added']);
  assert.ok((await door.recorded()).includes('totp.added'));
});

test('a code ends a waiting sign-in, fresh; the code of the set-up is used up', async () => {
  const { email, app, confirmed } = await withApp();
  assert.equal(confirmed.status, 200);
  const { browser, pending } = await waiting(email);
  const choices = await browser.post(`${secondFactor}/choices`, { pending });
  assert.deepEqual(choices.json, { totp: true, recoveryCodes: true, passkey: null });
  assert.equal((await browser.post(secondFactor, { pending, code: app(-2) })).code, 'second-factor-wrong');
  const done = await browser.post(secondFactor, { pending, code: app() });
  assert.equal(done.json['state'], 'signed-in');
  assert.notEqual((await browser.send('GET', '/api/v1/session')).json['freshAt'], null);
  assert.equal((await browser.post(secondFactor, { pending, code: app(1) })).code, 'sign-in-expired');
});

test('a code counts once: not again within its time, and after a later one not at all', async () => {
  const { email, app } = await withApp();
  const { pending } = await waiting(email);
  const later = app(1);
  const earlier = app(0);
  assert.equal((await door.browser().post(secondFactor, { pending, code: later })).status, 200);
  const again = await waiting(email);
  assert.equal(
    (await again.browser.post(secondFactor, { pending: again.pending, code: later })).code,
    'second-factor-wrong',
  );
  assert.equal(
    (await again.browser.post(secondFactor, { pending: again.pending, code: earlier })).code,
    'second-factor-wrong',
  );
});

test('of twenty who show one code at once, over as many connections, one passes', async () => {
  const { app, ...browser } = await withApp();
  const identity = await identityIn(browser);
  const asked = Array.from({ length: 20 }, () => useTotp(door.ctx, identity, app()));
  assert.equal((await Promise.all(asked)).filter(Boolean).length, 1);
});

test('clocks may differ by a step in either direction, and no more', async () => {
  for (const [off, isRight] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const) {
    const { app, ...browser } = await withApp();
    door.ctx.clock.advance(60_000);
    assert.equal(await useTotp(door.ctx, await identityIn(browser), app(off)), isRight, `${off} steps`);
  }
});

test('a recovery code signs in once, however it is typed, and a mail tells', async () => {
  const { email, codes } = await withApp();
  const { browser, pending } = await waiting(email);
  await door.post();
  const typed = codes[3]!.toUpperCase().replaceAll('-', ' ');
  assert.equal((await browser.post(secondFactor, { pending, recoveryCode: typed })).status, 200);
  const mails = (await door.post()).flatMap(({ notice }) => ('what' in notice ? [notice.what] : []));
  assert.deepEqual(mails, ['recovery-code-used']);
  const again = await waiting(email);
  assert.equal(
    (await again.browser.post(secondFactor, { pending: again.pending, recoveryCode: codes[3] })).code,
    'second-factor-wrong',
  );
  const left = (await browser.send('GET', '/api/v1/session/factors')).json['recoveryCodes'];
  assert.equal(left, 9);
});

test('of twelve who show one recovery code at once, one passes', async () => {
  const { codes, ...browser } = await withApp();
  const showing = { identity: await identityIn(browser), from: sender() };
  const asked = Array.from({ length: 12 }, () => useRecoveryCode(door.ctx, showing, codes[0]!));
  assert.equal((await Promise.all(asked)).filter(Boolean).length, 1);
});

test('a password does not pass the second factor, and gives no hint of which there is', async () => {
  const password = 'seven grey herons wading';
  const { email, app, ...browser } = await withApp();
  assert.equal((await browser.send('PUT', '/api/v1/password', { password })).status, 200);
  const other = door.browser();
  const begun = await other.post('/api/v1/sign-in', { email, password });
  assert.deepEqual(Object.keys(begun.json).toSorted(), ['pending', 'state']);
  assert.equal(other.cookies.size, 0);
  assert.equal((await other.post('/api/v1/sign-in', { email, password: 'wrong' })).code, 'sign-in-refused');
  const pending = textOf(begun.json, 'pending');
  assert.equal((await other.post(secondFactor, { pending, code: app() })).status, 200);
});

test('new recovery codes end the old ones, and need a fresh session', async () => {
  const { email, codes, ...browser } = await withApp();
  const made = await browser.post('/api/v1/session/recovery-codes');
  const fresh = made.json['recoveryCodes'] as string[];
  assert.equal(fresh.filter((code) => codes.includes(code)).length, 0);
  const { browser: other, pending } = await waiting(email);
  assert.equal((await other.post(secondFactor, { pending, recoveryCode: codes[0] })).code, 'second-factor-wrong');
  assert.equal((await other.post(secondFactor, { pending, recoveryCode: fresh[0] })).status, 200);
  door.ctx.clock.advance(10 * 60_000 + 1);
  assert.equal((await other.post('/api/v1/session/recovery-codes')).code, 'step-up-needed');
});

test('neither secret nor codes can be read in the database', async () => {
  const { codes, app, ...browser } = await withApp();
  const identity = await identityIn(browser);
  const { kept } = await door.db.tenant(instanceId, (tx) =>
    tx.one<{ kept: Buffer }>(sql`
      select string_agg(t.secret, '') || (select string_agg(c.code_hash, '') from app.recovery_codes c
        where c.organisation_id = ${instanceId} and c.identity_id = ${identity}) as kept
      from app.totp_secrets t where t.organisation_id = ${instanceId} and t.identity_id = ${identity}`),
  );
  assert.ok(kept.length > 10 * 32 + 20);
  const plain = [app.secret, app.secret.toString('base64'), app.secret.toString('hex')];
  for (const one of [...plain, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
    assert.ok(!kept.includes(one));
});

test('wrong codes count towards the lock of the account, which a right one does not pass', async () => {
  const { email, app } = await withApp();
  const { browser, pending } = await waiting(email);
  for (let wrong = 0; wrong < 4; wrong += 1) {
    assert.equal((await browser.post(secondFactor, { pending, code: '000000' })).code, 'second-factor-wrong');
  }
  assert.equal((await browser.post(secondFactor, { pending, recoveryCode: 'wrong' })).code, 'second-factor-wrong');
  assert.equal(
    (await browser.post(secondFactor, { pending, code: app() })).code,
    'sign-in-expired',
    'five, and it is over',
  );
  const again = await waiting(email, door.browser());
  assert.equal(
    (await again.browser.post(secondFactor, { pending: again.pending, code: app() })).code,
    'sign-in-paused',
  );
  door.ctx.clock.advance(61_000);
  assert.equal((await again.browser.post(secondFactor, { pending: again.pending, code: app() })).status, 200);
});

test('a change needs a fresh session as soon as there is a factor, and a code makes it fresh', async () => {
  const { app, ...browser } = await withApp();
  door.ctx.clock.advance(10 * 60_000);
  for (const [method, path, body] of [
    ['POST', '/api/v1/session/totp'],
    ['DELETE', '/api/v1/session/totp'],
    ['POST', '/api/v1/session/passkeys/options'],
    ['POST', '/api/v1/session/recovery-codes'],
    ['POST', '/api/v1/session/totp/confirm', { code: '123456' }],
  ] as const) {
    assert.equal((await browser.send(method, path, body)).code, 'step-up-needed', path);
  }
  const before = [...browser.cookies.values()];
  assert.equal((await browser.post('/api/v1/session/fresh', { code: '000000' })).code, 'second-factor-wrong');
  assert.equal((await browser.post('/api/v1/session/fresh', {})).code, 'input-invalid');
  assert.equal((await browser.post('/api/v1/session/fresh', { code: app(), recoveryCode: 'x' })).code, 'input-invalid');
  assert.equal((await browser.post('/api/v1/session/fresh', { code: app() })).status, 200);
  assert.notDeepEqual([...browser.cookies.values()], before);
  assert.equal((await browser.send('DELETE', '/api/v1/session/totp')).status, 204);
});

test('without the last factor nothing is asked for, its codes are gone, and a mail tells', async () => {
  const { email, ...browser } = await withApp();
  await door.post();
  assert.equal((await browser.send('DELETE', '/api/v1/session/totp')).status, 204);
  const mails = (await door.post()).flatMap(({ notice }) => ('what' in notice ? [notice.what] : []));
  assert.deepEqual(mails, ['totp-removed']);
  const found = await browser.send('GET', '/api/v1/session/factors');
  assert.deepEqual(found.json, { totp: false, recoveryCodes: 0, passkeys: [], outside: [] });
  const other = door.browser();
  await other.post('/api/v1/sign-in/link', { email });
  const used = await other.post('/api/v1/sign-in/link/use', { token: await door.linkFor(email) });
  assert.equal(used.json['state'], 'signed-in');
});

test('a waiting sign-in that is not known is refused alike, whatever is asked of it', async () => {
  const unknown = 'A'.repeat(43);
  const browser = door.browser();
  for (const body of [{ code: '123456' }, { recoveryCode: 'abcd' }]) {
    assert.equal((await browser.post(secondFactor, { pending: unknown, ...body })).code, 'sign-in-expired');
  }
  assert.equal((await browser.post(`${secondFactor}/choices`, { pending: unknown })).code, 'sign-in-expired');
});

test('one’s factors are one’s own: nobody else’s sign-in or session is helped by them', async () => {
  const mine = await withApp();
  const theirs = await withApp();
  const { browser, pending } = await waiting(theirs.email);
  assert.equal((await browser.post(secondFactor, { pending, code: mine.app() })).code, 'second-factor-wrong');
  assert.equal(
    (await browser.post(secondFactor, { pending, recoveryCode: mine.codes[0] })).code,
    'second-factor-wrong',
  );
  assert.equal(
    (await theirs.post('/api/v1/session/fresh', { recoveryCode: mine.codes[0] })).code,
    'second-factor-wrong',
  );
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal } from '#base';
import { openFrontDoor, origin, textOf, type Answer, type Browser, type FrontDoor } from '../../../test/front-door.ts';
import { sender } from '../../../test/house.ts';
import { softwareAuthenticator, type Authenticator, type Page } from '../../../test/software-authenticator.ts';
import { addPasskey } from './add-passkey.ts';

let door: FrontDoor;
before(async () => {
  door = await openFrontDoor();
});
after(() => door.close());

const page: Page = { origin };
const passkeys = '/api/v1/session/passkeys';
const signIn = '/api/v1/sign-in/passkey';
const secondFactor = '/api/v1/sign-in/second-factor';
type Asked = Parameters<Authenticator['get']>[0];
type Wanted = Parameters<Authenticator['create']>[0];

let guests = 0;

async function add(browser: Browser, authenticator: Authenticator, at: Page = page): Promise<Answer> {
  const options = await browser.post(`${passkeys}/options`);
  const passkey = authenticator.create(options.json as unknown as Wanted, at);
  return browser.post(passkeys, { name: 'My key', passkey });
}

/** Somebody signed in who has a passkey. */
async function withPasskey(authenticator = softwareAuthenticator()) {
  const browser = await door.signedIn(`passkey-${(guests += 1)}@example.com`);
  const added = await add(browser, authenticator);
  assert.equal(added.status, 200, JSON.stringify(added.json));
  await door.post();
  return { ...browser, authenticator, id: textOf(added.json, 'id'), added };
}

async function ask(browser: Browser, path = `${signIn}/options`, body?: unknown): Promise<Asked> {
  const { json } = await browser.post(path, body);
  return (json['passkey'] ?? json) as unknown as Asked;
}

async function enter(authenticator: Authenticator, at: Page = page, browser = door.browser()) {
  const passkey = authenticator.get(await ask(browser), at);
  return { browser, passkey, answer: await browser.post(signIn, { passkey }) };
}

async function waiting(email: string) {
  const browser = door.browser();
  await browser.post('/api/v1/sign-in/link', { email });
  const used = await browser.post('/api/v1/sign-in/link/use', { token: await door.linkFor(email) });
  assert.equal(used.json['state'], 'second-factor');
  return { browser, pending: textOf(used.json, 'pending') };
}

async function mailed() {
  return (await door.post()).flatMap(({ notice }) => ('what' in notice ? [notice.what] : []));
}

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
  test(`a passkey signs in alone, with no address typed, fresh (${algorithm})`, async () => {
    const { email, authenticator, added } = await withPasskey(softwareAuthenticator({ algorithm }));
    assert.equal((added.json['recoveryCodes'] as string[]).length, 10);
    const { browser, answer } = await enter(authenticator);
    assert.equal(answer.json['state'], 'signed-in');
    const session = await browser.send('GET', '/api/v1/session');
    assert.equal(session.json['email'], email);
    assert.notEqual(session.json['freshAt'], null);
  });
}

test('a passkey is a second factor as well: of a waiting sign-in and of a session that is not fresh', async () => {
  const { email, authenticator, ...first } = await withPasskey();
  const { browser, pending } = await waiting(email);
  const options = await ask(browser, `${secondFactor}/choices`, { pending });
  const passkey = authenticator.get(options, { ...page, isAnonymous: true });
  assert.equal((await browser.post(secondFactor, { pending, passkey })).status, 200);
  door.ctx.clock.advance(10 * 60_000 + 1);
  assert.equal((await first.post('/api/v1/session/recovery-codes')).code, 'step-up-needed');
  const again = authenticator.get(await ask(first, '/api/v1/session/fresh/choices'), page);
  assert.equal((await first.post('/api/v1/session/fresh', { passkey: again })).status, 200);
  assert.equal((await first.post('/api/v1/session/recovery-codes')).status, 200);
});

test('a passkey passes the lock that wrong codes have brought', async () => {
  const { email, authenticator } = await withPasskey();
  const { browser, pending } = await waiting(email);
  for (let wrong = 0; wrong < 5; wrong += 1) await browser.post(secondFactor, { pending, recoveryCode: 'wrong' });
  const again = await waiting(email);
  assert.equal(
    (await again.browser.post(secondFactor, { pending: again.pending, recoveryCode: 'x' })).code,
    'sign-in-paused',
  );
  assert.equal((await enter(authenticator)).answer.status, 200);
});

test('what is wrong with a shown passkey is refused in one way, whatever it is', async () => {
  const { authenticator } = await withPasskey();
  const wrong: Record<string, Page> = {
    'another origin': { origin: 'https://phone.example.com.evil.example' },
    'plain http': { origin: 'http://phone.example.com' },
    'another port': { origin: `${origin}:8443` },
    'another host name': { ...page, rpId: 'evil.example' },
    'the domain above': { ...page, rpId: 'example.com' },
    'nobody verified': { ...page, isVerified: false },
    'nobody present': { ...page, isPresent: false },
    'a registration': { ...page, type: 'webauthn.create' },
    'inside another site': { ...page, crossOrigin: true },
    'inside another site that says so': { ...page, crossOrigin: true, topOrigin: 'https://evil.example' },
    'nobody named': { ...page, isAnonymous: true },
  };
  for (const [what, at] of Object.entries(wrong)) {
    const { answer, browser } = await enter(authenticator, at);
    assert.equal(answer.code, 'passkey-refused', what);
    assert.equal(browser.cookies.size, 0, what);
  }
  assert.equal((await enter(authenticator)).answer.status, 200);
});

test('a changed byte anywhere in what was signed or in the signature is refused', async () => {
  const { authenticator } = await withPasskey();
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
    const browser = door.browser();
    const passkey = authenticator.get(await ask(browser), page);
    const bytes = Buffer.from(passkey.response[part], 'base64url');
    const at = bytes.length - 2;
    bytes[at] = bytes[at]! ^ 1;
    const altered = { ...passkey, response: { ...passkey.response, [part]: bytes.toString('base64url') } };
    assert.equal((await browser.post(signIn, { passkey: altered })).code, 'passkey-refused', part);
  }
});

test('an answer counts once, within five minutes, and for what it was asked for', async () => {
  const { email, authenticator, ...first } = await withPasskey();
  const { browser, passkey, answer } = await enter(authenticator);
  assert.equal(answer.status, 200);
  assert.equal((await browser.post(signIn, { passkey })).code, 'passkey-refused', 'replayed');
  const late = authenticator.get(await ask(browser), page);
  door.ctx.clock.advance(5 * 60_000);
  assert.equal((await browser.post(signIn, { passkey: late })).code, 'passkey-refused', 'too late');
  const { pending } = await waiting(email);
  const forFresh = authenticator.get(await ask(first, '/api/v1/session/fresh/choices'), page);
  assert.equal((await browser.post(signIn, { passkey: forFresh })).code, 'passkey-refused', 'for another thing');
  const forSignIn = authenticator.get(await ask(browser), page);
  assert.equal((await browser.post(secondFactor, { pending, passkey: forSignIn })).code, 'passkey-refused');
  const other = await waiting(email);
  const forOther = authenticator.get(await ask(browser, `${secondFactor}/choices`, { pending: other.pending }), page);
  assert.equal(
    (await browser.post(secondFactor, { pending, passkey: forOther })).code,
    'passkey-refused',
    'another sign-in',
  );
});

test('of many who come with one answer at once, one gets a session', async () => {
  const { authenticator } = await withPasskey();
  const passkey = authenticator.get(await ask(door.browser()), page);
  const all = await Promise.all(Array.from({ length: 12 }, () => door.browser().post(signIn, { passkey })));
  assert.equal(all.filter(({ status }) => status === 200).length, 1);
  assert.equal(all.filter(({ code }) => code === 'passkey-refused').length, 11);
});

test('a count that goes backwards is refused, recorded and mailed: there may be a copy', async () => {
  const { authenticator, ...first } = await withPasskey();
  const copy = authenticator.copy();
  await enter(authenticator);
  await enter(authenticator);
  await mailed();
  assert.equal((await enter(copy)).answer.code, 'passkey-refused');
  assert.deepEqual(await mailed(), ['passkey-copied']);
  assert.ok((await door.recorded()).includes('passkey.copied'));
  assert.equal((await enter(authenticator)).answer.status, 200, 'the one that counts on goes on');
  assert.equal((await first.send('GET', '/api/v1/session')).status, 200);
});

test('a passkey that is kept on several devices does not count, and signs in every time', async () => {
  const { authenticator } = await withPasskey(softwareAuthenticator({ counts: false, isSynced: true }));
  for (const one of [authenticator, authenticator.copy(), authenticator]) {
    assert.equal((await enter(one)).answer.status, 200);
  }
});

test('somebody else’s passkey ends nobody’s waiting sign-in and refreshes nobody’s session', async () => {
  const mine = await withPasskey();
  const theirs = await withPasskey();
  const { browser, pending } = await waiting(theirs.email);
  const asked = await ask(browser, `${secondFactor}/choices`, { pending });
  const passkey = mine.authenticator.get({ ...asked, allowCredentials: [] }, page);
  assert.equal((await browser.post(secondFactor, { pending, passkey })).code, 'passkey-refused');
  const forFresh = await ask(theirs, '/api/v1/session/fresh/choices');
  const again = mine.authenticator.get({ ...forFresh, allowCredentials: [] }, page);
  assert.equal((await theirs.post('/api/v1/session/fresh', { passkey: again })).code, 'passkey-refused');
});

test('what is wrong with a new passkey is refused', async () => {
  const browser = await door.signedIn('wrong-new@example.com');
  const wrong: Record<string, Page> = {
    'another origin': { origin: 'https://evil.example' },
    'another host name': { ...page, rpId: 'evil.example' },
    'nobody verified': { ...page, isVerified: false },
    'nobody present': { ...page, isPresent: false },
    'an assertion': { ...page, type: 'webauthn.get' },
    'inside another site': { ...page, crossOrigin: true },
  };
  for (const [what, at] of Object.entries(wrong)) {
    assert.equal((await add(browser, softwareAuthenticator(), at)).code, 'passkey-refused', what);
  }
  const options = (await browser.post(`${passkeys}/options`)).json as unknown as Wanted;
  const other = await door.signedIn('wrong-other@example.com');
  const passkey = softwareAuthenticator().create(options, page);
  assert.equal((await other.post(passkeys, { name: 'Theirs', passkey })).code, 'passkey-refused', 'another session');
  assert.equal((await browser.post(passkeys, { name: 'Mine', passkey })).status, 200);
  assert.equal((await browser.post(passkeys, { name: 'Mine', passkey })).code, 'passkey-refused', 'replayed');
});

test('a certificate that nobody asked for is not even read', async () => {
  const browser = await door.signedIn('attested@example.com');
  const { json } = await browser.send('GET', '/api/v1/session');
  const signedIn = { identity: textOf(json, 'identity'), session: textOf(json, 'session'), freshAt: undefined };
  // The attestation begins {"fmt": "none", "attStmt": {}, …}: map of three, text of three, text of four, text of seven.
  const stated = (fmt: string, statement: string) => (bytes: Buffer) =>
    Buffer.concat([
      bytes.subarray(0, 5),
      Buffer.of(0x60 + fmt.length),
      Buffer.from(fmt),
      bytes.subarray(10, 18),
      Buffer.from(statement, 'hex'),
      bytes.subarray(19),
    ]);
  const certificate = `a1${'63783563'}81${'43aabbcc'}`; // {"x5c": [h'aabbcc']}
  for (const change of [stated('tpm', 'a0'), stated('packed', certificate), stated('fido-u2f', certificate)]) {
    const options = (await browser.post(`${passkeys}/options`)).json as unknown as Wanted;
    const made = softwareAuthenticator().create(options, page);
    const attestationObject = change(Buffer.from(made.response.attestationObject, 'base64url')).toString('base64url');
    const passkey = { ...made, response: { ...made.response, attestationObject } };
    const added = addPasskey(door.ctx, { signedIn, from: sender() }, { name: new Personal('Key'), passkey });
    // What the library refuses has its complaint as cause; this never came so far.
    await assert.rejects(added, (error: unknown) => isProblem(error, 'passkey-refused') && error.cause === undefined);
  }
});

test('garbage in place of a passkey is refused or called a mistake, and never a fault of ours', async () => {
  const browser = await door.signedIn('garbage@example.com');
  const { authenticator } = await withPasskey();
  const good = authenticator.get(await ask(browser), page);
  const texts = [
    '',
    'A',
    'AAAA',
    '!!!!',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('null').toString('base64url'),
    'A'.repeat(5_000),
  ];
  for (const text of texts) {
    for (const part of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'] as const) {
      const passkey = { ...good, response: { ...good.response, [part]: text } };
      const { status, code } = await browser.post(signIn, { passkey });
      assert.ok(
        [400, 401].includes(status) && ['input-invalid', 'passkey-refused'].includes(code),
        `${part}: ${status} ${code}`,
      );
    }
    const options = (await browser.post(`${passkeys}/options`)).json as unknown as Wanted;
    const made = softwareAuthenticator().create(options, page);
    const passkey = { ...made, response: { ...made.response, attestationObject: text } };
    assert.ok([400, 401].includes((await browser.post(passkeys, { name: 'x', passkey })).status));
  }
});

test('passkeys are listed, named, renamed and removed by their owner alone', async () => {
  const { id, authenticator, ...first } = await withPasskey();
  await enter(authenticator);
  const listed = async () =>
    (await first.send('GET', '/api/v1/session/factors')).json['passkeys'] as Record<string, unknown>[];
  const [one] = await listed();
  assert.equal(one?.['name'], 'My key');
  assert.notEqual(one['lastUsedAt'], null);
  const other = await withPasskey();
  assert.equal((await other.send('PUT', `${passkeys}/${id}/name`, { name: 'Stolen' })).code, 'not-found');
  assert.equal((await other.send('DELETE', `${passkeys}/${id}`)).code, 'not-found');
  assert.equal((await first.send('PUT', `${passkeys}/${id}/name`, { name: 'Blue key' })).status, 204);
  assert.equal((await listed())[0]?.['name'], 'Blue key');
  await mailed();
  assert.equal((await first.send('DELETE', `${passkeys}/${id}`)).status, 204);
  assert.deepEqual(await mailed(), ['passkey-removed']);
  assert.equal((await enter(authenticator)).answer.code, 'passkey-refused');
});

test('a passkey is added once, and twenty are enough', async () => {
  const { authenticator, ...first } = await withPasskey();
  const options = (await first.post(`${passkeys}/options`)).json;
  assert.equal((options['excludeCredentials'] as unknown[]).length, 1, 'the browser is told which there are');
  for (let more = 1; more < 20; more += 1) assert.equal((await add(first, softwareAuthenticator())).status, 200);
  assert.equal((await first.post(`${passkeys}/options`)).code, 'too-many-passkeys');
  assert.equal((await enter(authenticator)).answer.status, 200);
});

test('to ask for a passkey tells nothing about anybody', async () => {
  await withPasskey();
  const { json } = await door.browser().post(`${signIn}/options`);
  assert.deepEqual(json['allowCredentials'], []);
  assert.deepEqual(Object.keys(json).toSorted(), [
    'allowCredentials',
    'challenge',
    'rpId',
    'timeout',
    'userVerification',
  ]);
});

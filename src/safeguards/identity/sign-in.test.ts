import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { setSecondFactor } from './identities.ts';
import { signInByLink } from './link-sign-in.ts';
import { askLink } from './links.ts';
import { openPasswords, type Passwords } from './password-hash.ts';
import { signInByPassword } from './password.ts';
import { beginSession, completeSignIn, pendingFailed, pendingIdentity } from './sign-in.ts';
import { openSession } from './sessions.ts';
import { failedTry } from './tries.ts';

let house: House;
let passwords: Passwords;
before(async () => {
  house = await openHouse();
  passwords = openPasswords(house.ctx, { parameters: { memory: 64, passes: 1, parallelism: 1 } });
});
after(() => house.close());

const good = 'correct horse battery staple';
let guests = 0;

/** A resident with a password, at a sender of their own, so that no test locks another one out. */
async function guest(given: { secondFactor?: boolean } = {}) {
  const email = `guest-${(guests += 1)}@example.com`;
  const from = sender(`198.51.${guests}.7`);
  const made = await house.resident(email);
  const hash = Buffer.from(await passwords.turn((hasher) => hasher.make(good)));
  await house.db.tenant(instanceId, async (tx) => {
    await tx.run(sql`
      update app.identities set password_hash = ${hash} where organisation_id = ${instanceId} and id = ${made.identity}`);
    if (given.secondFactor) await setSecondFactor(tx, made.identity, true);
  });
  const byPassword = (password = good, at = from) =>
    signInByPassword(house.ctx, passwords, { email: new Personal(email), password: new Personal(password), from: at });
  const askForLink = async () => {
    await askLink(house.ctx, { kind: 'sign-in', asked: { email }, from });
    return house.linkFor(email);
  };
  return { ...made, email, from, byPassword, askForLink };
}

const is = (code: Parameters<typeof isProblem>[1]) => (error: unknown) => isProblem(error, code);

test('the right password opens a session as the person of one’s organisation', async () => {
  const { byPassword, identity, organisation, person, from } = await guest();
  const state = await byPassword();
  assert.equal(state.state, 'signed-in');
  const asker = state.state === 'signed-in' ? await askerBySession(house.ctx, state.token, from) : undefined;
  assert.equal(asker?.signedIn?.identity, identity);
  assert.equal(asker.who?.organisation, organisation);
  assert.equal(asker.who.actor, `person:${person}`);
  assert.equal(asker.who.grants['team:write'], 'all');
});

test('an unknown address, a wrong password and none at all are refused in the same words', async () => {
  const { byPassword, from } = await guest();
  const without = `without-${guests}@example.com`;
  await house.resident(without);
  const by = (email: string) =>
    signInByPassword(house.ctx, passwords, { email: new Personal(email), password: new Personal(good), from });
  const said = new Set<string>();
  const tries = [() => byPassword('wrong horse battery staple'), () => by('nobody@example.com'), () => by(without)];
  for (const refused of tries) {
    await assert.rejects(refused, (error: unknown) => {
      assert.ok(isProblem(error, 'sign-in-refused'));
      said.add(JSON.stringify([error.status, error.title, error.message, error.mistakes]));
      return true;
    });
  }
  assert.equal(said.size, 1);
});

test('an unknown address costs as many hashes and statements as a known one, also once it is locked', async () => {
  const { email, from } = await guest();
  const nobody = 'costs-nothing@example.com';
  const elsewhere = sender('198.51.200.7');
  for (let round = 1; round <= 8; round += 1) {
    const work = async (address: string, at: typeof from) => {
      const before = [house.ctx.counted.statements, passwords.hashes()] as const;
      const given = { email: new Personal(address), password: new Personal('not the one it is'), from: at };
      const code = await signInByPassword(house.ctx, passwords, given).catch((error: unknown) => {
        assert.ok(isProblem(error));
        return `${error.code} ${error.message}`;
      });
      return { code, statements: house.ctx.counted.statements - before[0], hashes: passwords.hashes() - before[1] };
    };
    assert.deepEqual(await work(email, from), await work(nobody, elsewhere), `round ${round}`);
  }
});

test('asking for a link costs the same for an address that nobody has, and mails nothing there', async () => {
  const { email, from } = await guest();
  await house.post();
  const work = async (address: string) => {
    const before = house.ctx.counted.statements;
    await askLink(house.ctx, { kind: 'sign-in', asked: { email: address }, from });
    return house.ctx.counted.statements - before;
  };
  assert.equal(await work(email), await work('stranger@example.com'));
  const mails = await house.post();
  assert.deepEqual(
    mails.map(({ to, notice }) => [to, notice.kind]),
    [[email, 'sign-in-link']],
  );
});

test('what a stranger typed who has no account is unreadable as soon as that is known', async () => {
  await askLink(house.ctx, { kind: 'sign-in', asked: { email: 'passer-by@example.com' }, from: sender() });
  await house.post();
  const rows = await house.db.tenant(instanceId, (tx) =>
    tx.rows<{ request: Buffer | null }>(sql`
      select request from app.sign_in_links where organisation_id = ${instanceId} and token_hash is null`),
  );
  assert.ok(rows.length > 0 && rows.every(({ request }) => request === null));
});

test('a link signs in once, and its row is gone', async () => {
  const { askForLink, from, identity } = await guest();
  const token = await askForLink();
  const state = await signInByLink(house.ctx, { token, from });
  assert.ok(state.state === 'signed-in' && state.identity === identity);
  await assert.rejects(signInByLink(house.ctx, { token, from }), is('link-expired'));
});

test('of many who come with the same link at once, one gets in', async () => {
  const { askForLink, from } = await guest();
  const token = await askForLink();
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => signInByLink(house.ctx, { token, from })));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a link is worth nothing after 30 minutes, altered, or as a link of another kind', async () => {
  const { askForLink, from } = await guest();
  const token = await askForLink();
  const altered = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
  await assert.rejects(signInByLink(house.ctx, { token: altered, from }), is('link-expired'));
  house.ctx.clock.advance(30 * 60_000);
  await assert.rejects(signInByLink(house.ctx, { token, from }), is('link-expired'));
});

test('using one link ends the others to that address; more than three are not sent', async () => {
  const { email, from } = await guest();
  for (let asked = 0; asked < 5; asked += 1) await askLink(house.ctx, { kind: 'sign-in', asked: { email }, from });
  const tokens = (await house.post()).map(({ notice }) => ('url' in notice ? notice.url.split('#')[1]! : ''));
  assert.equal(tokens.length, 3);
  await signInByLink(house.ctx, { token: tokens[1]!, from });
  for (const token of [tokens[0]!, tokens[2]!])
    await assert.rejects(signInByLink(house.ctx, { token, from }), is('link-expired'));
});

test('neither password nor link is a way round a second factor', async () => {
  const { byPassword, askForLink, from, identity } = await guest({ secondFactor: true });
  const byLink = await signInByLink(house.ctx, { token: await askForLink(), from });
  for (const state of [await byPassword(), byLink]) {
    assert.ok(state.state === 'second-factor');
    assert.equal(await askerBySession(house.ctx, state.pending, from), undefined);
    assert.equal(await pendingIdentity(house.ctx, state.pending), identity);
  }
  assert.ok(byLink.state === 'second-factor');
  const session = await completeSignIn(house.ctx, byLink.pending, from);
  const asker = await askerBySession(house.ctx, session.token, from);
  assert.equal(asker?.signedIn?.freshAt, house.ctx.clock.now());
  await assert.rejects(completeSignIn(house.ctx, byLink.pending, from), is('sign-in-expired'));
});

test('a sign-in that waits for its second factor ends after ten minutes and after five wrong codes', async () => {
  const { byPassword, from } = await guest({ secondFactor: true });
  const [late, guessed] = [await byPassword(), await byPassword()];
  assert.ok(late.state === 'second-factor' && guessed.state === 'second-factor');
  for (let wrong = 0; wrong < 5; wrong += 1) await pendingFailed(house.ctx, guessed.pending);
  await assert.rejects(completeSignIn(house.ctx, guessed.pending, from), is('sign-in-expired'));
  house.ctx.clock.advance(10 * 60_000);
  await assert.rejects(completeSignIn(house.ctx, late.pending, from), is('sign-in-expired'));
});

test('knowing the password gives no more tries at the second factor: only a finished sign-in clears them', async () => {
  const { byPassword, identity, from } = await guest({ secondFactor: true });
  for (let round = 0; round < 2; round += 1) {
    const state = await byPassword();
    assert.equal(state.state, 'second-factor');
    await failedTry(house.ctx, { identity, from });
  }
  await byPassword();
  await assert.rejects(failedTry(house.ctx, { identity, from }), is('sign-in-paused'));
});

test('somebody is told of a sign-in with a browser that is not one of theirs, not of an update of one that is', async () => {
  const { identity, email } = await guest();
  const begin = (agent: string) => beginSession(house.ctx, { identity, by: 'link', from: sender('192.0.2.9', agent) });
  await house.post();
  for (const agent of ['Firefox/131.0 (X11; Linux)', 'Firefox/132.0.1 (X11; Linux)']) await begin(agent);
  assert.deepEqual(await house.post(), []);
  await begin('curl/8.5.0');
  assert.deepEqual(await house.post(), [{ to: email, notice: { kind: 'unusual-sign-in' } }]);
});

test('a second factor that came between the right password and the session is asked for', async () => {
  const { identity, from } = await guest();
  const racing = openSession(house.ctx, { identity, by: 'password', from }, async () => {});
  await house.db.tenant(instanceId, (tx) => setSecondFactor(tx, identity, true));
  const outcome = await racing.then(
    () => 'earlier',
    (error: unknown) => (isProblem(error, 'sign-in-expired') ? 'refused' : String(error)),
  );
  assert.match(outcome, /^(earlier|refused)$/);
  await assert.rejects(
    openSession(house.ctx, { identity, by: 'password', from }, async () => {}),
    is('sign-in-expired'),
  );
});

test('whoever signs up with somebody’s address, however often, keeps no link to sign in with from its owner', async () => {
  const { email, from, askForLink } = await guest();
  const organisation = { name: 'Firm', timeZone: 'Etc/UTC', language: 'en', region: 'US' };
  for (let times = 0; times < 4; times += 1)
    await askLink(house.ctx, { kind: 'sign-up', asked: { email, name: 'Stranger', organisation }, from });
  const told = (await house.post()).filter(({ to }) => to === email).map(({ notice }) => notice.kind);
  assert.deepEqual(told, ['account-exists', 'account-exists', 'account-exists']);
  const state = await signInByLink(house.ctx, { token: await askForLink(), from });
  assert.equal(state.state, 'signed-in');
});

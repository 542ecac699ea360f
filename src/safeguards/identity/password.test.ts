import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { commonPasswords } from './common-passwords.ts';
import { setSecondFactor } from './identities.ts';
import { openPasswords, type Passwords } from './password-hash.ts';
import { passwordRules } from './password-rules.ts';
import { setPassword, signInByPassword } from './password.ts';
import { beginSession } from './sign-in.ts';
import type { FirstFactor } from './types.ts';

let house: House;
let passwords: Passwords;
before(async () => {
  house = await openHouse();
  passwords = openPasswords(house.ctx, { parameters: { memory: 64, passes: 1, parallelism: 1 } });
});
after(() => house.close());

const rules = passwordRules(commonPasswords());
const [first, second] = ['seven grey herons wading', 'eleven copper kettles hum'];
const is = (code: Parameters<typeof isProblem>[1]) => (error: unknown) => isProblem(error, code);
let guests = 0;

async function guest() {
  const email = `password-${(guests += 1)}@example.com`;
  const from = sender(`198.51.100.${guests}`);
  const resident = await house.resident(email);
  const begin = async (by: FirstFactor = 'link') => {
    const state = await beginSession(house.ctx, { identity: resident.identity, by, from });
    assert.ok(state.state === 'signed-in');
    const asker = await askerBySession(house.ctx, state.token, from);
    assert.ok(asker?.signedIn);
    // As a browser that follows each new cookie.
    return { token: state.token, signedIn: { ...asker.signedIn, shown: undefined } };
  };
  const set = (signedIn: Awaited<ReturnType<typeof begin>>['signedIn'], password: string, current?: string) =>
    setPassword(
      house.ctx,
      { passwords, rules },
      {
        signedIn,
        current: current === undefined ? undefined : new Personal(current),
        password: new Personal(password),
        from,
      },
    );
  const enter = (password: string) =>
    signInByPassword(house.ctx, passwords, { email: new Personal(email), password: new Personal(password), from });
  return { ...resident, email, from, begin, set, enter };
}

test('whoever came by a link sets a password within ten minutes, and then enters with it', async () => {
  const { begin, set, enter } = await guest();
  const { signedIn } = await begin();
  await set(signedIn, first);
  assert.equal((await enter(first)).state, 'signed-in');
  await assert.rejects(enter(second), is('sign-in-refused'));
});

test('a session alone sets no password: ten minutes later it takes the current one, or a second factor', async () => {
  const { begin, set, identity } = await guest();
  const { signedIn } = await begin();
  house.ctx.clock.advance(10 * 60_000 + 1);
  await assert.rejects(set(signedIn, first), is('step-up-needed'));
  const justNow = { ...signedIn, freshAt: house.ctx.clock.now() };
  await assert.rejects(set(justNow, first), is('step-up-needed'), 'what was shown is no second factor any more');
  await house.db.tenant(instanceId, (tx) => setSecondFactor(tx, identity, true));
  await set(justNow, first);
  house.ctx.clock.advance(10 * 60_000 + 1);
  await assert.rejects(set(signedIn, second, 'not the current one'), is('sign-in-refused'));
  await set(signedIn, second, first);
});

test('whoever came by their password needs it again to change it, and so does who came from another provider', async () => {
  for (const by of ['password', 'outside'] as const) {
    const { begin, set } = await guest();
    await set((await begin()).signedIn, first);
    const { signedIn } = await begin(by);
    await assert.rejects(set(signedIn, second), is('step-up-needed'));
  }
});

test('a new password ends all other sessions, renews this one, and its owner is told by mail', async () => {
  const { begin, set, from, email } = await guest();
  const [mine, other] = [await begin(), await begin()];
  await house.post();
  const { token } = await set(mine.signedIn, first);
  for (const dead of [mine.token, other.token]) assert.equal(await askerBySession(house.ctx, dead, from), undefined);
  assert.equal((await askerBySession(house.ctx, token, from))?.signedIn?.session, mine.signedIn.session);
  assert.deepEqual(await house.post(), [{ to: email, notice: { kind: 'password-changed' } }]);
});

test('a sign-in with the password that is just being changed opens nothing afterwards', async () => {
  const { begin, set, enter, identity } = await guest();
  const { signedIn } = await begin();
  await set(signedIn, first);
  const racing = enter(first).catch((error: unknown) => error);
  // The sign-in may have made the hash anew meanwhile; then the change is to be repeated.
  await set(signedIn, second, first).catch(() => set(signedIn, second, first));
  await racing;
  const left = await house.db.tenant(instanceId, (tx) =>
    tx.rows<{ id: string; begun_by: string }>(sql`
      select id, begun_by from app.sessions where organisation_id = ${instanceId} and identity_id = ${identity}`),
  );
  assert.deepEqual(
    left.filter(({ begun_by: by }) => by === 'password'),
    [],
  );
});

test('a weak password is refused with what to do about it, before anything is counted or hashed', async () => {
  const { begin, set } = await guest();
  const { signedIn } = await begin();
  const before = passwords.hashes();
  for (const [weak, why] of [
    ['short', /at least 12/],
    ['Dragon2026!!', /tried first/],
    ['my Resident 7 % x', /your name/],
    ['sotto-sotto-sotto!', /your name/],
  ] as const) {
    await assert.rejects(set(signedIn, weak), (error: unknown) => {
      assert.ok(isProblem(error, 'input-invalid') && error.mistakes[0]?.at === '/password');
      assert.match(error.message, why);
      assert.ok(!error.message.includes(weak));
      return true;
    });
  }
  assert.equal(passwords.hashes(), before);
});

test('a password is the same however its letters are composed', async () => {
  const { begin, set, enter } = await guest();
  const { signedIn } = await begin();
  await set(signedIn, 'der Ko\u0308nig wa\u0308gt Ga\u0308nse');
  assert.equal((await enter('der König wägt Gänse')).state, 'signed-in');
});

test('the guesses of a wrong current password are counted like those of a sign-in', async () => {
  const { begin, set } = await guest();
  const { signedIn } = await begin();
  await set(signedIn, first);
  for (let wrong = 0; wrong < 5; wrong += 1)
    await assert.rejects(set(signedIn, second, 'a wrong one it is'), is('sign-in-refused'));
  await assert.rejects(set(signedIn, second, first), is('sign-in-paused'));
});

test('a hash made with less than is asked today is made anew at the next right password, and still opens', async () => {
  const { begin, set, enter, identity } = await guest();
  const { signedIn } = await begin();
  await set(signedIn, first);
  const kept = async () => {
    const row = await house.db.tenant(instanceId, (tx) =>
      tx.one<{ kept: Buffer }>(sql`
        select password_hash as kept from app.identities where organisation_id = ${instanceId} and id = ${identity}`),
    );
    return row.kept.toString();
  };
  assert.match(await kept(), /^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
  const today = openPasswords(house.ctx);
  const { email, from } = { email: `password-${guests}@example.com`, from: sender('198.51.100.250') };
  const state = await signInByPassword(house.ctx, today, {
    email: new Personal(email),
    password: new Personal(first),
    from,
  });
  assert.equal(state.state, 'signed-in');
  assert.match(await kept(), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.equal((await enter(first)).state, 'signed-in');
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import { addPerson, instanceId, invite } from '#safeguards/accounts';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { findIdentity } from './identities.ts';
import { signInByLink } from './link-sign-in.ts';
import { askLink } from './links.ts';
import { membershipsOf } from './memberships.ts';
import { openPasswords } from './password-hash.ts';
import { signInByPassword } from './password.ts';
import { askSignUp, confirmSignUp, signUpByInvitation } from './sign-up.ts';

const from = sender();
const firm = { name: 'Lindqvist Dental', timeZone: 'Europe/Stockholm', language: 'sv', region: 'SE' };
const good = 'seven grey herons wading';
const is = (code: Parameters<typeof isProblem>[1]) => (error: unknown) => isProblem(error, code);

async function open(t: TestContext, signUp: 'open' | 'first' | 'closed' = 'open') {
  const house = await openHouse({ SOTTO_SIGN_UP: signUp });
  t.after(() => house.close());
  const passwords = openPasswords(house.ctx, { parameters: { memory: 64, passes: 1, parallelism: 1 } });
  const ask = (email: string, password?: string) =>
    askSignUp(house.ctx, passwords, {
      email: new Personal(email),
      name: new Personal('Mara Lindqvist'),
      organisation: firm,
      password: password === undefined ? undefined : new Personal(password),
      from,
    });
  const confirm = (token: string, claim?: string) => confirmSignUp(house.ctx, { token, claim, from });
  const enter = (email: string) =>
    signInByPassword(house.ctx, passwords, { email: new Personal(email), password: new Personal(good), from });
  return { house, passwords, ask, confirm, enter };
}

const known = (house: House, email: string) => findIdentity(house.ctx, new Personal(email));

async function organisations(house: House): Promise<number> {
  return (await house.db.find<{ kind: string }>(sql`select kind from sec.organisations()`)).length;
}

test('nothing exists before the address is proven; then identity, organisation and owner do, and the owner is in', async (t) => {
  const { house, ask, confirm } = await open(t);
  const before = await organisations(house);
  const { claim } = await ask('mara@example.com', good);
  const token = await house.linkFor('mara@example.com');
  assert.equal(await known(house, 'mara@example.com'), undefined);
  assert.equal(await organisations(house), before);
  const state = await confirm(token, claim);
  assert.ok(state.state === 'signed-in');
  const asker = await askerBySession(house.ctx, state.token, from);
  assert.equal(asker?.who?.grants['credentials:write'], 'all');
  assert.deepEqual(
    (await membershipsOf(house.ctx, state.identity)).map(({ name, role }) => [name, role]),
    [['Lindqvist Dental', 'owner']],
  );
  assert.equal(await organisations(house), before + 1);
});

test('the password holds for the browser that chose it, and not for a link that a stranger had sent', async (t) => {
  const { house, ask, confirm, enter } = await open(t);
  const { claim } = await ask('same@example.com', good);
  await confirm(await house.linkFor('same@example.com'), claim);
  assert.equal((await enter('same@example.com')).state, 'signed-in');
  await ask('victim@example.com', good);
  const { claim: foreign } = await ask('attacker@example.com', good);
  const mails = await house.post();
  const link = mails.find(({ to }) => to === 'victim@example.com')?.notice;
  assert.ok(link && 'url' in link);
  await confirm(link.url.split('#')[1]!, foreign);
  await assert.rejects(enter('victim@example.com'), is('sign-in-refused'));
});

test('a known address gets the same answer, the same work, and a mail that it has an account', async (t) => {
  const { house, ask } = await open(t);
  await house.resident('known@example.com');
  await house.post();
  const work = async (email: string) => {
    const before = house.ctx.counted.statements;
    const answer = await ask(email, good);
    return [Object.keys(answer), answer.claim.length, house.ctx.counted.statements - before];
  };
  assert.deepEqual(await work('known@example.com'), await work('unknown@example.com'));
  const kinds = (await house.post()).map(({ to, notice }) => `${to} ${notice.kind}`);
  assert.deepEqual(kinds.toSorted(), ['known@example.com account-exists', 'unknown@example.com sign-up-link']);
});

test('the link of a sign-up works once, also when it is used many times at once, and makes one organisation', async (t) => {
  const { house, ask, confirm } = await open(t);
  const before = await organisations(house);
  await ask('once@example.com');
  const token = await house.linkFor('once@example.com');
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => confirm(token)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of outcomes)
    if (one.status === 'rejected') assert.ok(is('link-expired')(one.reason), String(one.reason));
  assert.equal(await organisations(house), before + 1);
  await assert.rejects(confirm(token), is('link-expired'));
});

test('a link of a sign-up is no link to sign in, and is over after half an hour', async (t) => {
  const { house, ask, confirm } = await open(t);
  await ask('late@example.com');
  const token = await house.linkFor('late@example.com');
  await assert.rejects(signInByLink(house.ctx, { token, from }), is('link-expired'));
  house.ctx.clock.advance(30 * 60_000);
  await assert.rejects(confirm(token), is('link-expired'));
  await house.post();
  const rows = await house.db.tenant(instanceId, (tx) => tx.rows(sql`select id from app.sign_in_links`));
  assert.deepEqual(rows, []);
});

test('where the first comes in, the first does, however many try at once; the others are told to be invited', async (t) => {
  const { house, ask, confirm } = await open(t, 'first');
  const emails = ['one@example.com', 'two@example.com', 'three@example.com'];
  for (const email of emails) await ask(email);
  const tokens = (await house.post()).map(({ notice }) => ('url' in notice ? notice.url.split('#')[1]! : ''));
  assert.equal(tokens.length, 3);
  const outcomes = await Promise.allSettled(tokens.map((token) => confirm(token)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of outcomes)
    if (one.status === 'rejected') assert.ok(is('sign-up-closed')(one.reason), String(one.reason));
  await assert.rejects(ask('four@example.com'), is('sign-up-closed'));
});

test('where sign-up is closed nobody signs up, and nothing is mailed', async (t) => {
  const { house, ask } = await open(t, 'closed');
  await assert.rejects(ask('closed@example.com'), is('sign-up-closed'));
  assert.deepEqual(await house.post(), []);
});

test('somebody whom a set-up has named is known by their first link, in every organisation that waits for them', async (t) => {
  const { house } = await open(t, 'closed');
  const { organisation } = house.business;
  const person = await house.db.tenant(organisation, (tx) =>
    addPerson(house.ctx, tx, {
      organisation,
      role: 'owner',
      name: new Personal('Set Up'),
      email: new Personal('Set.Up@Example.com'),
      by: 'command:setup',
    }),
  );
  await askLink(house.ctx, { kind: 'sign-in', asked: { email: 'set.up@example.com' }, from });
  const state = await signInByLink(house.ctx, { token: await house.linkFor('set.up@example.com'), from });
  assert.ok(state.state === 'signed-in');
  const asker = await askerBySession(house.ctx, state.token, from);
  assert.equal(asker?.who?.actor, `person:${person}`);
  assert.ok((await house.audited()).includes('person.joined'));
});

test('whoever was invited and is new becomes known by the invitation, once, and by nothing like it', async (t) => {
  const { house } = await open(t, 'closed');
  const boss = await house.resident('boss@example.com');
  const token = await invited(house, boss, 'new@example.com');
  await assert.rejects(
    signUpByInvitation(house.ctx, { token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, from }),
    is('invitation-unknown'),
  );
  const state = await signUpByInvitation(house.ctx, { token, from });
  assert.ok(state.state === 'signed-in');
  assert.deepEqual(await membershipsOf(house.ctx, state.identity), []);
  await assert.rejects(signUpByInvitation(house.ctx, { token, from }), is('sign-in-needed'));
});

test('an invitation to somebody who is known signs nobody in', async (t) => {
  const { house } = await open(t);
  const boss = await house.resident('boss@example.com');
  await house.resident('colleague@example.com');
  const token = await invited(house, boss, 'colleague@example.com');
  await assert.rejects(signUpByInvitation(house.ctx, { token, from }), is('sign-in-needed'));
});

async function invited(
  house: House,
  { organisation, person }: { readonly organisation: Id; readonly person: Id },
  email: string,
): Promise<string> {
  await house.db.tenant(organisation, (tx) =>
    invite(
      house.ctx,
      tx,
      { who: { organisation, actor: `person:${person}` }, sender: {} },
      {
        email: new Personal(email),
        name: new Personal('New Colleague'),
        role: 'agent',
        origin: house.ctx.publicUrl(),
      },
    ),
  );
  const [mail] = await house.post(organisation);
  assert.ok(mail && 'url' in mail.notice);
  return mail.notice.url.split('#')[1]!;
}

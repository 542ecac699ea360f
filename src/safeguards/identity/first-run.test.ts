import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import { addPerson, instanceId } from '#safeguards/accounts';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { firstRun, firstRunEnder, isFirstRunOpen, type FirstRun } from './first-run.ts';
import { firstRunCode, isFirstRunCode } from './first-run-code.ts';
import { provenIdentity } from './identities.ts';
import { signInByLink } from './link-sign-in.ts';
import { askLink } from './links.ts';
import { membershipsOf } from './memberships.ts';
import { openPasswords } from './password-hash.ts';
import { passwordRules } from './password-rules.ts';
import { signInByPassword } from './password.ts';
import { me } from './session-list.ts';
import type { Founding } from './types.ts';

const from = sender();
const good = 'seven grey herons wading';
const is = (code: Parameters<typeof isProblem>[1]) => (error: unknown) => isProblem(error, code);

type Given = { readonly signUp?: 'open' | 'first' | 'closed'; readonly prepare?: (organisation: Id) => Promise<void> };

async function open(t: TestContext, { signUp = 'first', prepare }: Given = {}) {
  const house = await openHouse({ SOTTO_SIGN_UP: signUp });
  t.after(() => house.close());
  const prepared: { organisation: Id; wishes: unknown }[] = [];
  const ctx = {
    ...house.ctx,
    async prepare(organisation: Id, founding?: Founding) {
      await prepare?.(organisation);
      if (founding) prepared.push({ organisation, wishes: founding.wishes });
    },
  };
  const passwords = openPasswords(ctx, { parameters: { memory: 64, passes: 1, parallelism: 1 } });
  const means = { passwords, rules: passwordRules(() => false) };
  const begin = (email = 'mara@example.com', given: Partial<FirstRun> = {}) =>
    firstRun(ctx, means, { ...filledIn(email), ...given });
  const enter = (email = 'mara@example.com') =>
    signInByPassword(ctx, passwords, { email: new Personal(email), password: new Personal(good), from });
  return { house, ctx, prepared, begin, enter };
}

function filledIn(email: string): FirstRun {
  return {
    email: new Personal(email),
    name: new Personal('Mara Lindqvist'),
    password: new Personal(good),
    organisation: { name: 'Lindqvist Dental', timeZone: 'Europe/Stockholm', language: 'sv', region: 'SE' },
    wishes: { greeting: 'Hej' },
    from,
  };
}

async function customers(house: House): Promise<number> {
  const found = await house.db.find<{ kind: string }>(sql`select kind from sec.organisations()`);
  return found.filter(({ kind }) => kind === 'customer').length;
}

async function left(house: House): Promise<number> {
  return house.db.tenant(instanceId, async (tx) => (await tx.rows(sql`select id from app.first_runs`)).length);
}

test('the first here gets account, organisation and what it works with at once, and is in; nobody after them', async (t) => {
  const { house, ctx, prepared, begin } = await open(t);
  assert.equal(await isFirstRunOpen(ctx), true);
  const before = await customers(house);
  const state = await begin();
  assert.ok(state.state === 'signed-in');
  const asker = await askerBySession(ctx, state.token, from);
  assert.equal(asker?.who?.grants['credentials:write'], 'all');
  const [home] = await membershipsOf(ctx, state.identity);
  assert.deepEqual([home?.name, home?.role], ['Lindqvist Dental', 'owner']);
  assert.deepEqual(prepared, [{ organisation: home?.organisation, wishes: { greeting: 'Hej' } }]);
  assert.equal(await isFirstRunOpen(ctx), false);
  await assert.rejects(begin('second@example.com'), is('first-run-over'));
  assert.equal(await customers(house), before + 1);
  assert.equal(await left(house), 0);
});

test('of many at the same moment one wins, and the others have made nothing', async (t) => {
  const { house, begin } = await open(t);
  const before = await customers(house);
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, (_, at) => begin(`first-${at}@example.com`)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of outcomes) if (one.status === 'rejected') assert.ok(is('first-run-over')(one.reason));
  assert.equal(await customers(house), before + 1);
  assert.equal(await left(house), 0);
});

test('the product’s own canaries are nobody, and where nobody may sign up there is no first run', async (t) => {
  const { ctx, begin } = await open(t);
  const canary = { email: new Personal('canary@example.com'), name: new Personal('Canary'), language: 'en' };
  await ctx.db.tenant(instanceId, (tx) => provenIdentity(ctx, tx, { ...canary, isCanary: true }));
  assert.equal(await isFirstRunOpen(ctx), true);
  await assert.rejects(begin('canary@example.com'), is('first-run-over'), 'an address that the product uses itself');
  assert.equal((await begin()).state, 'signed-in');
  const closed = await open(t, { signUp: 'closed' });
  assert.equal(await isFirstRunOpen(closed.ctx), false);
  await assert.rejects(closed.begin(), is('first-run-over'));
});

test('a weak password makes nothing', async (t) => {
  const { house, ctx, begin } = await open(t);
  await assert.rejects(begin('mara@example.com', { password: new Personal('lindqvist12') }), is('input-invalid'));
  assert.equal(await isFirstRunOpen(ctx), true);
  assert.equal(await left(house), 0);
});

test('what a killed process has left is ended by the next one, and the password that was chosen signs in', async (t) => {
  const fault = { isThere: true };
  const { house, ctx, prepared, begin, enter } = await open(t, {
    async prepare() {
      if (fault.isThere) throw new Error('killed');
    },
  });
  await assert.rejects(begin(), /killed/);
  assert.equal(await left(house), 1);
  assert.equal(await isFirstRunOpen(ctx), false, 'the account is theirs already');
  fault.isThere = false;
  const next = firstRunEnder(ctx);
  assert.deepEqual(await Promise.all([next.run(), next.run()]).then((ran) => ran.some((count) => count > 0)), true);
  assert.equal(await left(house), 0);
  const state = await enter();
  assert.ok(state.state === 'signed-in');
  assert.deepEqual(
    (await membershipsOf(ctx, state.identity)).map(({ role }) => role),
    ['owner'],
  );
  assert.equal(prepared.length, 1);
});

test('the address counts as proven once a mailed link was used, and not before', async (t) => {
  const { house, ctx, begin } = await open(t);
  const state = await begin();
  assert.ok(state.state === 'signed-in');
  const own = async () => {
    const asker = await askerBySession(ctx, state.token, from);
    return (await me(ctx, asker!.signedIn!)).addressProven;
  };
  assert.equal(await own(), false);
  await askLink(ctx, { kind: 'sign-in', asked: { email: 'mara@example.com' }, from });
  const token = await house.linkFor('mara@example.com');
  assert.equal(await own(), false);
  await signInByLink(ctx, { token, from });
  assert.equal(await own(), true);
  assert.ok((await house.recorded()).includes('address.proven'));
});

test('whoever a set-up waits for at that address is not who only says that it is theirs', async (t) => {
  const { house, ctx, begin } = await open(t);
  const other = house.business.organisation;
  const awaited = { organisation: other, role: 'owner', name: new Personal('Mara') } as const;
  await ctx.db.tenant(other, (tx) => addPerson(ctx, tx, { ...awaited, email: new Personal('mara@example.com') }));
  const state = await begin();
  assert.ok(state.state === 'signed-in');
  assert.equal((await membershipsOf(ctx, state.identity)).length, 1);
});

test('the code follows from the root key alone, is read however it is typed, and differs between installations', async (t) => {
  const { ctx } = await open(t);
  const code = firstRunCode(ctx);
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(firstRunCode(ctx), code);
  const alike = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  assert.ok(isFirstRunCode(ctx, alike));
  const last = code.at(-1) === '2' ? '3' : '2';
  for (const wrong of ['', code.slice(0, -1), `${code.slice(0, -1)}${last}`, `${code}2`])
    assert.equal(isFirstRunCode(ctx, wrong), false, wrong);
  const derive = (name: string) => Buffer.from(ctx.keys.derive(name)).reverse();
  assert.notEqual(firstRunCode({ keys: { ...ctx.keys, derive } }), code);
});

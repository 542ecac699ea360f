import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, manualClock, sql, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openHouse, sender, type House, type Resident } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { addressOf, findIdentity, removeIdentity } from './identities.ts';
import { membershipsOf } from './memberships.ts';
import { endOthers, listSessions, me } from './session-list.ts';
import { chooseOrganisation, endOtherSessions, endSession, renewFresh } from './sessions.ts';
import { beginSession } from './sign-in.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(() => house.close());

const from = sender();
const hours = 3_600_000;
let guests = 0;

async function signedIn(given?: Resident) {
  const resident = given ?? (await house.resident(`session-${(guests += 1)}@example.com`));
  const state = await beginSession(house.ctx, { identity: resident.identity, by: 'link', from });
  assert.ok(state.state === 'signed-in');
  const asker = await ask(state.token);
  assert.ok(asker?.signedIn);
  return { ...resident, token: state.token, expiresAt: state.expiresAt, ...asker.signedIn };
}

const ask = (token: string) => askerBySession(house.ctx, token, from);
const inOrganisation = (
  organisation: Id,
  statement: Parameters<Parameters<Parameters<House['db']['tenant']>[1]>[0]['run']>[0],
) => house.db.tenant(organisation, (tx) => tx.run(statement));

test('a session ends after twelve hours without use and lives on with it, to fourteen days at most', async () => {
  const idle = await signedIn();
  house.ctx.clock.advance(12 * hours - 1);
  assert.ok(await ask(idle.token));
  house.ctx.clock.advance(12 * hours - 60_000);
  assert.ok(await ask(idle.token));
  house.ctx.clock.advance(12 * hours);
  assert.equal(await ask(idle.token), undefined);
  const used = await signedIn();
  assert.equal(used.expiresAt, house.ctx.clock.now() + 14 * 24 * hours);
  for (let spent = 0; spent < 14 * 24 - 6; spent += 6) {
    house.ctx.clock.advance(6 * hours);
    assert.ok(await ask(used.token), `after ${spent + 6} hours`);
  }
  house.ctx.clock.advance(6 * hours);
  assert.equal(await ask(used.token), undefined);
});

test('only a hash of the token is stored, and no other kind of token is taken for one', async () => {
  const { token } = await signedIn();
  const rows = await house.db.tenant(instanceId, (tx) =>
    tx.rows<{ text: string }>(
      sql`select row_to_json(s)::text as text from app.sessions s where organisation_id = ${instanceId}`,
    ),
  );
  const bytes = Buffer.from(token, 'base64url').toString('hex');
  for (const { text } of rows) assert.ok(!text.includes(token) && !text.includes(bytes));
  for (const other of ['', 'x', token.slice(1), `${token}A`, `${token}\n`, token.toLowerCase(), 'sotto_live_x_y_z']) {
    assert.equal(await ask(other), undefined, other);
  }
});

test('no sign-in makes a session fresh but one by a passkey: not a password, not a link, not another provider', async () => {
  const { identity } = await house.resident('first-factor-only@example.com');
  for (const [by, isFresh] of [
    ['password', false],
    ['link', false],
    ['outside', false],
    ['passkey', true],
  ] as const) {
    const state = await beginSession(house.ctx, { identity, by, from, isFresh });
    assert.ok(state.state === 'signed-in');
    const asker = await ask(state.token);
    assert.ok(asker?.signedIn);
    assert.equal(asker.signedIn.freshAt, isFresh ? house.ctx.clock.now() : undefined, by);
  }
});

test('a step-up gives a new token and makes the session fresh; the token before is dead', async () => {
  const { token, session } = await signedIn();
  assert.equal((await ask(token))?.signedIn?.freshAt, undefined);
  const renewed = await renewFresh(house.ctx, session);
  assert.equal(await ask(token), undefined);
  const asker = await ask(renewed.token);
  assert.equal(asker?.signedIn?.session, session);
  assert.equal(asker.signedIn.freshAt, house.ctx.clock.now());
});

test('a session that has ended cannot be renewed', async () => {
  const { identity, session } = await signedIn();
  assert.equal(await endSession(house.ctx, { identity, session }), true);
  await assert.rejects(renewFresh(house.ctx, session), (error: unknown) => isProblem(error, 'sign-in-needed'));
  const late = await signedIn();
  house.ctx.clock.advance(12 * hours);
  await assert.rejects(renewFresh(house.ctx, late.session), (error: unknown) => isProblem(error, 'sign-in-needed'));
});

test('switching the organisation gives a new token, and there is no switching into one that is not one’s own', async () => {
  const one = await house.resident('two-firms@example.com');
  const foreign = await house.resident('elsewhere@example.com');
  house.ctx.clock.advance(1); // the oldest comes first
  const { organisation: second } = await house.resident('two-firms@example.com', { role: 'agent' });
  const { identity, session, token } = await signedIn(one);
  assert.deepEqual(
    (await membershipsOf(house.ctx, identity)).map(({ organisation, role }) => [organisation, role]),
    [
      [one.organisation, 'owner'],
      [second, 'agent'],
    ],
  );
  const switched = await chooseOrganisation(house.ctx, { identity, session, organisation: second });
  assert.equal(await ask(token), undefined);
  const asker = await ask(switched.token);
  assert.equal(asker?.who?.organisation, second);
  assert.equal(asker.who.grants['team:write'], undefined);
  const reaching = chooseOrganisation(house.ctx, { identity, session, organisation: foreign.organisation });
  await assert.rejects(reaching, (error: unknown) => isProblem(error, 'not-found'));
});

test('a changed role counts at once: the session works in the organisation again only under a new token', async () => {
  const { organisation, person, identity, session, token } = await signedIn();
  await inOrganisation(
    organisation,
    sql`
    update app.people set role = 'viewer' where organisation_id = ${organisation} and id = ${person}`,
  );
  const asker = await ask(token);
  assert.ok(asker?.signedIn);
  assert.equal(asker.who, undefined);
  const { token: next } = await chooseOrganisation(house.ctx, { identity, session, organisation });
  assert.equal((await ask(next))?.who?.grants['team:write'], undefined);
  assert.equal(await ask(token), undefined);
});

test('whoever is removed from the organisation is signed out with the next request, for good', async () => {
  const { organisation, person, token } = await signedIn();
  await inOrganisation(
    organisation,
    sql`delete from app.people where organisation_id = ${organisation} and id = ${person}`,
  );
  assert.equal(await ask(token), undefined);
  const { count } = await house.db.tenant(instanceId, (tx) =>
    tx.one<{ count: number }>(sql`
      select count(*) as count from app.sessions where organisation_id = ${instanceId} and member_id = ${person}`),
  );
  assert.equal(count, 0);
});

test('the live session of a deleted user is dead, and nothing of them can be opened', async () => {
  const { identity, token } = await signedIn();
  const email = await addressOf(house.ctx, identity);
  assert.equal(await removeIdentity(house.ctx, identity), true);
  assert.equal(await ask(token), undefined);
  assert.equal(await findIdentity(house.ctx, email), undefined);
  await assert.rejects(beginSession(house.ctx, { identity, by: 'passkey', from, isFresh: true }));
  assert.equal(await removeIdentity(house.ctx, identity), false);
});

test('one sees one’s own sessions and no others, with what the browser called itself, and can end each', async () => {
  const [mine, stranger] = [await signedIn(), await signedIn()];
  const second = await signedIn(mine);
  const listed = await listSessions(house.ctx, mine);
  assert.deepEqual(listed.map(({ id }) => id).toSorted(), [mine.session, second.session].toSorted());
  assert.deepEqual(listed.map(({ isCurrent }) => isCurrent).filter(Boolean).length, 1);
  assert.equal(listed[0]?.agent?.reveal(), 'Mozilla/5.0 (test)');
  assert.equal(await endSession(house.ctx, { identity: mine.identity, session: stranger.session }), false);
  assert.ok(await ask(stranger.token));
  assert.equal(await endSession(house.ctx, second), true);
  assert.equal(await ask(second.token), undefined);
  assert.ok(await ask(mine.token));
});

test('ending the others leaves this one, and everything waiting for a second factor is over', async () => {
  const mine = await signedIn();
  const others = [await signedIn(mine), await signedIn(mine)];
  assert.equal(await endOthers(house.ctx, mine), 2);
  for (const { token } of others) assert.equal(await ask(token), undefined);
  assert.ok(await ask(mine.token));
  await house.db.tenant(instanceId, (tx) =>
    endOtherSessions(house.ctx, tx, { identity: mine.identity, keep: undefined }),
  );
  assert.equal(await ask(mine.token), undefined);
});

test('at most fifty sessions are kept; the one that was used least lately goes', async () => {
  const first = await signedIn();
  house.ctx.clock.advance(1);
  for (let count = 0; count < 50; count += 1) {
    const state = await beginSession(house.ctx, { identity: first.identity, by: 'link', from });
    assert.equal(state.state, 'signed-in');
  }
  assert.equal(await ask(first.token), undefined);
  assert.equal((await listSessions(house.ctx, first)).length, 50);
});

test('somebody sees themselves: address, name and where they belong', async () => {
  const { identity, session, freshAt, organisation } = await signedIn();
  const found = await me(house.ctx, { identity, session, freshAt });
  assert.equal(found.name.reveal(), 'Resident');
  assert.equal(found.organisation, organisation);
  assert.equal(found.hasPassword, false);
});

test('a process whose clock is behind neither prolongs a session nor brings one back', async () => {
  const { token, identity, session } = await signedIn();
  house.ctx.clock.advance(2 * hours);
  assert.ok(await ask(token));
  const behind = { ...house.ctx, clock: manualClock(house.ctx.clock.now() - 5 * 60_000) };
  assert.ok(await askerBySession(behind, token, from));
  house.ctx.clock.advance(12 * hours - 1);
  assert.ok(await ask(token), 'what was noted by the other did not take anything away');
  await endSession(house.ctx, { identity, session });
  assert.equal(await askerBySession(behind, token, from), undefined);
});

test('every beginning, change and end of a session is in the audit log', async () => {
  const actions = new Set(await house.recorded());
  for (const action of [
    'identity.made',
    'identity.removed',
    'session.begun',
    'session.refreshed',
    'session.ended',
    'read.session',
    'read.sessions',
  ])
    assert.ok(actions.has(action), action);
});

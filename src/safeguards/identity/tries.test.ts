import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { placesOf } from './network.ts';
import { beginSession } from './sign-in.ts';
import { clearTries, failedTry, lockRules } from './tries.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(() => house.close());

const paused = (error: unknown) => isProblem(error, 'sign-in-paused');
const attempt = (email: string, address: string) =>
  failedTry(house.ctx, { email: new Personal(email), from: sender(address) }).then(
    () => true,
    (error: unknown) => {
      if (paused(error)) return false;
      throw error;
    },
  );

/** How many of so many tries one after the other were let through. */
async function passed(tries: number, at: (round: number) => [email: string, address: string]): Promise<number> {
  let count = 0;
  for (let round = 0; round < tries; round += 1) if (await attempt(...at(round))) count += 1;
  return count;
}

test('after five failures an account pauses for a minute, then twice as long each time, at most an hour', async () => {
  const from = '203.0.113.1';
  const [email, other] = ['doubling@example.com', 'another@example.com'];
  assert.equal(await passed(8, () => [email, from]), 5);
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60, 60]) {
    // A sender who fails at nothing else is not locked by this account alone: the hours between forget their own tries.
    house.ctx.clock.advance(minutes * 60_000 - 1);
    assert.equal(await attempt(email, from), false, `a millisecond before ${minutes} minutes`);
    house.ctx.clock.advance(1);
    assert.equal(await attempt(email, from), true, `after ${minutes} minutes`);
  }
  assert.equal(await attempt(other, from), true);
});

test('a thousand guesses at once pass no more often than one after the other', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, at) => attempt('at-once@example.com', `10.0.${at}.1`)),
  );
  assert.equal(outcomes.filter(Boolean).length, lockRules.account.free);
});

test('one sender who goes through many accounts is stopped, and so is a network of senders', async () => {
  assert.equal(await passed(40, (at) => [`spray-${at}@example.com`, '203.0.113.77']), lockRules.address.free);
  const many = (at: number): [string, string] => [`flood-${at}@example.com`, `198.18.7.${at % 250}`];
  assert.equal(await passed(170, many), lockRules.network.free);
  assert.equal(await attempt('spray-99@example.com', '203.0.114.77'), true);
});

test('whoever gets in takes back what was counted on the way, for the account and for their address', async () => {
  const { identity } = await house.resident('cleared@example.com');
  const from = sender('203.0.115.1');
  for (let round = 0; round < 60; round += 1) {
    await failedTry(house.ctx, { identity, from });
    await failedTry(house.ctx, { identity, from });
    await clearTries(house.ctx, { identity, from });
  }
});

test('an attacker with an account of their own gains no guesses by it', async () => {
  const { identity } = await house.resident('attacker@example.com');
  const from = sender('203.0.116.1');
  let guesses = 0;
  for (let round = 0; round < 60; round += 1) {
    if (await attempt(`victim-${round}@example.com`, '203.0.116.1')) guesses += 1;
    const isIn = await failedTry(house.ctx, { identity, from }).then(
      () => true,
      () => false,
    );
    if (isIn) await clearTries(house.ctx, { identity, from });
  }
  assert.equal(guesses, lockRules.address.free);
});

test('signing in to one’s own account with what is not counted, over and over, gives no guesses at others', async () => {
  const { identity } = await house.resident('passkey-owner@example.com');
  const from = sender('203.0.121.1');
  let guesses = 0;
  for (let round = 0; round < 50; round += 1) {
    if (await attempt(`target-${round}@example.com`, '203.0.121.1')) guesses += 1;
    await clearTries(house.ctx, { identity, from });
  }
  assert.equal(guesses, lockRules.address.free);
});

test('a lock stops what can be guessed, not a passkey', async () => {
  const { identity } = await house.resident('passkey@example.com');
  const from = sender('203.0.117.1');
  assert.equal(await passed(6, () => ['passkey@example.com', '203.0.117.1']), 5);
  await assert.rejects(failedTry(house.ctx, { identity, from }), paused);
  const state = await beginSession(house.ctx, { identity, by: 'passkey', from, isFresh: true });
  assert.equal(state.state, 'signed-in');
  await failedTry(house.ctx, { identity, from });
});

test('the owner of a locked account is told once by mail; where there is none, nobody is', async () => {
  await house.resident('owner@example.com');
  await house.post();
  await passed(7, () => ['owner@example.com', '203.0.118.1']);
  await passed(7, () => ['no-owner@example.com', '203.0.118.1']);
  assert.deepEqual(await house.post(), [{ to: 'owner@example.com', notice: { kind: 'locked', minutes: 1 } }]);
  house.ctx.clock.advance(60_000);
  await attempt('owner@example.com', '203.0.118.1');
  assert.deepEqual(await house.post(), []);
});

test('failures are forgotten: those of a sender after an hour, those of an account after a day, and the rows go', async () => {
  const from = '203.0.119.1';
  assert.equal(await passed(4, () => ['forgotten@example.com', from]), 4);
  house.ctx.clock.advance(24 * 3_600_000 + 1);
  assert.equal(await passed(6, () => ['forgotten@example.com', from]), 5);
  house.ctx.clock.advance(24 * 3_600_000);
  await house.post();
  const { count } = await house.db.tenant(instanceId, (tx) =>
    tx.one<{ count: number }>(sql`
      select count(*) as count from app.sign_in_tries where organisation_id = ${instanceId}`),
  );
  assert.equal(count, 0);
});

test('neither the address of a sender nor that of an account stands in the table', async () => {
  await attempt('planted@example.com', '203.0.113.200');
  const rows = await house.db.tenant(instanceId, (tx) =>
    tx.rows<{ subject: Buffer }>(sql`select subject from app.sign_in_tries where organisation_id = ${instanceId}`),
  );
  assert.ok(rows.length > 0);
  for (const { subject } of rows) assert.equal(subject.length, 32);
});

test('whoever has a /64 has one address, and its network is the /48 round it', () => {
  assert.deepEqual(placesOf('2001:db8:1:2:3:4:5:6'), { address: '2001:db8:1:2::/64', network: '2001:db8:1::/48' });
  assert.deepEqual(placesOf('2001:db8::1'), { address: '2001:db8:0:0::/64', network: '2001:db8:0::/48' });
  assert.deepEqual(placesOf('::ffff:192.0.2.55'), { address: '192.0.2.55', network: '192.0.2.0/24' });
  assert.deepEqual(placesOf('192.0.2.55'), { address: '192.0.2.55', network: '192.0.2.0/24' });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { isProblem, Personal, sql, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { setSecondFactor } from './identities.ts';
import { signInByLink } from './link-sign-in.ts';
import { askLink } from './links.ts';
import { openPasswords, type Passwords } from './password-hash.ts';
import { signInByPassword } from './password.ts';
import { endOtherSessions, endSession, renewFresh } from './sessions.ts';
import { completeSignIn, pendingFailed, pendingIdentity } from './sign-in.ts';
import { failedTry } from './tries.ts';

/**
 * Sequences of what people and attackers do, against a small model of what must come of it. What is checked after every
 * step: no token counts that the model holds for dead, none is dead that it holds for alive, none means another person,
 * and a session is fresh since a second factor was shown in it, or never.
 */

let house: House;
let passwords: Passwords;
before(async () => {
  house = await openHouse();
  passwords = openPasswords(house.ctx, { parameters: { memory: 64, passes: 1, parallelism: 1 } });
});
after(() => house.close());

const minute = 60_000;
const idleMs = 12 * 60 * minute;
const absoluteMs = 14 * 24 * 60 * minute;
const good = 'seven grey herons wading';

type Step =
  | { readonly do: 'password'; readonly right: boolean }
  | { readonly do: 'ask-link' | 'second-factor' | 'end-others' | 'guess-code' }
  | {
      readonly do: 'use-link' | 'use-link-twice' | 'complete' | 'fail-code' | 'step-up' | 'end';
      readonly which: number;
    }
  | { readonly do: 'wait'; readonly minutes: number };

const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('password' as const), right: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('ask-link', 'second-factor', 'end-others', 'guess-code') }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('use-link', 'use-link-twice', 'complete', 'fail-code', 'step-up', 'end'),
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 3, 11, 31, 400, 719, 721, 3_000),
    }),
  },
);

type Session = {
  token: string;
  readonly id: Id;
  readonly begunAt: number;
  usedAt: number;
  isOver: boolean;
  freshAt: number | undefined;
};
type Link = { readonly token: string; readonly until: number; isUsed: boolean };
type Pending = { readonly token: string; readonly until: number; failures: number; isOver: boolean };

/** One person, what they hold, and what the rules say of it. */
class World {
  readonly sessions: Session[] = [];
  readonly dead: string[] = [];
  readonly links: Link[] = [];
  readonly pendings: Pending[] = [];
  readonly identity: Id;
  readonly email: string;
  secondFactor = false;
  failures = 0;
  failedAt = 0;
  lockedUntil = 0;
  #senders = 0;
  constructor(identity: Id, email: string) {
    this.identity = identity;
    this.email = email;
  }
  get now() {
    return house.ctx.clock.now();
  }
  /** Nobody is stopped for their address here: each try comes from another network. */
  get from() {
    this.#senders += 1;
    return sender(`10.${worlds % 250}.${this.#senders % 250}.1`);
  }
  isAlive(session: Session): boolean {
    return !session.isOver && this.now - session.usedAt < idleMs && this.now - session.begunAt < absoluteMs;
  }
  isPending(pending: Pending): boolean {
    return !pending.isOver && pending.failures < 5 && this.now < pending.until;
  }
  /** The published rule, written once more: five are free, then a minute, doubling, up to an hour. */
  mayTry(): boolean {
    if (this.now < this.lockedUntil) return false;
    this.failures = this.now - this.failedAt > 24 * 60 * minute ? 1 : this.failures + 1;
    this.failedAt = this.now;
    if (this.failures >= 5) this.lockedUntil = this.now + Math.min(60, 2 ** (this.failures - 5)) * minute;
    return true;
  }
  clearTries() {
    this.failures = 0;
    this.lockedUntil = 0;
  }
}

let worlds = 0;

async function begin(): Promise<World> {
  const email = `simulated-${(worlds += 1)}@example.com`;
  const { identity } = await house.resident(email);
  const hash = Buffer.from(await passwords.turn((hasher) => hasher.make(good)));
  await house.db.tenant(instanceId, (tx) =>
    tx.run(
      sql`update app.identities set password_hash = ${hash} where organisation_id = ${instanceId} and id = ${identity}`,
    ),
  );
  return new World(identity, email);
}

async function codeOf<T>(work: Promise<T>): Promise<T | string> {
  return work.catch((error: unknown) => {
    assert.ok(isProblem(error), String(error));
    return error.code;
  });
}

/** A session came about: by which the model learns its token, after it has made sure that the rules allow it. */
async function opened(world: World, token: string, by: 'first factor' | 'second factor'): Promise<void> {
  const asker = await askerBySession(house.ctx, token, world.from);
  assert.ok(asker?.signedIn, 'a session that has just begun counts');
  const { session: id, freshAt } = asker.signedIn;
  assert.equal(freshAt, by === 'second factor' ? world.now : undefined, 'only a second factor makes a session fresh');
  world.sessions.push({ token, id, begunAt: world.now, usedAt: world.now, isOver: false, freshAt });
}

type Outcome = Awaited<ReturnType<typeof signInByPassword>> | string;

async function afterFirstFactor(world: World, outcome: Outcome): Promise<void> {
  assert.ok(typeof outcome !== 'string', 'a right first factor is taken');
  assert.equal(outcome.state, world.secondFactor ? 'second-factor' : 'signed-in', 'a second factor is never passed by');
  if (outcome.state === 'signed-in') await opened(world, outcome.token, 'first factor');
  else {
    world.pendings.push({ token: outcome.pending, until: world.now + 10 * minute, failures: 0, isOver: false });
    // No more than five wait at once.
    for (const old of world.pendings.filter((one) => world.isPending(one)).slice(0, -5)) old.isOver = true;
  }
}

async function tryPassword(world: World, right: boolean): Promise<void> {
  const isAllowed = world.mayTry();
  const password = new Personal(right ? good : 'eleven copper kettles hum');
  const outcome = await codeOf(
    signInByPassword(house.ctx, passwords, { email: new Personal(world.email), password, from: world.from }),
  );
  if (!isAllowed) assert.equal(outcome, 'sign-in-paused');
  else if (!right) assert.equal(outcome, 'sign-in-refused');
  else {
    await afterFirstFactor(world, outcome);
    if (!world.secondFactor) world.clearTries();
  }
}

async function askForLink(world: World): Promise<void> {
  const alive = world.links.filter(({ isUsed, until }) => !isUsed && world.now < until).length;
  await askLink(house.ctx, { kind: 'sign-in', asked: { email: world.email }, from: world.from });
  const mails = (await house.post()).filter(({ to, notice }) => to === world.email && notice.kind === 'sign-in-link');
  assert.equal(mails.length, alive < 3 ? 1 : 0);
  for (const { notice } of mails)
    if ('url' in notice)
      world.links.push({ token: notice.url.split('#')[1]!, until: world.now + 30 * minute, isUsed: false });
}

async function useLink(world: World, at: number, times: number): Promise<void> {
  const link = world.links[at % Math.max(world.links.length, 1)];
  if (!link) return;
  const isGood = !link.isUsed && world.now < link.until;
  const outcomes = await Promise.all(
    Array.from({ length: times }, () => codeOf(signInByLink(house.ctx, { token: link.token, from: world.from }))),
  );
  const good = outcomes.filter((one) => typeof one !== 'string');
  assert.equal(good.length, isGood ? 1 : 0, 'a link works once');
  for (const one of outcomes) if (typeof one === 'string') assert.equal(one, 'link-expired');
  if (good[0]) {
    for (const other of world.links) other.isUsed = true;
    await afterFirstFactor(world, good[0]);
  }
}

async function complete(world: World, at: number): Promise<void> {
  const pending = world.pendings[at % Math.max(world.pendings.length, 1)];
  if (!pending) return;
  const outcomes = await Promise.all(
    Array.from({ length: 2 }, () => codeOf(completeSignIn(house.ctx, pending.token, world.from))),
  );
  const right = outcomes.filter((one) => typeof one !== 'string');
  for (const one of outcomes) if (typeof one === 'string') assert.equal(one, 'sign-in-expired');
  assert.equal(right.length, world.isPending(pending) ? 1 : 0, 'a sign-in that waits can be completed, once');
  if (right[0]) {
    pending.isOver = true;
    world.clearTries();
    await opened(world, right[0].token, 'second factor');
  }
}

async function failCode(world: World, at: number): Promise<void> {
  const pending = world.pendings[at % Math.max(world.pendings.length, 1)];
  if (!pending) return;
  const was = world.isPending(pending);
  await pendingFailed(house.ctx, pending.token);
  if (was) pending.failures += 1;
  const found = await codeOf(pendingIdentity(house.ctx, pending.token));
  assert.equal(found, world.isPending(pending) ? world.identity : 'sign-in-expired');
}

async function stepUp(world: World, at: number): Promise<void> {
  const session = world.sessions[at % Math.max(world.sessions.length, 1)];
  if (!session) return;
  const outcome = await codeOf(renewFresh(house.ctx, session.id));
  if (typeof outcome === 'string') return assert.ok(!world.isAlive(session), 'a live session can be renewed');
  assert.ok(world.now - session.usedAt < idleMs && !session.isOver, 'a dead session cannot');
  world.dead.push(session.token);
  Object.assign(session, { token: outcome.token, usedAt: world.now, freshAt: world.now });
}

async function end(world: World, at: number): Promise<void> {
  const session = world.sessions[at % Math.max(world.sessions.length, 1)];
  if (!session) return;
  await endSession(house.ctx, { identity: world.identity, session: session.id });
  session.isOver = true;
}

async function endOthers(world: World): Promise<void> {
  const keep = world.sessions.find((one) => world.isAlive(one));
  await house.db.tenant(instanceId, (tx) =>
    endOtherSessions(house.ctx, tx, { identity: world.identity, keep: keep?.id }),
  );
  for (const one of world.sessions) if (one !== keep) one.isOver = true;
  for (const one of world.pendings) one.isOver = true;
}

async function turnFactor(world: World): Promise<void> {
  world.secondFactor = !world.secondFactor;
  await house.db.tenant(instanceId, (tx) => setSecondFactor(tx, world.identity, world.secondFactor));
  for (const one of world.pendings) one.isOver = true;
}

async function guessCode(world: World): Promise<void> {
  const isAllowed = world.mayTry();
  const outcome = await codeOf(failedTry(house.ctx, { identity: world.identity, from: world.from }));
  assert.equal(outcome, isAllowed ? undefined : 'sign-in-paused');
}

async function carryOut(world: World, one: Step): Promise<void> {
  switch (one.do) {
    case 'password':
      return tryPassword(world, one.right);
    case 'ask-link':
      return askForLink(world);
    case 'use-link':
      return useLink(world, one.which, 1);
    case 'use-link-twice':
      return useLink(world, one.which, 3);
    case 'complete':
      return complete(world, one.which);
    case 'fail-code':
      return failCode(world, one.which);
    case 'step-up':
      return stepUp(world, one.which);
    case 'end':
      return end(world, one.which);
    case 'end-others':
      return endOthers(world);
    case 'second-factor':
      return turnFactor(world);
    case 'guess-code':
      return guessCode(world);
    case 'wait':
      return house.ctx.clock.advance(one.minutes * minute);
    default:
      return undefined;
  }
}

/** The model counts a use when it looks; the product writes one down once a minute, so a minute is left open. */
async function check(world: World): Promise<void> {
  for (const token of [
    ...world.dead,
    ...world.links.map((one) => one.token),
    ...world.pendings.map((one) => one.token),
  ].slice(-12))
    assert.equal(
      await askerBySession(house.ctx, token, world.from),
      undefined,
      'what is no live session token is none',
    );
  for (const session of world.sessions.slice(-6)) {
    const asker = await askerBySession(house.ctx, session.token, world.from);
    const isOpen = !session.isOver && Math.abs(world.now - session.usedAt - idleMs) <= minute;
    if (!isOpen) assert.equal(asker !== undefined, world.isAlive(session), 'a session lives as long as the rules say');
    if (!asker) session.isOver = true;
    else {
      session.usedAt = world.now;
      assert.equal(asker.signedIn?.identity, world.identity);
      assert.equal(asker.signedIn.freshAt, session.freshAt);
    }
  }
}

test('whatever is done in whatever order: the dead stay dead, links work once, and no second factor is passed by', async () => {
  const runs = fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60 }), async (steps) => {
    const world = await begin();
    for (const one of steps) {
      await carryOut(world, one);
      await check(world);
    }
  });
  await fc.assert(runs, { numRuns: 15, seed: 20_261_121, endOnFailure: true });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal } from '#base';
import { failedTry } from '#safeguards/identity';
import { addApp } from '../../../test/authenticator-app.ts';
import { openFrontDoor, textOf, type FrontDoor } from '../../../test/front-door.ts';
import { sender } from '../../../test/house.ts';

let door: FrontDoor;
before(async () => {
  door = await openFrontDoor();
});
after(() => door.close());

const secondFactor = '/api/v1/sign-in/second-factor';

/** Begins a sign-in by a mailed link, up to where the second factor is asked for. */
async function waiting(email: string) {
  const browser = door.browser();
  await browser.post('/api/v1/sign-in/link', { email });
  const used = await browser.post('/api/v1/sign-in/link/use', { token: await door.linkFor(email) });
  return { browser, pending: textOf(used.json, 'pending') };
}

test('a stranger who knows the address and guesses passwords keeps nobody out who has a link and a code', async () => {
  const email = 'kept-out@example.com';
  const guest = await door.signedIn(email);
  const app = await addApp(guest, door.ctx.clock);
  const guess = () => failedTry(door.ctx, { email: new Personal(email), from: sender('203.0.113.9') });
  const lock = async () => {
    for (let times = 0; times < 5; times += 1) await guess();
    // For two minutes, which is longer than it takes to get a code.
    door.ctx.clock.advance(60_000);
    await guess();
    await assert.rejects(guess);
  };
  await lock();
  const { browser, pending } = await waiting(email);
  assert.equal((await browser.post(secondFactor, { pending, code: app() })).status, 200);
  await lock();
  assert.equal((await browser.post('/api/v1/session/fresh', { code: app() })).status, 200);
});

test('wrong codes pause the second factor and not the password, and the owner is told', async () => {
  const email = 'first-known@example.com';
  const guest = await door.signedIn(email);
  await addApp(guest, door.ctx.clock);
  const { browser, pending } = await waiting(email);
  await door.post();
  for (let wrong = 0; wrong < 5; wrong += 1) await browser.post(secondFactor, { pending, code: '000000' });
  const told = (await door.post()).filter(({ to }) => to === email).map(({ notice }) => notice.kind);
  assert.deepEqual(told, ['locked']);
  const again = await waiting(email);
  const paused = await again.browser.post(secondFactor, { pending: again.pending, code: '000000' });
  assert.equal(paused.code, 'sign-in-paused');
  await failedTry(door.ctx, { email: new Personal(email), from: sender('203.0.113.9') });
});

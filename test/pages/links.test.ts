import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, Personal } from '#base';
import { instanceId, invite } from '#safeguards/accounts';
import { directLink, setSecondFactor } from '#safeguards/identity';
import { mailedToken } from '../proof/mailed.ts';
import type { Business, Member } from './business.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

/** The link in a mail to somebody who belongs here. */
async function linkFor({ email }: Member): Promise<string> {
  const { world } = await theStage();
  return `/sign-in/link#${await directLink(world.ctx, new Personal(email))}`;
}

/** The link in the mail of an invitation to the business. */
async function invitationTo({ organisation, members }: Business, email: string): Promise<string> {
  const { world } = await theStage();
  const who = { organisation, actor: `person:${members.owner.person}` as const };
  const guest = {
    email: new Personal(email),
    name: new Personal('Erin Walsh'),
    role: 'viewer',
    origin: world.url,
  } as const;
  await world.ctx.db.tenant(organisation, (tx) => invite(world.ctx, tx, { who, sender: {} }, guest));
  return `/invitation#${await mailedToken(world, { email }, organisation)}`;
}

const someone = async () => `${newId((await theStage()).world.ctx)}@example.com`;

test('opening a mailed link any number of times uses nothing up, and leaves its token in no address; its button signs in, once', async () => {
  const business = await (await theStage()).ownBusiness('empty');
  const link = await linkFor(business.members.owner);
  await onStage({}, async (page, { allow, another }) => {
    for (let opened = 0; opened < 3; opened += 1) {
      await page.goto('about:blank');
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      assert.equal(await page.evaluate('location.hash'), '');
    }
    await judge(page);
    const late = await another();
    await late.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByText('Riverside Dental').first().waitFor();
    allow(/^console: 410 /);
    await late.getByRole('button', { name: 'Sign in' }).click();
    await late.getByRole('alert').getByText(/used/).waitFor();
    await late.getByRole('link', { name: 'Ask for another link' }).click();
    await late.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

test('a link is no way round a second factor, and one that is not whole says so', async () => {
  const stage = await theStage();
  const { members } = await stage.ownBusiness('empty');
  await stage.world.ctx.db.tenant(instanceId, (tx) => setSecondFactor(tx, members.owner.identity, true));
  const link = await linkFor(members.owner);
  await onStage({}, async (page) => {
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'One more thing' }).waitFor();
    await judge(page);
    assert.deepEqual(await page.context().cookies(), []);
    await page.goto('about:blank');
    await page.goto('/sign-in/link#cut');
    await page.getByRole('heading', { name: 'This address is not whole' }).waitFor();
    await judge(page);
  });
});

test('whoever is new here follows an invitation, presses its button, and is in', async () => {
  const business = await (await theStage()).ownBusiness('empty');
  const link = await invitationTo(business, await someone());
  await onStage({}, async (page, { allow }) => {
    allow(/^console: 401 /); // whoever is not known yet
    await page.goto(link);
    await judge(page);
    assert.equal(await page.evaluate('location.hash'), '');
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByText('Riverside Dental').first().waitFor();
  });
});

test('whoever is known but not signed in signs in first, and the same invitation is accepted then', async () => {
  const stage = await theStage();
  const [inviting, own] = [await stage.ownBusiness('empty'), await stage.ownBusiness('empty')];
  const { owner } = own.members;
  const link = await invitationTo(inviting, owner.email);
  await onStage({}, async (page, { allow, another }) => {
    // The other tab still looks at their own business when the session goes over to the new one.
    allow(/^console: 40[13] /);
    await page.goto(link);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByRole('heading', { name: 'You have an account here' }).waitFor();
    await judge(page);
    await page.getByRole('button', { name: 'Sign in and go on' }).click();
    await page.waitForURL(/\/sign-in\?next=%2Finvitation/);
    // They come in by a mailed link, in another tab, and go on in this one.
    const mail = await another();
    await mail.goto(await linkFor(owner));
    await mail.getByRole('button', { name: 'Sign in' }).click();
    await mail.waitForURL((url) => url.pathname === '/');
    await page.goto('/invitation');
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    const { organisation } = (await (await page.request.get('/api/v1/session')).json()) as { organisation: string };
    assert.equal(organisation, inviting.organisation);
  });
});

test('whoever is signed in with another address is told so, and goes on as who was invited', async () => {
  const stage = await theStage();
  const [inviting, own] = [await stage.ownBusiness('empty'), await stage.ownBusiness('empty')];
  const link = await invitationTo(inviting, await someone());
  await onStage({ as: 'owner', of: own }, async (page, { allow }) => {
    allow(/^console: 40[13] /);
    await page.goto(link);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByRole('heading', { name: 'This invitation went to another address' }).waitFor();
    await judge(page);
    await page.getByRole('button', { name: 'Sign out and go on' }).click();
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    const { organisation } = (await (await page.request.get('/api/v1/session')).json()) as { organisation: string };
    assert.equal(organisation, inviting.organisation);
  });
});

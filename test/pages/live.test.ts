import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, sql } from '#base';
import { changeRole, instanceId, invite, removePerson } from '#safeguards/accounts';
import { grantsOfRole } from '#access';
import { visit } from '../browser.ts';
import { firstRun, openOwnProduct } from './own-product.ts';
import { onStage, theStage } from './stage.ts';
import type { Business } from './business.ts';

/** The owner, as whoever asks for something to be done. */
function ownerOf({ organisation, members }: Business) {
  const who = { organisation, actor: `person:${members.owner.person}`, grants: grantsOfRole('owner') } as const;
  return { who, sender: {} };
}

async function inviteTo(of: Business, name: string): Promise<void> {
  const { world } = await theStage();
  const given = { email: new Personal(`${name}@example.com`), name: new Personal(name), role: 'viewer' as const };
  await world.ctx.db.tenant(of.organisation, (tx) =>
    invite(world.ctx, tx, ownerOf(of), { ...given, origin: 'https://phone.example.com' }),
  );
}

test('what somebody else does is seen at once, in every tab, without anything being pressed', async () => {
  const of = await (await theStage()).ownBusiness('one');
  await onStage({ as: 'owner', of }, async (page, { another }) => {
    const other = await another();
    for (const tab of [page, other]) {
      await tab.goto('/team');
      await tab.getByText('Erin Walsh').waitFor();
    }
    await inviteTo(of, 'livia');
    for (const tab of [page, other]) await tab.getByText('livia@example.com').waitFor();
    await inviteTo(of, 'marco');
    for (const tab of [page, other]) await tab.getByText('marco@example.com').waitFor();
  });
});

test('a page whose business is busy asks for few enough of it', async () => {
  const of = await (await theStage()).ownBusiness('one');
  const { world } = await theStage();
  await onStage({ as: 'owner', of }, async (page) => {
    await page.goto('/team');
    await page.getByText('Erin Walsh').waitFor();
    let asked = 0;
    page.on('request', (request) => (asked += request.url().includes('/api/v1/invitations') ? 1 : 0));
    const begun = world.clock.now();
    for (let count = 0; count < 30; count += 1) {
      await world.ctx.db.tenant(of.organisation, async (tx) => tx.tell(`invitation:${of.organisation}`));
      await page.waitForFunction('new Promise((done) => setTimeout(() => done(true), 100))');
    }
    const seconds = (world.clock.now() - begun) / 1_000;
    assert.ok(asked >= 1 && asked <= seconds / 1.5 + 2, `${asked} requests in ${seconds} seconds`);
  });
});

test('who is removed while they look is shown out, and comes back to where they were', async () => {
  const of = await (await theStage()).ownBusiness('one');
  const { world } = await theStage();
  await onStage({ as: 'admin', of }, async (page, { allow }) => {
    allow(/^console: 401 /);
    await page.goto('/team');
    await page.getByText('Erin Walsh').waitFor();
    await removePerson(world.ctx, ownerOf(of), of.members.admin.person);
    await page.waitForURL(/\/sign-in\?next=%2Fteam/);
  });
});

test('who loses their role while they look sees no more than the new one shows', async () => {
  const of = await (await theStage()).ownBusiness('one');
  const { world } = await theStage();
  await onStage({ as: 'admin', of }, async (page, { allow }) => {
    allow(/^console: 40[13] /);
    await page.goto('/team');
    await page.getByText('Erin Walsh').waitFor();
    const change = { person: of.members.admin.person, role: 'viewer' as const };
    await world.ctx.db.tenant(of.organisation, (tx) => changeRole(world.ctx, tx, ownerOf(of), change));
    await page.getByText('Erin Walsh').waitFor({ state: 'detached' });
  });
});

test('a session that ends while one looks leads to the sign-in, and back', async () => {
  const of = await (await theStage()).ownBusiness('one');
  const { world } = await theStage();
  await onStage({ as: 'owner', of }, async (page, { allow }) => {
    allow(/^console: 401 /);
    await page.goto('/keys');
    await page.getByText('Bookkeeping').waitFor();
    await world.ctx.db.tenant(instanceId, (tx) =>
      tx.run(sql`
        delete from app.sessions where organisation_id = ${instanceId} and identity_id = ${of.members.owner.identity}`),
    );
    await inviteTo(of, 'nobody-sees');
    await page.waitForURL(/\/sign-in\?next=%2Fkeys/);
  });
});

test('a server that restarts is said to be away, and every tab comes back by itself', async (t) => {
  const product = await openOwnProduct(t);
  const session = await firstRun(product.url);
  await visit({ origin: product.url, aheadMs: 0, session }, async (page, { allow, another }) => {
    allow(/./);
    const other = await another();
    for (const tab of [page, other]) {
      await tab.goto('/team');
      await tab.getByText('Mara Lindqvist').first().waitFor();
    }
    await product.stop();
    for (const tab of [page, other]) await tab.getByText('Reconnecting').waitFor();
    await product.start();
    for (const tab of [page, other]) {
      await tab.getByText('Reconnecting').waitFor({ state: 'detached' });
      await tab.getByText('Mara Lindqvist').first().waitFor();
    }
  });
});

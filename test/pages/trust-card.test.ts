import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileOf } from '#safeguards/profiles';
import { publish } from '../publish.ts';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

test('an owner says who stands behind the public page, sees what is missing, and opens it once it is published', async () => {
  const { ownBusiness, world } = await theStage();
  const business = await ownBusiness('empty');
  await publish(world.ctx);
  for (const width of [390, 1440]) {
    await onStage({ as: 'owner', of: business, isFresh: true, width }, async (page, { allow }) => {
      allow(/^console: .*4\d\d /);
      await page.goto('/settings');
      const card = page.getByRole('region', { name: 'Public trust page' });
      if (width === 390) {
        await card.getByText('Not published yet. Still missing:').waitFor();
        await becomes(() => card.getByRole('listitem').count(), 5);
        await card.getByLabel('Legal name').fill('Tulip Dental LLC');
        await card.getByLabel('Contact for privacy').fill('nobody');
        await card.getByRole('button', { name: 'Save' }).click();
        await card.getByText('Must be a mail address').waitFor();
        await judge(page);
        await card.getByLabel('Contact for privacy').fill('privacy@tulip.example');
        await card.getByLabel('Contact for support').fill('https://tulip.example/help');
        await card.getByLabel('Contact for security').fill('security@tulip.example');
        await card.getByLabel('Address of the page').fill('tulip-dental');
        await card.getByRole('button', { name: 'Save' }).click();
        await card.getByText('Published').waitFor();
      }
      await judge(page);
      await card.getByRole('link', { name: 'Open the page' }).click();
      await page.getByRole('heading', { level: 1, name: /Tulip Dental LLC/ }).waitFor();
      await judge(page);
    });
  }
  const { organisation } = business;
  const profile = await world.ctx.db.tenant(organisation, (tx) => profileOf(tx, organisation));
  assert.deepEqual([profile.version, profile.slug], [1, 'tulip-dental']);
});

test('whoever may not change it sees it and is told so', async () => {
  await onStage({ as: 'viewer' }, async (page) => {
    await page.goto('/settings');
    const card = page.getByRole('region', { name: 'Public trust page' });
    await card.getByText('Only an owner or admin can change this.').waitFor();
    assert.equal(await card.getByLabel('Legal name').isDisabled(), true);
    await judge(page);
  });
});

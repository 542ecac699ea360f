import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { changeOrganisation, organisation as load } from '#safeguards/accounts';
import { days, keepingOf, purposesOf } from '#safeguards/retention';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';
import type { Business } from './business.ts';

const inside = async <T>(business: Business, read: Parameters<typeof sqlOf<T>>[1]): Promise<T> => sqlOf(business, read);

async function sqlOf<T>(
  { organisation }: Business,
  read: (tx: Parameters<typeof keepingOf>[0], organisation: string) => Promise<T>,
): Promise<T> {
  const { ctx } = (await theStage()).world;
  return ctx.db.tenant(organisation, (tx) => read(tx, organisation));
}

test('a shorter time says what it will delete, by number and age, and deletes it only once that was confirmed', async () => {
  const { ownBusiness } = await theStage();
  const business = await ownBusiness('lively');
  // All that is there is three weeks old.
  await inside(business, async (tx, organisation) => {
    await tx.run(sql`
      update app.calls set started_at = started_at - interval '21 days', ended_at = ended_at - interval '21 days'
      where organisation_id = ${organisation}`);
  });
  await onStage({ as: 'owner', of: business, isFresh: true }, async (page) => {
    await page.goto('/settings');
    const card = page.getByRole('region', { name: 'How long things are kept' });
    await card.getByRole('radio', { name: /^30 days/ }).click();
    await card.getByText('Nothing that is there now is deleted by this').waitFor();
    await card.getByRole('radio', { name: /^7 days/ }).click();
    const outlook = card.getByText(/This deletes at once: words, number and name of \d+ calls/);
    await outlook.waitFor();
    await judge(page);
    await card.getByRole('button', { name: 'Keep it so' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/words, number and name of \d+ calls/).waitFor();
    await judge(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await inside(business, keepingOf)).version, 0, 'nothing was changed');
    await card.getByRole('button', { name: 'Keep it so' }).click();
    await dialog.getByRole('button', { name: 'Delete it and keep it so' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    assert.deepEqual((await inside(business, keepingOf)).preset, 'minimal');
  });
});

test('days of one’s own are checked while they are filled in, and kept', async () => {
  const { ownBusiness } = await theStage();
  const business = await ownBusiness('empty');
  await onStage({ as: 'admin', of: business, isFresh: true }, async (page) => {
    await page.goto('/settings');
    const card = page.getByRole('region', { name: 'How long things are kept' });
    await card.getByRole('radio', { name: /Days of your own/ }).click();
    const recordings = card.getByLabel('Recordings');
    await recordings.fill('0');
    await card.getByText('Whole days, from 1 to 3,650').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Keep it so' }).isDisabled(), true);
    await recordings.fill('14');
    await card.getByText('Nothing that is there now').waitFor();
    await judge(page);
    await card.getByRole('button', { name: 'Keep it so' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    const { windows } = await inside(business, keepingOf);
    assert.deepEqual([windows.recordings, windows.calls, windows.leads], [days(14), days(90), 'account']);
  });
});

test('a purpose is agreed to and taken back by hand, and says by whom', async () => {
  const { ownBusiness } = await theStage();
  const business = await ownBusiness('empty');
  await onStage({ as: 'owner', of: business, isFresh: true }, async (page) => {
    await page.goto('/settings');
    const card = page.getByRole('region', { name: 'What data of callers is used for' });
    const leads = card.getByRole('checkbox', { name: /become a customer/ });
    await leads.focus();
    await page.keyboard.press('Space');
    await card.getByRole('button', { name: 'Save what is agreed' }).click();
    await card.getByText(/Not agreed since .*, by you/).waitFor();
    const agreed = (await inside(business, purposesOf)).filter((one) => one.agreed).map(({ purpose }) => purpose);
    assert.ok(!agreed.includes('leads') && agreed.includes('messages'));
    assert.equal(await card.getByRole('checkbox', { name: /take messages/ }).isDisabled(), true);
  });
});

test('the name of the business is changed, and what somebody else changed meanwhile is not written over', async () => {
  const { ownBusiness } = await theStage();
  const business = await ownBusiness('empty');
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    await page.goto('/settings');
    const name = page.getByLabel('Name of the business');
    await name.fill('Hill Street Dental');
    const { ctx } = (await theStage()).world;
    await inside(business, async (tx, organisation) => {
      const before = await load(tx, organisation);
      await changeOrganisation(ctx, tx, { ...before, name: 'Somebody else' });
    });
    // Everybody is told of it at once; what is being written here stays.
    await page.getByText('Somebody else', { exact: true }).first().waitFor();
    await becomes(() => name.inputValue(), 'Hill Street Dental');
    allow(/^console: 412 /);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else changed this in the meantime').waitFor();
    await page.getByRole('button', { name: 'Show theirs' }).click();
    await page.locator('input[value="Somebody else"]').waitFor();
    await name.fill('Hill Street Dental');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. The next call hears it.').waitFor();
  });
});

test('who may not change the settings sees them, and why not', async () => {
  await onStage({ as: 'viewer' }, async (page) => {
    await page.goto('/settings');
    await page.getByText('Only an owner or admin can change this.').first().waitFor();
    assert.equal(await page.getByRole('radio', { name: /^30 days/ }).isDisabled(), true);
    assert.equal(await page.getByLabel('Name of the business').isDisabled(), true);
    assert.equal(await page.getByRole('button', { name: /Save|Keep/ }).count(), 0);
    await judge(page);
  });
});

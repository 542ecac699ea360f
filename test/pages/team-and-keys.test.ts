import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const looks = [
  { width: 1440, scheme: 'light' },
  { width: 390, scheme: 'dark' },
] as const;

const dialog = (page: Page) => page.getByRole('dialog');

for (const look of looks) {
  const where = `${look.width} px, ${look.scheme}`;

  test(`somebody is invited, another gets a role and is removed, at ${where}`, async () => {
    const of = await (await theStage()).ownBusiness('lively');
    await onStage({ as: 'owner', of, isFresh: true, ...look }, async (page) => {
      await page.goto('/team');
      await page.getByRole('button', { name: 'Invite' }).click();
      await dialog(page).getByLabel('Email').fill('no address');
      await dialog(page).getByLabel('Name').fill('Noor Haddad');
      await judge(page);
      await dialog(page).getByLabel('Email').fill('noor@example.com');
      await dialog(page).getByRole('button', { name: 'Send invitation' }).click();
      await page.getByRole('main').getByText('noor@example.com').waitFor();
      // No mail leaves this one, so the page says where the link is.
      await page.getByRole('main').getByText('./sotto outbox').waitFor();

      await page.getByLabel('Actions for Dan Wu').click();
      await page.getByRole('menuitem', { name: 'Change role' }).click();
      await dialog(page)
        .getByRole('radio', { name: /^Agent/ })
        .click();
      const change = dialog(page).getByRole('button', { name: 'Change role', disabled: false });
      await change.waitFor();
      await judge(page);
      await change.click();
      await page.getByText('Dan Wu is now Agent.').waitFor();

      await page.getByLabel('Actions for Dan Wu').click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await dialog(page).getByText('API keys they made stop working').waitFor();
      await judge(page);
      await dialog(page).getByRole('button', { name: 'Remove' }).click();
      await page.getByText('Dan Wu is no longer in the team.').waitFor();
      await page.getByRole('main').getByText('dan.wu').waitFor({ state: 'detached' });
    });
  });

  test(`a key is made, shown once, given another secret and revoked, at ${where}`, async () => {
    const of = await (await theStage()).ownBusiness('empty');
    await onStage({ as: 'owner', of, isFresh: true, ...look }, async (page, { allow }) => {
      await page.goto('/keys');
      await page.getByText('No program has a key yet').waitFor();
      await page.getByRole('button', { name: 'New key' }).click();
      await dialog(page).getByRole('textbox', { name: 'Name' }).fill('CRM');
      await dialog(page).getByLabel('See leads').check();
      await dialog(page).getByLabel('Works only from').fill('203.0.113.0/24\nnonsense');
      await judge(page);
      allow(/^console: 400 \/api\/v1\/keys/);
      await dialog(page).getByRole('button', { name: 'Make key' }).click();
      await dialog(page).getByText('One of them is no address or network.').waitFor();
      await dialog(page).getByLabel('Works only from').fill('203.0.113.0/24');
      await dialog(page).getByRole('button', { name: 'Make key' }).click();
      const first = await secretIn(page);

      await page.getByLabel('Actions for CRM').click();
      await page.getByRole('menuitem', { name: 'New secret' }).click();
      await judge(page);
      await dialog(page).getByRole('button', { name: 'Make new secret' }).click();
      assert.notEqual(await secretIn(page), first);
      await page.getByText('The old secret works until').waitFor();

      await page.getByLabel('Actions for CRM').click();
      await page.getByRole('menuitem', { name: 'Revoke' }).click();
      await dialog(page).getByText('It cannot be brought back').waitFor();
      await dialog(page).getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('Revoked', { exact: true }).waitFor();
      await judge(page);
    });
  });
}

/** Reads the key that is shown this once, and puts it away: nothing but its button does. */
async function secretIn(page: Page): Promise<string> {
  const secret = await dialog(page).getByLabel('The key').inputValue();
  assert.match(secret, /^sotto_live_/);
  await page.keyboard.press('Escape');
  await judge(page);
  await dialog(page).getByRole('button', { name: 'I have kept it' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  return secret;
}

test('an admin can do nothing to an owner, and sees why', async () => {
  await onStage({ as: 'admin', isFresh: true }, async (page) => {
    await page.goto('/team');
    await page.getByLabel('Actions for Ana Ortiz').focus();
    await page.getByRole('tooltip').getByText('Only an owner can change an owner.').waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('menuitem').count(), 0);
    await judge(page);
  });
});

test('what was done stands in the log by name, can be narrowed down, and leads to what it is about', async () => {
  const of = await (await theStage()).ownBusiness('one');
  await onStage({ as: 'owner', of }, async (page) => {
    await page.goto('/audit');
    await page.getByText('Looked at the audit log').first().waitFor();
    await page.getByText('Changes', { exact: true }).click();
    await page.getByText('Looked at the audit log').first().waitFor({ state: 'detached' });
    await becomes(() => new URL(page.url()).searchParams.get('what'), 'changes');
    await page.getByText('Made an API key').first().click();
    await page.getByRole('link', { name: 'Bookkeeping' }).waitFor();
    await judge(page);
    await page.reload();
    await page.getByText('Made an API key').first().waitFor();
    await page.getByLabel('To day').fill('2020-01-01');
    await page.getByText('Nothing was written down then').waitFor();
    await page.getByRole('link', { name: 'Clear filters' }).click();
    await page.getByText('Looked at the audit log').first().waitFor();
  });
});

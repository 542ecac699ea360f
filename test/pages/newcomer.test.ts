import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { visit } from '../browser.ts';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { founder, openOwnProduct } from './own-product.ts';

/** Goes there as people do: by the menu. */
async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function beginsHere(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Your name').fill(founder.name);
  await page.getByLabel('Email address').fill(founder.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(founder.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name of the business').fill('Clinic South');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Make my secretary' }).click();
  await page.waitForURL((at) => at.pathname === '/call');
}

async function says(page: Page, question: RegExp, words: string): Promise<void> {
  await page.getByRole('log').getByText(question).last().waitFor();
  const field = page.getByRole('textbox', { name: 'Say something …' });
  await field.fill(words);
  await field.press('Enter');
}

/** Calls, books an appointment by typing, and hangs up. */
async function books(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Call R/ }).click();
  await page.getByText('Listening to you', { exact: true }).waitFor();
  await page.getByRole('button', { name: /next Tuesday at ten/ }).click();
  await says(page, /your name/, 'Alex Sample');
  await says(page, /reach you/, 'Yes, this number is fine.');
  await says(page, /appointment for/, 'A cleaning.');
  await page.getByText('Booked an appointment').waitFor();
  await says(page, /anything else/, 'No, that is all. Goodbye.');
  await page.getByText(/Your secretary ended the call/).waitFor();
}

test('from nothing to the first call, another greeting and the appointment in the diary, in two tabs and over a restart', async (t) => {
  const product = await openOwnProduct(t);
  await visit({ origin: product.url, timeZone: 'America/New_York' }, async (page, { allow, another }) => {
    // Nobody is known yet; and a test is faster than people: the pages wait for as long as a limit says, and go on.
    allow(/^console: 4(?:01|29) /);
    await beginsHere(page);
    await books(page);
    await judge(page);

    await page.getByRole('link', { name: 'See the booked appointment' }).click();
    await page.getByText('Alex Sample').first().waitFor();
    await judge(page);

    await go(page, 'Secretary');
    await page.getByLabel('Greeting').fill('What can we do for your teeth?');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    const other = await another();
    await other.goto('/call');
    await other.getByRole('button', { name: /^Call R/ }).click();
    await other.getByRole('log').getByText('What can we do for your teeth?').waitFor();
    // The first tab learns of the call in the second one.
    await go(page, 'Calls');
    await page.getByRole('main').getByRole('link').filter({ hasNotText: 'Alex Sample' }).first().waitFor();
    await other.getByRole('button', { name: 'Hang up' }).click();
    await other
      .getByText(/hung up/)
      .first()
      .waitFor();

    await other.goto('/agent');
    await other.getByLabel('Greeting').waitFor();
    await go(page, 'Secretary');
    // While the server is away the browser says so in its console, and the pages on their face.
    allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
    await product.stop();
    for (const tab of [page, other]) await tab.getByText('Reconnecting').waitFor();
    await product.start();
    for (const tab of [page, other]) await tab.getByText('Reconnecting').waitFor({ state: 'detached' });
    await page.getByLabel('Greeting').fill('Good to hear from you.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await other.getByText('“Good to hear from you.”').waitFor();
    await becomes(() => other.getByLabel('Greeting').inputValue(), 'Good to hear from you.');
    await judge(other);
  });
});

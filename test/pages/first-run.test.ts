import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from '../browser.ts';
import { sottoJson } from '../product.ts';
import { becomes } from './becomes.ts';
import { founder, openOwnProduct } from './own-product.ts';
import { judge, settled } from './judge.ts';
import type { Page } from 'playwright-core';

async function fillYou(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill(founder.name);
  await page.getByLabel('Email address').fill(founder.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(founder.password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('a newcomer who opens Sotto is asked for three things, and then calls their own secretary; the next one is told who was first', async (t) => {
  const { url } = await openOwnProduct(t);
  await visit({ origin: url, timeZone: 'America/Chicago' }, async (page, { allow, another }) => {
    allow(/^console: 401 /); // nobody is known yet
    await page.goto('/');
    await page.getByRole('heading', { name: 'Welcome to Sotto' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('What should we call you?').waitFor();
    await page.locator('input[name="name"]:focus').waitFor();
    await judge(page);
    const rival = await another();
    await rival.goto('/welcome');
    await settled(rival);
    await fillYou(page);
    await page.getByLabel('Name of the business').fill('Clinic South');
    await becomes(() => page.getByRole('combobox', { name: 'Time zone' }).inputValue(), 'America/Chicago');
    await page.getByRole('switch', { name: 'Open on Saturday' }).click();
    await page.getByLabel('Saturday, closes at').fill('08:00');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Each day must end after it begins').waitFor();
    await judge(page);
    await page.getByLabel('Saturday, closes at').fill('12:00');
    await page.getByRole('button', { name: 'Continue' }).click();
    // Each step begins at its top, and the browser's way back leads through the steps with what is filled in.
    await page.locator('form:focus').waitFor();
    await page.waitForFunction('scrollY === 0');
    await page.goBack();
    await page.getByLabel('Saturday, closes at').waitFor();
    await becomes(() => page.getByLabel('Name of the business').inputValue(), 'Clinic South');
    await page.goForward();
    await page.getByRole('checkbox', { name: /Note who might become a customer/ }).click();
    await page.getByRole('radio', { name: /^30 days/ }).click();
    await judge(page);
    await page.getByRole('button', { name: 'Make my secretary' }).click();
    await page.waitForURL((at) => at.pathname === '/call');
    await page.getByText('Clinic South').first().waitFor();
    const told = async (path: string) => (await (await page.request.get(path)).json()) as Record<string, unknown>;
    const purposes = (await told('/api/v1/purposes'))['items'] as { purpose: string; agreed: boolean }[];
    assert.deepEqual(
      purposes.flatMap(({ purpose, agreed }) => (agreed ? [purpose] : [])),
      ['messages', 'appointments'],
    );
    assert.equal((await told('/api/v1/keeping'))['preset'], 'short');
    await rival.reload();
    await rival.getByRole('heading', { name: 'The first account exists already' }).waitFor();
    await judge(rival);
  });
});

test('from elsewhere the first account wants the code that the start has printed; where everybody may, somebody signs up by a mailed link', async (t) => {
  const { url, env } = await openOwnProduct(t, { SOTTO_SIGN_UP: 'open' });
  await visit({ origin: url }, async (page, { allow, another, context }) => {
    // Through a proxy that Sotto was not told of.
    await context.setExtraHTTPHeaders({ 'x-forwarded-for': '198.51.100.7' });
    await page.goto('/welcome');
    await page.getByLabel('Code from the start of Sotto').fill('0000-0000-0000');
    await fillYou(page);
    await page.getByLabel('Name of the business').fill('Clinic South');
    await page.getByRole('button', { name: 'Continue' }).click();
    allow(/^console: 403 /);
    await page.getByRole('button', { name: 'Make my secretary' }).click();
    await page.getByRole('alert').getByText('The first run needs its code').waitFor();
    await judge(page);
    await page.getByRole('button', { name: 'Back to: You' }).click();
    await page.getByText('Type the code that Sotto printed', { exact: true }).waitFor();
    await context.setExtraHTTPHeaders({});
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Ben Carter');
    await page.getByLabel('Email address').fill('ben@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill(founder.password);
    await page.getByLabel('Name of the business').fill('Carter & Sons');
    await judge(page);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText('./sotto outbox').waitFor();
    await judge(page);
    const link = await mailed(env, 'ben@example.com');
    const begun = await another();
    await begun.goto(link);
    await begun.getByRole('button', { name: 'Begin' }).click();
    await begun.waitForURL((at) => at.pathname === '/');
    await begun.getByText('Carter & Sons').first().waitFor();
  });
});

/** The link in the newest mail to somebody, once it is there. */
async function mailed(env: Readonly<Record<string, string>>, to: string): Promise<string> {
  for (;;) {
    const mails = await sottoJson<readonly { readonly to: string; readonly text: string }[]>(env, 'outbox');
    const link = mails.find((mail) => mail.to === to && mail.text.includes('#'))?.text.match(/https?:\S+#\S+/)?.[0];
    if (link) return link;
  }
}

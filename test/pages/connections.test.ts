import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { openHttp, Personal, readConfig, seededRandom, systemClock } from '#base';
import { openExchange, type EmulatedNumber } from '#adapters/carriers';
import { ensureScreens } from '../../tools/web/build.ts';
import { aheadOf, visit, type Visitor } from '../browser.ts';
import { always } from '../edge.ts';
import { scaledClock } from '../scaled-clock.ts';
import { standInFor } from '../stand-in-model/talk.ts';
import { world } from '../world.ts';
import { openBusiness, signIn } from './business.ts';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';

const accountSid = `AC${'7'.repeat(32)}`;
const authToken = 'the-token-of-the-account';
const key = 'sk-the-key-of-the-business';

/** An owner in front of a business with nothing connected, and providers that speak their own protocols on loopback. */
async function withProviders(
  t: TestContext,
  numbers: readonly EmulatedNumber[],
  work: (page: Page, visitor: Visitor) => Promise<void>,
): Promise<void> {
  await ensureScreens();
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const account = { accountSid, authToken: new Personal(authToken) };
  const senses = { clock: systemClock, random: seededRandom('connections'), http };
  const exchange = await openExchange({ ...senses, origin: 'http://127.0.0.1:9', carrier: 'twilio', account, numbers });
  t.after(async () => {
    await exchange.close();
    await http.close();
  });
  const standIn = await standInFor(t, { key });
  const env = { SOTTO_TWILIO_BASE_URL: exchange.rest.url, SOTTO_OPENAI_BASE_URL: standIn.url };
  const clock = scaledClock(systemClock.now(), 1);
  const opened = await world(t, { clock, env, admit: always });
  const business = await openBusiness(opened, 'empty', '+15005550100');
  const session = await signIn(opened.ctx, business.members.owner, true);
  await visit({ origin: opened.url, session, aheadMs: aheadOf(clock) }, work);
}

test('a provider is connected, refused with what to do, mended, and disconnected with what that costs', async (t) => {
  const number = '+15005550006';
  await withProviders(t, [{ phoneNumber: number }], async (page) => {
    await page.goto('/connections');
    await page.getByRole('button', { name: 'Connect Twilio' }).click();
    await page.getByLabel('Account SID').fill(accountSid);
    await page.getByLabel('Auth token').fill('a-token-of-somebody-else');
    await page.getByRole('button', { name: 'Connect and test' }).click();
    await page.getByText('The provider does not know this secret').waitFor();
    await judge(page);
    await page.getByRole('button', { name: 'Replace secret' }).click();
    await page.getByLabel('Auth token').fill(authToken);
    await page.getByRole('button', { name: 'Replace and test' }).click();
    await page.getByText('The provider accepts it.').waitFor();
    await page.getByRole('button', { name: 'Add a number' }).click();
    await page.getByRole('textbox', { name: 'Number', exact: true }).fill('+1 500 555 0006');
    await page.getByRole('button', { name: 'Add and check' }).click();
    const line = page.getByRole('article', { name: number });
    await line.getByText('Does not ring here').waitFor();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    const dialog = page.getByRole('dialog', { name: 'Disconnect Twilio?' });
    await dialog.getByText(`Calls to ${number} are no longer answered.`).waitFor();
    await judge(page);
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await line.getByText('Account disconnected').waitFor();
  });
});

test('a number says what keeps its calls from arriving, and its addresses can be copied', async (t) => {
  const numbers = [{ phoneNumber: '+15005550006', trunkSid: 'TK1' }];
  await withProviders(t, numbers, async (page, { allow }) => {
    allow(/^console: 400 /);
    await page.goto('/connections?connect=twilio');
    await page.getByLabel('Account SID').fill(accountSid);
    await page.getByLabel('Auth token').fill(authToken);
    await page.getByRole('button', { name: 'Connect and test' }).click();
    await page.getByRole('button', { name: 'Add a number' }).click();
    await page.getByRole('textbox', { name: 'Number', exact: true }).fill('0800');
    await page.getByRole('button', { name: 'Add and check' }).click();
    await page.getByText('In international form, such as').waitFor();
    await page.getByRole('textbox', { name: 'Number', exact: true }).fill('+15005550006');
    await page.getByRole('button', { name: 'Add and check' }).click();
    const line = page.getByRole('article', { name: '+15005550006' });
    await line.getByText('not public, or not https').waitFor();
    await line.getByText('A SIP trunk or TwiML app takes its calls').waitFor();
    await page.reload();
    await line.getByRole('button', { name: 'Check' }).click();
    await line.getByText('A SIP trunk or TwiML app takes its calls').waitFor();
    await line.getByRole('button', { name: 'Addresses for the console' }).click();
    const address = line.getByRole('textbox', { name: 'A call comes in' });
    await becomes(async () => (await address.inputValue()).endsWith('/carriers/twilio/voice'), true);
    await judge(page);
    await line.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await line.waitFor({ state: 'detached' });
  });
});

test('with a key the secretary can speak, and the checklist knows', async (t) => {
  await withProviders(t, [], async (page) => {
    await page.goto('/setup');
    await page.getByText('Not connected yet.').first().waitFor();
    await page.getByRole('link', { name: 'Connect OpenAI' }).click();
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Connect and test' }).click();
    await page.getByText('The provider accepts it.').waitFor();
    await page.getByRole('link', { name: 'Secretary', exact: true }).click();
    await page.getByRole('radio', { name: /OpenAI/ }).click();
    await page.getByRole('radio', { name: /Live/ }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Calls that begin').waitFor();
    await page.getByRole('link', { name: 'Checklist' }).click();
    await page.getByText('Tested, and it works.').waitFor();
    await page.getByRole('button', { name: 'Put this list away' }).click();
    await page.getByText('This list was put away').waitFor();
    await page.getByRole('button', { name: 'Show it again' }).click();
    await page.getByText('Tested, and it works.').waitFor();
    await judge(page);
  });
});

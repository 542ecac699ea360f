import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { sql } from '#base';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Say something …' });
const listens = (page: Page) => page.getByText('Listening to you', { exact: true }).waitFor();

async function call(page: Page): Promise<void> {
  await page.goto('/call');
  await page.getByRole('button', { name: /^Call R/ }).click();
  await page.getByText('This is Robin, an AI assistant.').waitFor();
}

/** Types as soon as the secretary has asked. */
async function answers(page: Page, question: RegExp, words: string): Promise<void> {
  await page.getByRole('log').getByText(question).last().waitFor();
  await field(page).fill(words);
  await field(page).press('Enter');
}

test('somebody who has never called books an appointment by typing and sees it', async () => {
  const { ownBusiness } = await theStage();
  const business = await ownBusiness('empty');
  await onStage({ as: 'owner', of: business }, async (page) => {
    await call(page);
    await judge(page);
    await listens(page);
    await page.getByRole('button', { name: /next Tuesday at ten/ }).click();
    // The suggestion has gone; the keyboard goes on in the field, and after the call with what to do next.
    await field(page).and(page.locator(':focus')).waitFor();
    await page.getByText('Looked for a free time').waitFor();
    await answers(page, /your name/, 'Alex Sample');
    await answers(page, /reach you/, 'Yes, this number is fine.');
    await answers(page, /appointment for/, 'A cleaning.');
    await page.getByText('Booked an appointment').waitFor();
    await page.getByText('Median').waitFor();
    await judge(page);
    await answers(page, /anything else/, 'No, that is all. Goodbye.');
    await page.getByText(/Your secretary ended the call/).waitFor();
    await page
      .locator(':focus')
      .getByText(/Your secretary ended the call/)
      .waitFor();
    await page.getByText('See the booked appointment').waitFor();
    await page.getByText('Summary', { exact: true }).waitFor();
    await judge(page);
    await page.getByRole('link', { name: 'See the booked appointment' }).click();
    await page.getByText('Alex Sample').first().waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /^Call R/ }).waitFor();
  });
});

test('what is typed while the secretary speaks interrupts it, and what was not heard is told apart', async () => {
  const { ownBusiness } = await theStage();
  await onStage({ as: 'admin', of: await ownBusiness('empty'), width: 390, scheme: 'dark' }, async (page) => {
    await call(page);
    await listens(page);
    await page.getByRole('button', { name: 'What are your opening hours?' }).click();
    await page.getByText('Speaking', { exact: true }).waitFor();
    await field(page).fill('Stop, please.');
    await field(page).press('Enter');
    await page.getByText('not heard').first().waitFor();
    await judge(page);
    await page.getByRole('button', { name: '5', exact: true }).click();
    await page.getByText('pressed 5').waitFor();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText(/You hung up/).waitFor();
    await judge(page);
  });
});

test('a second tab says that there is a call in the first, and takes it over when told to', async () => {
  const { ownBusiness } = await theStage();
  await onStage({ as: 'owner', of: await ownBusiness('empty') }, async (page, { another }) => {
    await call(page);
    const second = await another();
    await second.goto('/call');
    await second.getByRole('button', { name: /^Call R/ }).click();
    await second.getByText('You are in a call already').waitFor();
    await judge(second);
    await second.getByRole('button', { name: 'Call here instead' }).click();
    await second.getByText('This is Robin, an AI assistant.').waitFor();
    await page.getByText('You went on in another tab.').waitFor();
  });
});

test('who is signed out in the middle of a call goes to sign in, and the call is over', async () => {
  const { ownBusiness, world } = await theStage();
  const business = await ownBusiness('empty');
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    allow(/^console: 401 /);
    await call(page);
    await page.evaluate(`fetch('/api/v1/sign-out', { method: 'POST' })`);
    await page.waitForURL(/\/sign-in\?next=%2Fcall/);
  });
  const running = sql`select id from app.calls where organisation_id = ${business.organisation} and state = 'live'`;
  assert.deepEqual(await world.ctx.db.tenant(business.organisation, (tx) => tx.rows(running)), []);
});

test('a call is held in the language of whoever reads, and everything about it is said in that', async () => {
  const { ownBusiness } = await theStage();
  await onStage({ as: 'owner', of: await ownBusiness('empty'), language: 'es-ES' }, async (page) => {
    await page.goto('/call');
    await page.getByRole('heading', { name: 'Llame a su secretaria' }).waitFor();
    await page.getByRole('button', { name: /^Llamar a/ }).click();
    await page.getByText('AI assistant').waitFor();
    await page.getByRole('button', { name: 'Colgar' }).click();
    await page.getByText(/Usted colgó/).waitFor();
    await judge(page);
  });
});

test('nobody is offered a call who may not make one', async () => {
  await onStage({ as: 'viewer' }, async (page, { allow }) => {
    allow(/^console: 403 /);
    await page.goto('/call');
    await page.locator('h1').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Call R/ }).count(), 0);
    await judge(page);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { loadClaims } from '#trust';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage } from './stage.ts';

const id = 'calls-are-summarised';

type Stated = { readonly id: string; readonly kind: string };

/** Every promise as the product tells it, but all are well; or one of them is broken. */
async function answering(page: Page, isBroken: boolean): Promise<void> {
  await page.route('**/trust/claims.json', async (route) => {
    const answer = await route.fetch().catch(() => undefined);
    // The page went away while it was asked.
    if (!answer) return;
    const told = (await answer.json()) as { readonly claims: readonly Stated[]; readonly at: string };
    const claims = told.claims.map((claim) => (claim.kind === 'proven' ? { ...claim, ...well(told.at) } : claim));
    const broken = { status: 'failing', why: 'the call ended and is not finished', since: told.at };
    const json = { ...told, claims: claims.map((one) => (isBroken && one.id === id ? { ...one, ...broken } : one)) };
    await route.fulfill({ response: answer, json });
  });
}

function well(at: string) {
  return { status: 'proven', checked: 12, why: '', at, since: at, canFail: true, seenFailingAt: at, tookMs: 12 };
}

test('a promise that is broken is the first thing on its page, in words, and shows on every other page', async () => {
  const claims = await loadClaims();
  const sentence = claims.find((claim) => claim.id === id)!.item.say;
  for (const width of [390, 1440]) {
    await onStage({ as: 'owner', width, scheme: width === 390 ? 'dark' : 'light' }, async (page) => {
      await answering(page, true);
      await page.goto('/promises');
      const alert = page.getByRole('alert');
      await alert.getByText('One promise is not being kept').waitFor();
      await alert.getByRole('link', { name: sentence.en }).waitFor();
      const card = page.locator(`#${id}`);
      await card.getByText('Broken', { exact: true }).waitFor();
      await card.getByText('the call ended and is not finished').waitFor();
      await card.getByText('Since').first().waitFor();
      await judge(page);
      await page.goto('/settings');
      if (width === 390) await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('link', { name: /Promises.*One promise is broken/ }).waitFor();
    });
  }
  await onStage({ as: 'viewer', language: 'es' }, async (page) => {
    await answering(page, true);
    await page.goto('/promises');
    await page.getByRole('alert').getByRole('link', { name: sentence.es }).waitFor();
  });
});

test('with nothing broken there is no alarm, and each promise opens by keyboard to all that is known of it', async () => {
  await onStage({ as: 'admin' }, async (page) => {
    await answering(page, false);
    await page.goto('/promises');
    await page.getByText('No check has found anything broken').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal(await page.getByText(/promises? (is|are) broken/).count(), 0);
    const head = page.locator(`#${id}`).getByRole('button');
    await head.focus();
    await page.keyboard.press('Enter');
    await page.getByText(`./sotto prove --only ${id}`).waitFor();
    await page.getByText('Seen failing on purpose', { exact: true }).waitFor();
    await judge(page);
    await page.getByText(/^Not claimed \d/).click();
    await page.waitForURL(/status=not-claimed/);
    await becomes(() => page.locator(`#${id}`).count(), 0);
    await page.reload();
    await page.getByText('We do not claim SOC 2').waitFor();
    assert.equal(await page.locator(`#${id}`).count(), 0);
  });
});

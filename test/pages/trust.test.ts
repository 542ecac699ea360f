import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadClaims } from '#trust';
import { keepEvidence } from '../../src/trust/evidence.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const broken = 'calls-are-summarised';

/** What the last look at every promise found: all well, or one of them broken. */
async function looked(isBroken: boolean): Promise<void> {
  const { ctx } = (await theStage()).world;
  for (const { id, item } of await loadClaims()) {
    if (item.kind !== 'proven') continue;
    const isFailing = isBroken && id === broken;
    await keepEvidence(ctx, {
      claim: id,
      status: isFailing ? 'failing' : 'proven',
      checked: 12,
      why: isFailing ? 'the call ended and is not finished (call:0198f000-0000-7000-8000-000000000001)' : '',
      canFail: true,
      at: ctx.clock.now(),
      tookMs: 12,
    });
  }
}

test('a promise that is broken is the first thing on its page, in words, and shows on every other page', async () => {
  const claims = await loadClaims();
  const sentence = claims.find(({ id }) => id === broken)!.item.say;
  await looked(true);
  try {
    for (const width of [390, 1440]) {
      await onStage({ as: 'owner', width, scheme: width === 390 ? 'dark' : 'light' }, async (page) => {
        await page.goto('/promises');
        const alert = page.getByRole('alert');
        await alert.getByText('One promise is not being kept').waitFor();
        await alert.getByRole('link', { name: sentence.en }).waitFor();
        const card = page.locator(`#${broken}`);
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
      await page.goto('/promises');
      await page.getByRole('alert').getByRole('link', { name: sentence.es }).waitFor();
    });
  } finally {
    await looked(false);
  }
});

test('with nothing broken there is no alarm, and each promise opens by keyboard to all that is known of it', async () => {
  await looked(false);
  await onStage({ as: 'admin' }, async (page) => {
    await page.goto('/promises');
    await page.getByText('No check has found anything broken').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal(await page.getByText(/promises? (is|are) broken/).count(), 0);
    const head = page.locator(`#${broken}`).getByRole('button');
    await head.focus();
    await page.keyboard.press('Enter');
    await page.getByText(`./sotto prove --only ${broken}`).waitFor();
    await page.getByText('Seen failing on purpose', { exact: true }).waitFor();
    await judge(page);
    await page.getByText(/^Not claimed \d/).click();
    await page.waitForURL(/status=not-claimed/);
    assert.equal(await page.locator(`#${broken}`).count(), 0);
    await page.reload();
    await page.getByText('SOC 2').waitFor();
    assert.equal(await page.locator(`#${broken}`).count(), 0);
  });
});

import { test } from 'node:test';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage } from './stage.ts';

test('the data map is readable by everybody, at every width, open and closed, in both languages', async () => {
  for (const language of ['en-US', 'es-ES'] as const) {
    for (const width of [390, 1280]) {
      const scheme = width === 390 ? 'dark' : 'light';
      await onStage({ as: 'owner', width, scheme, language }, async (page) => {
        await page.goto('/trust/data');
        await judge(page);
        await page.locator('main details > summary').first().click();
        await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
        await judge(page);
      });
    }
  }
});

test('it is a step away from the promises, and each way within it leads to its place', async () => {
  await onStage({ as: 'owner', width: 1280 }, async (page) => {
    await page.goto('/trust');
    const pages = page.getByRole('navigation', { name: 'Trust Center' });
    await pages.getByRole('link', { name: 'Data map' }).click();
    await page.getByRole('heading', { level: 1, name: 'What is kept here, whose it is, and how it ends' }).waitFor();
    await page.getByRole('link', { name: 'Recordings of calls', exact: true }).click();
    await becomes(() => new URL(page.url()).hash, '#recordings');
    await pages.getByRole('link', { name: 'Promises', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'What this installation promises, and what was seen' }).waitFor();
  });
});

import { test } from 'node:test';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

test('a week without appointments leads to the one that has the next', async () => {
  const business = await (await theStage()).ownBusiness('one');
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/appointments?week=2020-01-06');
    await page.getByText('Nothing this week').waitFor();
    await judge(page);
    await page.getByRole('link', { name: /^The next one: / }).click();
    await page.getByRole('button', { name: /Maria Lopez/ }).waitFor();
  });
});

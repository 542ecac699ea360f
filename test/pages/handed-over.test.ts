import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal } from '#base';
import { confirmHandOver, days, setKeeping, type Windows } from '#safeguards/retention';
import { becomes } from './becomes.ts';
import { judge, settled } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const windows: Windows = {
  recordings: days(30),
  calls: days(30),
  messages: days(30),
  people: days(30),
  leads: days(30),
  appointments: days(30),
};

test('a call that was handed over says so, with the last digits of its number and nothing else of the caller', async () => {
  const stage = await theStage();
  const business = await stage.ownBusiness('one');
  const { organisation } = business;
  const { ctx } = stage.world;
  const call = business.calls[0]!;
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    await page.goto(`/calls/${call}`);
    await settled(page);
    const names = page.getByText('Maria Lopez');
    await becomes(async () => (await names.count()) > 0, true);
    await ctx.db.tenant(organisation, async (tx) => {
      const given = { organisation, call, system: 'our-crm', reference: new Personal('R-1') };
      await setKeeping(ctx, tx, { organisation, choice: { preset: 'custom', windows, afterHandOver: 0 } });
      await confirmHandOver(ctx, tx, given);
    });
    await page.reload();
    await page.getByText(/^Handed over to our-crm on /).waitFor();
    await page.getByText(/all but the last digits of the number were deleted/).waitFor();
    assert.equal(await names.count(), 0);
    await becomes(() => page.getByText('••• ••• ').count(), 1);
    await judge(page);
    allow(/^console: 410 /);
    await page.getByRole('button', { name: /^Show the whole number/ }).click();
    await page.getByText('Only its last digits are left').waitFor();
    await page.goto('/messages');
    await settled(page);
    assert.equal(await names.count(), 0);
    await judge(page);
  });
});

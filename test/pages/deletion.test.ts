import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { Personal, sql } from '#base';
import { certificateSigner, isAbout, readCertificate } from '#safeguards/erasure';
import { becomes } from './becomes.ts';
import { callsOfAWeek } from './calls-of-a-week.ts';
import type { Business } from './business.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const looks = [
  { width: 1280, scheme: 'light' },
  { width: 390, scheme: 'dark' },
] as const;

const dialog = (page: Page) => page.getByRole('dialog');

/** Somebody who called, once or more often, and left their number. */
const caller = callsOfAWeek.find(({ from, lead, end }) => from !== undefined && lead !== undefined && end !== 'now')!;

async function callsFrom({ organisation }: Business): Promise<number> {
  const { ctx } = (await theStage()).world;
  const { n } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ n: number }>(sql`
      select count(*)::int as n from app.calls where organisation_id = ${organisation} and caller_number is not null`),
  );
  return n;
}

for (const look of looks) {
  const where = `${look.width} px, ${look.scheme}`;

  test(`a person is forgotten, with a certificate that fits the salt, at ${where}`, async () => {
    const of = await (await theStage()).ownBusiness('lively');
    const before = await callsFrom(of);
    await onStage({ as: 'owner', of, isFresh: true, ...look }, async (page, { allow }) => {
      await page.goto('/deletion');
      await page.getByText('Nobody has asked to be deleted yet').waitFor();
      const number = page.getByLabel('Their telephone number');
      const forget = page.getByRole('button', { name: 'Forget this person' });
      await number.fill('+1 500');
      await forget.click();
      await dialog(page).getByText('They can then never be contacted').waitFor();
      await judge(page);
      allow(/^console: 400 \/api\/v1\/erasures/);
      await dialog(page).getByRole('button', { name: 'Forget for good' }).click();
      await page.getByText('A whole telephone number, such as').waitFor();
      assert.equal(await callsFrom(of), before, 'nothing was deleted');

      await number.fill(caller.from!);
      await dialog(page).waitFor({ state: 'detached' });
      await forget.click();
      await dialog(page)
        .getByRole('heading', { name: `Forget ${caller.from}?` })
        .waitFor();
      await dialog(page).getByRole('button', { name: 'Forget for good' }).click();
      await page.getByText('Forgotten', { exact: true }).waitFor();
      await judge(page);
      assert.ok((await callsFrom(of)) < before, 'their calls are gone');

      const salt = await page.getByRole('textbox', { name: 'Salt' }).inputValue();
      const listed = page.getByRole('region', { name: 'Deletions on request' });
      await listed.getByText('A person', { exact: true }).waitFor();
      await listed.getByText(/asked by Ana Ortiz/).waitFor();
      const link = listed.getByRole('link', { name: /^Certificate: A person/ });
      const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
      assert.match(file.suggestedFilename(), /^deletion-[\w-]+\.txt$/);
      const answer = await page.request.get((await link.getAttribute('href'))!);
      assert.equal(answer.status(), 200);
      const { ctx } = (await theStage()).world;
      const read = readCertificate(await answer.body(), certificateSigner(ctx).vkey);
      assert.ok(read.isGood, 'it is signed');
      assert.ok(isAbout(read.text, new Personal(caller.from!), salt));

      // The number is in no address, and nothing of the page keeps it.
      assert.equal(await page.evaluate('location.search'), '');
      const kept = await page.evaluate<string>(
        `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])`,
      );
      assert.ok(!kept.includes(caller.from!));
      await page.getByRole('button', { name: 'Forget somebody else' }).click();
      await becomes(() => number.inputValue(), '');
    });
  });

  test(`a hold is asked for by one, approved by another, and lifted by two, at ${where}`, async () => {
    const of = await (await theStage()).ownBusiness('lively');
    await onStage({ as: 'owner', of, isFresh: true, ...look }, async (page, { allow }) => {
      await page.goto('/deletion');
      await page.getByText('Legal holds', { exact: true }).click();
      await page.getByText('Nothing is held').waitFor();
      await judge(page);
      await page.getByRole('button', { name: 'Ask for a hold' }).click();
      await dialog(page).getByLabel('Telephone number').fill('0142');
      await dialog(page).getByLabel('Reason').fill('Case 4711, Ortiz against Wu');
      await dialog(page).getByLabel('Ends after this day').fill(inDays(400));
      await judge(page);
      allow(/^console: 400 \/api\/v1\/holds/);
      await dialog(page).getByRole('button', { name: 'Ask for it' }).click();
      await dialog(page).getByText('A whole number with its country').waitFor();
      await dialog(page)
        .getByLabel('Telephone number')
        .fill(`${caller.from!.slice(0, 2)} (${caller.from!.slice(2, 5)}) ${caller.from!.slice(5)}`);
      await dialog(page).getByRole('button', { name: 'Ask for it' }).click();
      await page.getByText('Waits for approval').waitFor();
      await page.getByText('Case 4711, Ortiz against Wu').waitFor();
      await page.getByText('You asked for it; somebody else has to approve.').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Approve' }).isDisabled(), true);
      await page.getByText(/Ana Ortiz/).waitFor();
      await page.getByText(/\d calls?.* and one caller|one call.* and one caller/).waitFor();
      await judge(page);

      await onStage({ as: 'admin', of, isFresh: true, ...look }, async (other) => {
        await other.goto('/deletion?view=holds');
        await other.getByRole('button', { name: 'Approve' }).click();
        await judge(other);
        await dialog(other).getByRole('button', { name: 'Approve' }).click();
        await other.getByText('In force', { exact: true }).waitFor();
        await other.getByRole('button', { name: 'Lift' }).click();
        await dialog(other).getByText('It is over once a second person says so too').waitFor();
        await dialog(other).getByRole('button', { name: 'Lift' }).click();
        await other.getByText(/You asked to lift it/).waitFor();
        assert.equal(await other.getByRole('button', { name: 'Lift' }).isDisabled(), true);
        await judge(other);
      });

      // Whoever asked sees it by itself, and what is held waits.
      await page.getByText(/Ben Carter wants to lift it/).waitFor();
      await page.getByText('Deletions', { exact: true }).click();
      await page.getByLabel('Their telephone number').fill(caller.from!);
      await page.getByRole('button', { name: 'Forget this person' }).click();
      await dialog(page).getByRole('button', { name: 'Forget for good' }).click();
      await page.getByText('For the end of a legal hold.').first().waitFor();
      assert.equal(await page.getByRole('link', { name: /^Certificate/ }).count(), 0);
      await judge(page);
      await page.getByText('Legal holds', { exact: true }).click();
      await page.getByRole('button', { name: 'Lift' }).click();
      await dialog(page).getByText('You are the second to say so').waitFor();
      await dialog(page).getByRole('button', { name: 'Lift' }).click();
      await page.getByText('Lifted', { exact: true }).waitFor();
      await judge(page);
    });
  });

  test(`a call is deleted from its own page, with a certificate, at ${where}`, async () => {
    const of = await (await theStage()).ownBusiness('one');
    const [call] = of.calls;
    await onStage({ as: 'admin', of, isFresh: true, ...look }, async (page, { allow }) => {
      // Whoever is told that the call has changed before the answer is there looks for it once more.
      allow(/^console: 404 \/api\/v1\/calls\//);
      await page.goto(`/calls/${call}`);
      await page.getByRole('button', { name: 'Delete this call' }).click();
      await dialog(page).getByText('the message that was left').waitFor();
      await judge(page);
      await dialog(page).getByRole('button', { name: 'Delete for good' }).click();
      await page.getByText('The call is deleted. Its certificate stands under Deletion.').waitFor();
      await becomes(() => new URL(page.url()).pathname, '/calls');
      await page.goto('/deletion');
      await page.getByRole('link', { name: /^Certificate: A call/ }).waitFor();
      await judge(page);
    });
  });

  test(`an owner closes the account by its name and takes it back, which everybody sees, at ${where}`, async () => {
    const of = await (await theStage()).ownBusiness('empty');
    await onStage({ as: 'owner', of, isFresh: true, ...look }, async (page) => {
      await page.goto('/settings');
      const card = page.getByRole('region', { name: 'Close the account' });
      const name = card.getByLabel(/type what your business is called/);
      const close = card.getByRole('button', { name: 'Close the account' });
      await name.fill('riverside dental');
      assert.equal(await close.isDisabled(), true);
      await judge(page);
      await name.fill('Riverside Dental');
      await close.click();
      await card.getByText(/This account is being closed: everything is deleted on/).waitFor();
      await judge(page);
      await onStage({ as: 'viewer', of, ...look }, async (other) => {
        await other.goto('/settings');
        await other.getByText(/This account is being closed/).waitFor();
        assert.equal(await other.getByRole('button', { name: 'Take it back' }).count(), 0);
      });
      await card.getByRole('button', { name: 'Take it back' }).click();
      await name.waitFor();
      await becomes(() => name.inputValue(), '');
    });
  });
}

test('who has shown no second factor for a while is asked for it, and nothing is deleted before', async () => {
  const of = await (await theStage()).ownBusiness('one');
  const before = await callsFrom(of);
  await onStage({ as: 'owner', of }, async (page, { allow }) => {
    allow(/^console: 403 \/api\/v1\/erasures/);
    await page.goto('/deletion');
    await page.getByLabel('Their telephone number').fill(caller.from!);
    await page.getByRole('button', { name: 'Forget this person' }).click();
    await dialog(page).getByRole('button', { name: 'Forget for good' }).click();
    await page.getByRole('dialog').nth(1).waitFor();
    assert.equal(await callsFrom(of), before);
  });
});

test('who may not delete finds no way to', async () => {
  await onStage({ as: 'viewer' }, async (page) => {
    await page.goto('/settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Deletion' }).count(), 0);
    assert.equal(await page.getByRole('region', { name: 'Close the account' }).count(), 0);
    const address = `/calls/${(await (await theStage()).business('lively')).calls[1]}`;
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Delete this call' }).count(), 0);
  });
});

/** A day so many days from that of the test's clock, as a field wants it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
}

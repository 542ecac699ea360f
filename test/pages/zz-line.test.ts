import { test } from 'node:test';
import { onStage, theStage } from './stage.ts';

for (const [width, scheme] of [[1440,'light'],[390,'light'],[1440,'dark'],[390,'dark']] as const) {
  test(`shots ${width} ${scheme}`, async () => {
    const stage = await theStage();
    const business = await stage.ownBusiness('empty');
    await onStage({ as: 'owner', of: business, width, scheme }, async (page) => {
      const shot = (name: string) => page.screenshot({ path: `/work/tmp/line-shots/${name}-${width}-${scheme}.png`, fullPage: true });
      await page.goto('/call');
      await page.getByRole('button', { name: /^Call / }).last().waitFor();
      await shot('1-start');
      await page.getByRole('button', { name: /^Call R/ }).click();
      await page.getByText('AI assistant').waitFor();
      await page.waitForTimeout(1500);
      await shot('2-opening');
      await page.getByText('Listening to you').waitFor({ timeout: 20000 });
      const say = async (text: string) => { await page.getByLabel('Say something …').fill(text); await page.keyboard.press('Enter'); await page.waitForTimeout(700); await page.getByText('Listening to you').waitFor({ timeout: 30000 }); };
      await say('I’d like to book an appointment next Tuesday at ten.');
      await say('Alex Sample');
      await shot('3-middle');
      await page.getByLabel('Say something …').fill('Yes, this number is fine.'); await page.keyboard.press('Enter');
      await page.waitForTimeout(1600);
      await page.getByLabel('Say something …').fill('A cleaning.'); await page.keyboard.press('Enter');
      await page.waitForTimeout(2500);
      await shot('4-interrupted');
      await page.getByText('Listening to you').waitFor({ timeout: 30000 });
      await say('Yes, that is right.');
      await say('Yes, that is right.').catch(() => undefined);
      await shot('5-late');
      await page.getByRole('button', { name: 'Hang up' }).click();
      await page.getByText('You hung up').waitFor();
      await shot('6-after-at-once');
      await page.getByText('Summary', { exact: true }).waitFor({ timeout: 30000 });
      await shot('7-after');
    });
  });
}

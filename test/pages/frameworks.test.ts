import { test } from 'node:test';
import { languages } from '#trust';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage } from './stage.ts';

const paths = ['/trust/frameworks', '/trust/frameworks/dpdp', '/trust/controls', '/trust/permissions'];

test('laws and standards, controls and permissions are readable at every width, in every language', async () => {
  for (const [at, language] of languages.entries()) {
    const width = at % 2 === 0 ? 390 : 1440;
    await onStage({ as: 'owner', width, scheme: width === 390 ? 'dark' : 'light' }, async (page) => {
      for (const path of paths) {
        await page.goto(`${path}?lang=${language}`);
        await becomes(() => page.locator('html').getAttribute('lang'), language);
        await judge(page);
      }
    });
  }
});

test('by keyboard one comes from all laws to one, to lines that stand alike, and from a line to a promise behind it', async () => {
  await onStage({ as: 'owner', width: 1440 }, async (page) => {
    await page.goto('/trust/frameworks');
    await page.getByRole('link', { name: 'GDPR', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'GDPR' }).waitFor();
    await page.getByRole('link', { name: 'For people', exact: true }).focus();
    await page.keyboard.press('Enter');
    await becomes(() => new URL(page.url()).hash, '#people');
    const table = page.getByRole('region', { name: /^For people/ });
    await table.getByRole('rowheader', { name: /^6 / }).waitFor();
    await page.goto('/trust/frameworks/gdpr');
    await page.getByRole('link', { name: 'The audit log only grows' }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/trust\/claims\/audit-is-append-only$/);
  });
});

test('the matrix says in the accessibility tree of each role what it may', async () => {
  await onStage({ as: 'owner', width: 1440 }, async (page) => {
    await page.goto('/trust/permissions');
    const row = page.getByRole('row', { name: /team:write/ });
    await becomes(() => row.getByRole('cell').allInnerTexts(), ['all', 'all', 'no', 'no', 'yes']);
    const heads = page.getByRole('columnheader');
    await becomes(async () => (await heads.allInnerTexts()).slice(1, 5), ['Owner', 'Admin', 'Agent', 'Viewer']);
  });
});

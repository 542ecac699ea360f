import { test } from 'node:test';
import { pageRoutes } from '../../web/routes.ts';
import { becomes } from './becomes.ts';
import { addressOf } from './addresses.ts';
import { settled } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const forMembers = pageRoutes.filter(({ may }) => may !== 'all');

test('over a slow telephone network every page says at once that it is coming, and then comes', async () => {
  const business = await (await theStage()).business('lively');
  const paths = forMembers.flatMap(({ path }) => addressOf(path, business) ?? []);
  const [even, odd] = [0, 1].map((rest) => paths.filter((_, at) => at % 2 === rest));
  await Promise.all([even!, odd!].map((some) => visitSlowly(some)));
});

async function visitSlowly(paths: readonly string[]): Promise<void> {
  await onStage({ as: 'owner', width: 390 }, async (page, { context }) => {
    const session = await context.newCDPSession(page);
    // As bad as 3G: an answer takes 200 ms, and 80 kB come in a second.
    const network = { offline: false, latency: 200, downloadThroughput: 80_000, uploadThroughput: 30_000 };
    await page.goto('/account');
    await settled(page);
    await session.send('Network.emulateNetworkConditions', network);
    for (const path of paths) {
      await page.evaluate(`document.querySelector('h1')?.setAttribute('data-before', '')`);
      await page.goto(path);
      await page.locator('[aria-busy="true"], .mantine-Loader-root, h1:not([data-before])').first().waitFor();
      await settled(page);
    }
  });
}

test('a page that is asked for when the server does not answer says so, and comes when it does', async () => {
  await onStage({ as: 'owner' }, async (page, { allow }) => {
    allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/);
    await page.goto('/');
    await settled(page);
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.getByRole('navigation').getByRole('link', { name: 'Leads' }).click();
    await page.getByText('Sotto does not answer').waitFor();
    await page.unroute('**/api/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Toothache since Friday').first().waitFor();
    await becomes(() => new URL(page.url()).pathname, '/leads');
  });
});

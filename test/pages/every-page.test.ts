import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageRoutes, type PageRoute } from '../../web/routes.ts';
import { judge } from './judge.ts';
import type { Fill } from './business.ts';
import { onStage, theStage, type Guest } from './stage.ts';
import { addressOf } from './addresses.ts';

const looks = [390, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));

/** Opens a page and judges it. Somebody who is signed in has to stay where they asked to be. */
async function look({ path }: PageRoute, guest: Guest & { readonly of?: Fill | 'nobody' }): Promise<void> {
  const { of = 'lively' } = guest;
  const address = of === 'nobody' ? path : addressOf(path, await (await theStage()).business(of));
  if (address === undefined) return;
  await onStage(guest, async (page) => {
    await page.goto(address);
    await judge(page);
    if (guest.as) assert.equal(new URL(page.url()).pathname, address, 'it sent its owner elsewhere');
  });
}

const forMembers = pageRoutes.filter(({ may }) => may !== 'all');

for (const route of pageRoutes) {
  const who: Guest & { readonly of?: 'nobody' } =
    route.page === 'welcome' ? { of: 'nobody' } : route.may === 'all' ? {} : { as: 'owner' };
  test(`${route.path} can be used by everybody, on every screen, in light and in dark`, async () => {
    await Promise.all(looks.map((one) => look(route, { ...who, ...one })));
  });
}

for (const route of forMembers) {
  test(`${route.path} is as good with nothing in it, with one of everything, and in Spanish`, async () => {
    await Promise.all([
      look(route, { as: 'owner', of: 'empty', width: 390 }),
      look(route, { as: 'owner', of: 'one', width: 390 }),
      look(route, { as: 'owner', language: 'es-ES', width: 390 }),
    ]);
  });

  test(`${route.path} asks for nothing that whoever looks may not see, and says so instead`, async () => {
    await Promise.all((['admin', 'agent', 'viewer'] as const).map((as) => look(route, { as })));
  });

  test(`${route.path} bears 100,000 rows`, async () => {
    await look(route, { as: 'owner', of: 'many', width: 390 });
  });
}

test('there are pages', () => {
  assert.ok(pageRoutes.length > 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageRoutes, type PageRoute } from '../../web/routes.ts';
import { judge } from './judge.ts';
import { onStage, theStage, type Guest } from './stage.ts';
import { addressOf } from './addresses.ts';

const looks = [390, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));

/** Opens a page and judges it. It has to stay where it was asked for, unless it is for those who are not signed in. */
async function look(route: PageRoute, guest: Guest): Promise<void> {
  const stage = await theStage();
  const of = guest.of ?? 'lively';
  const business = typeof of === 'string' ? await stage.business(of) : of;
  const path = addressOf(route.path, business);
  if (path === undefined) return;
  await onStage({ ...guest, of: business }, async (page) => {
    await page.goto(path);
    await judge(page);
    if (guest.as) assert.equal(new URL(page.url()).pathname, path, 'it sent its owner elsewhere');
  });
}

for (const route of pageRoutes) {
  const as = route.may === 'all' ? {} : ({ as: 'owner' } as const);
  test(`${route.path} can be used by everybody, on every screen, in light and in dark`, async () => {
    await Promise.all(looks.map((one) => look(route, { ...as, ...one })));
  });
  if (route.may !== 'all') {
    test(`${route.path} is as good with nothing in it, and with one of everything`, async () => {
      await Promise.all((['empty', 'one'] as const).map((of) => look(route, { as: 'owner', of, width: 390 })));
    });
  }
}

test('there are pages', () => {
  assert.ok(pageRoutes.length > 0);
});

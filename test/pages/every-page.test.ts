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
    if (guest.as) assert.equal(await page.evaluate('location.pathname'), address, 'it sent its owner elsewhere');
  });
}

/** Looks as all of them at once, and tells of every one that fails. */
async function lookAs(route: PageRoute, guests: readonly Parameters<typeof look>[1][]): Promise<void> {
  const looked = await Promise.allSettled(guests.map((guest) => look(route, guest)));
  const failed = looked.flatMap((one, at) =>
    one.status === 'rejected' ? [`${JSON.stringify(guests[at])}: ${(one.reason as Error).message}`] : [],
  );
  if (failed.length > 0) throw new Error(failed.join('\n\n'));
}

const forMembers = pageRoutes.filter(({ may }) => may !== 'all');

for (const route of pageRoutes) {
  const who: Guest & { readonly of?: 'nobody' } =
    route.page === 'welcome' ? { of: 'nobody' } : route.may === 'all' ? {} : { as: 'owner' };
  test(`${route.path} can be used by everybody, on every screen, in light and in dark`, async () => {
    await lookAs(
      route,
      looks.map((one) => ({ ...who, ...one })),
    );
  });
}

for (const route of forMembers) {
  test(`${route.path} is as good with nothing in it, with one of everything, and in Spanish`, async () => {
    await lookAs(route, [
      { as: 'owner', of: 'empty', width: 390 },
      { as: 'owner', of: 'one', width: 390 },
      { as: 'owner', language: 'es-ES', width: 390 },
    ]);
  });

  test(`${route.path} asks for nothing that whoever looks may not see, and says so instead`, async () => {
    await lookAs(route, [{ as: 'admin' }, { as: 'agent' }, { as: 'viewer' }]);
  });

  test(`${route.path} bears 100,000 rows`, async () => {
    await look(route, { as: 'owner', of: 'many', width: 390 });
  });
}

test('there are pages', () => {
  assert.ok(pageRoutes.length > 0);
});

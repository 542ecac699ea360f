import type { Page } from 'playwright-core';
import { addMember } from '../../test/pages/business.ts';
import { theStage, type Guest } from '../../test/pages/stage.ts';

/** What makes a page's picture worth looking at. */
export type Scene = {
  /** What stands behind the address. */
  readonly fragment?: string;
  /** Who looks, in place of whoever usually does. */
  readonly guest?: () => Promise<Pick<Guest, 'as' | 'of'>>;
  /** What they do before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
};

/** Looked at only: the token of a mailed link is used by the page's button. */
const token = `#${'a'.repeat(43)}`;
const nobodyYet = async () => ({ of: 'nobody' }) as const;

export const scenes: Readonly<Record<string, Scene>> = {
  '/welcome': { guest: nobodyYet },
  '/sign-up': { guest: nobodyYet },
  '/sign-in/link': { fragment: token },
  '/sign-up/link': { fragment: token },
  '/invitation': { fragment: token },
  '/call': { guest: colleague, act: calling },
};

/** Somebody new of the lively business: one person is in one call at a time. */
async function colleague(): Promise<Pick<Guest, 'as' | 'of'>> {
  const stage = await theStage();
  const business = await stage.business('lively');
  const owner = await addMember(stage.world.ctx, business.organisation, { role: 'owner', name: 'Ana Ortiz' });
  return { as: 'owner', of: { ...business, members: { ...business.members, owner } } };
}

async function calling(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Call R/ }).click();
  await page.getByText('Listening to you', { exact: true }).waitFor();
  await page.getByRole('button', { name: /next Tuesday at ten/ }).click();
  await page.getByText('Looked for a free time').waitFor();
  await page
    .getByRole('log')
    .getByText(/your name/)
    .waitFor();
}

import { join } from 'node:path';
import { addressOf } from '../../test/pages/addresses.ts';
import type { Fill } from '../../test/pages/business.ts';
import { settled } from '../../test/pages/judge.ts';
import { onStage, theStage, type Guest } from '../../test/pages/stage.ts';
import { scenes } from './scenes.ts';

/** How a page is looked at. */
export type Look = { readonly width: number; readonly scheme: 'light' | 'dark' };

export const looks: readonly Look[] = [1440, 390].flatMap((width) => [
  { width, scheme: 'light' },
  { width, scheme: 'dark' },
]);

export type Wanted = {
  readonly name: string;
  readonly path: string;
  readonly guest: Guest & { readonly of?: Fill | 'nobody' };
};

export type Shot = {
  readonly name: string;
  readonly path: string;
  readonly look: Look;
  /** What the window shows, as a PNG. */
  readonly picture: Buffer;
  /** What went wrong in the page meanwhile. */
  readonly wrong: string | undefined;
};

/** Takes the picture of a whole page into the folder, and that of its window; nothing where the business has no such page. */
export async function take(
  { name, path, guest, look }: Wanted & { readonly look: Look },
  folder: string,
): Promise<Shot[]> {
  const { fragment = '', act = async () => {}, ...scene } = scenes[path] ?? {};
  const address =
    guest.of === 'nobody' ? path : addressOf(path, await (await theStage()).business(guest.of ?? 'lively'));
  if (address === undefined) return [];
  return onStage({ ...guest, ...(await scene.guest?.()), ...look }, async (page, { wrongs, allow }) => {
    page.setDefaultTimeout(8_000);
    await page.goto(address + fragment);
    const failed = await settled(page)
      .then(() => act(page))
      .then(
        () => [],
        (error: unknown) => [String(error).split('\n')[0]!],
      );
    // Fonts swap in when they have come.
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    const picture = await page.screenshot();
    await page.screenshot({ path: join(folder, `${name}-${look.width}-${look.scheme}.png`), fullPage: true });
    const wrong = [...failed, ...wrongs].map((one) => `${name} at ${look.width} px, ${look.scheme}: ${one}`).join('\n');
    allow(/./);
    return [{ name, path, look, picture, wrong: wrong || undefined }];
  });
}

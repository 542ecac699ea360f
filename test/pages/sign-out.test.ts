import { test } from 'node:test';
import { judge, settled } from './judge.ts';
import { onStage } from './stage.ts';

test('whoever could not be signed out is told so and stays, and can sign out as soon as Sotto answers again', async () => {
  await onStage({ as: 'viewer' }, async (page, { allow }) => {
    await page.goto('/');
    await settled(page);
    await page.route('**/api/v1/sign-out', (request) => request.abort());
    allow(/^console: .*sign-out/);
    const signOut = async () => {
      await page.getByRole('button', { name: 'Your account' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
    };
    await signOut();
    await page
      .getByText(/The connection is gone or the server is starting/)
      .first()
      .waitFor();
    await judge(page);
    await page.unroute('**/api/v1/sign-out');
    await signOut();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

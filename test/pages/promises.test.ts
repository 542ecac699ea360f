import { test } from 'node:test';
import pg from 'pg';
import { loadClaims } from '#trust';
import type { TestDatabase } from '../cluster.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const id = 'no-organisation-sees-another';

async function asAdmin(database: TestDatabase, statement: string): Promise<void> {
  const client = new pg.Client(database.admin());
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

test('a promise that is broken in the database stands red on its page, without a reload, and is kept again once it is mended', async () => {
  const { world } = await theStage();
  const sentence = (await loadClaims()).find((claim) => claim.id === id)!.item.say.en;
  await world.app.proveNow([id]);
  await onStage({ as: 'owner' }, async (page) => {
    await page.goto('/promises');
    const card = page.locator(`#${id}`);
    await card.getByText('Proven', { exact: true }).waitFor();
    try {
      await asAdmin(world.database, 'alter table app.messages no force row level security');
      await world.app.proveNow([id]);
      await card.getByText('Broken', { exact: true }).waitFor();
      await page.getByRole('alert').getByRole('link', { name: sentence }).waitFor();
      await card
        .getByText(/messages/)
        .first()
        .waitFor();
      await judge(page);
    } finally {
      await asAdmin(world.database, 'alter table app.messages force row level security');
    }
    await world.app.proveNow([id]);
    await card.getByText('Proven', { exact: true }).waitFor();
    await page.getByRole('alert').getByRole('link', { name: sentence }).waitFor({ state: 'detached' });
  });
});

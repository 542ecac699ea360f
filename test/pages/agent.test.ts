import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { saveAgent, loadAgent, type Agent } from '#secretary/agent';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';
import type { Business } from './business.ts';

async function saved({ organisation, agent }: Business): Promise<Agent> {
  const { world } = await theStage();
  return world.ctx.db.tenant(organisation, (tx) => loadAgent(tx, organisation, agent));
}

/** As if a colleague had saved it in another window. */
async function meanwhile(business: Business, change: Partial<Agent>): Promise<void> {
  const { world } = await theStage();
  const before = await saved(business);
  await world.ctx.db.tenant(business.organisation, (tx) => saveAgent(world.ctx, tx, { ...before, ...change }));
}

const own = async () => (await theStage()).ownBusiness('empty');

test('a greeting is heard while it is written, and kept when it is saved', async () => {
  const business = await own();
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/agent');
    const preview = page.getByRole('region', { name: 'What callers hear first' });
    await preview.getByText('This is Robin, an AI assistant.').waitFor();
    await page.getByLabel('Greeting').fill('What can I do for you?');
    await preview.getByText('“What can I do for you?”').waitFor();
    await preview.getByText('With your unsaved changes.').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nora');
    await preview.getByText('This is Nora, an AI assistant.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Calls that begin from now on are led so.').waitFor();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await judge(page);
  });
  const { greeting, name } = await saved(business);
  assert.deepEqual([name, greeting], ['Nora', 'What can I do for you?']);
});

test('hours, answers and the number of a person are written down as they are typed', async () => {
  const business = await own();
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/agent');
    await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
    await page.getByLabel('Saturday, opens, 1').fill('10:00');
    await page.getByLabel('Saturday, closes, 1').fill('00:00');
    await page.getByRole('button', { name: 'Remove hours 1 on Friday' }).click();
    await page.getByRole('button', { name: 'Add an answer' }).click();
    await page.getByLabel('When they ask about').last().fill('dogs');
    await page.getByLabel('Answer', { exact: true }).last().fill('Dogs may come in.');
    await page.getByLabel('Telephone number').fill('+1 500 555-0042');
    await page.getByLabel('Press keys').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Calls that begin').waitFor();
  });
  const agent = await saved(business);
  assert.deepEqual([agent.hours.sat, agent.hours.fri], [[{ from: '10:00', to: '24:00' }], []]);
  assert.deepEqual(agent.facts.at(-1), { about: 'dogs', answer: 'Dogs may come in.' });
  assert.deepEqual([agent.transferTo, agent.tools], ['+15005550042', ['press-keys']]);
});

test('every mistake stands at its field, and nothing is lost by it', async () => {
  const business = await own();
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    allow(/^console: 400 /);
    await page.goto('/agent');
    await page.getByRole('textbox', { name: 'Name' }).fill('');
    await page.getByLabel('Telephone number').fill('0800');
    await page.getByLabel('Monday, closes, 1').fill('08:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('3 fields need another look').waitFor();
    for (const words of [
      'Between 1 and 80 characters.',
      'Each stretch ends after it begins',
      'In international form',
    ]) {
      await page.getByText(words).waitFor();
    }
    await page.getByText('The preview goes on when the marked fields are right.').waitFor();
    await judge(page);
    await page.getByRole('button', { name: 'Discard' }).click();
    await becomes(() => page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Robin');
  });
});

test('two who write at once see both versions, and what they do not disagree on is kept of both', async () => {
  const business = await own();
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    allow(/^console: 412 /);
    await page.goto('/agent');
    await page.getByLabel('Greeting').fill('Mine.');
    await meanwhile(business, { greeting: 'Theirs.', visitMinutes: 45 });
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' });
    await dialog.getByText('Theirs.').waitFor();
    await dialog.getByText('Mine.').waitFor();
    await judge(page);
    await dialog.getByRole('button', { name: 'Keep mine, then look again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Calls that begin').waitFor();
  });
  const { greeting, visitMinutes } = await saved(business);
  assert.deepEqual([greeting, visitMinutes], ['Mine.', 45]);
});

test('who wrote something else than the other is not asked', async () => {
  const business = await own();
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    allow(/^console: 412 /);
    await page.goto('/agent');
    await page.getByLabel('Greeting').fill('Mine.');
    await meanwhile(business, { visitMinutes: 45 });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Calls that begin').waitFor();
  });
  const { greeting, visitMinutes } = await saved(business);
  assert.deepEqual([greeting, visitMinutes], ['Mine.', 45]);
});

test('a page with unsaved changes is not left by mistake', async () => {
  const business = await own();
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/agent');
    await page.getByLabel('Greeting').fill('Not saved.');
    await page.getByRole('link', { name: 'Connections' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'detached' });
    await becomes(() => page.getByLabel('Greeting').inputValue(), 'Not saved.');
    await page.getByRole('link', { name: 'Connections' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  });
});

test('who may not change the secretary sees it, and cannot type', async () => {
  await onStage({ as: 'viewer', of: 'one' }, async (page) => {
    await page.goto('/agent');
    await page.getByText('Owners and admins can change it.').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).isDisabled(), true);
    assert.equal(await page.getByRole('button', { name: 'Add an answer' }).count(), 0);
  });
});

test('where the law demands it the disclosure cannot be switched off, and the preview names the law', async () => {
  const business = await own();
  const { world } = await theStage();
  const { organisation } = business;
  await world.ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`update app.organisations set region = 'ES' where id = ${organisation}`),
  );
  await meanwhile(business, { discloseAi: false });
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/agent');
    await page.getByText('The law in Spain demands it').waitFor();
    assert.equal(await page.getByLabel('Say that it is an AI').isDisabled(), true);
    await page.getByText('Regulation (EU) 2024/1689').waitFor();
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, sql, type Id, type Tx } from '#base';
import { openObjects } from '#adapters/objects';
import { listEntries } from '#safeguards/audit';
import { setPurposes } from '#safeguards/retention';
import { sealer } from '#safeguards/vault';
import { beginRecording, endRecording } from '#secretary/recordings';
import { openRecorder } from '../../src/media/recording/recorder.ts';
import { becomes } from './becomes.ts';
import type { Business } from './business.ts';
import { judge, settled } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const inside = async <T>({ organisation }: Business, work: (tx: Tx) => Promise<T>): Promise<T> =>
  (await theStage()).world.ctx.db.tenant(organisation, work);

/** What the audit log says was done in a business, newest first. */
async function done(business: Business): Promise<readonly string[]> {
  const { ctx } = (await theStage()).world;
  const { items } = await inside(business, (tx) => listEntries(ctx, tx, business.organisation, { limit: 100 }));
  return items.map(({ action, object }) => `${action} ${object ?? ''}`);
}

test('what narrows the list of calls down stands in the address, and is there after a reload', async () => {
  await onStage({ as: 'owner' }, async (page) => {
    await page.goto('/calls');
    await settled(page);
    const rows = page.locator('main li a');
    const all = await rows.count();
    await page.getByRole('combobox', { name: 'What came of it' }).click();
    await page.getByRole('option', { name: 'Message taken' }).click();
    await page.waitForURL(/outcome=message-taken/);
    await page.getByText('Grace Kim', { exact: true }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Tom Becker', { exact: true }).waitFor();
    await becomes(async () => (await rows.count()) < all, true);
    assert.equal(await page.getByText('Grace Kim').count(), 0);
    await judge(page);
    await page.getByLabel('From', { exact: true }).fill('2099-01-01');
    await page.getByText('No call fits').waitFor();
    await judge(page);
    await page.getByRole('main').getByRole('link', { name: 'Clear filters' }).first().click();
    await page.getByText('Grace Kim', { exact: true }).waitFor();
    await becomes(() => new URL(page.url()).search, '');
  });
});

test('among a hundred thousand calls one goes on page by page, and going back goes back', async () => {
  await onStage({ as: 'owner', of: 'many' }, async (page) => {
    await page.goto('/calls');
    await page.getByRole('link', { name: 'Older' }).click();
    await page.waitForURL(/before=/);
    await settled(page);
    const second = page.url();
    await page.getByRole('link', { name: 'Older' }).click();
    await page.waitForURL((url) => url.href !== second && url.search.includes('before='));
    await settled(page);
    await judge(page);
    await page.goBack();
    await page.waitForURL(second);
    await page.getByRole('link', { name: 'Newest' }).click();
    await page.waitForURL((url) => !url.search.includes('before='));
    await page.getByRole('main').getByText('Maria Lopez', { exact: true }).first().waitFor();
  });
});

test('a number is hidden until somebody asks for it, and then the audit log says who did', async () => {
  const business = await (await theStage()).ownBusiness('one');
  const [call] = business.calls;
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto(`/calls/${call}`);
    await settled(page);
    assert.ok(!(await page.content()).includes('5550147'));
    await page
      .getByRole('main')
      .getByRole('button', { name: /Show the whole number/ })
      .first()
      .click();
    await page.getByText('+12075550147').waitFor();
    await judge(page);
  });
  assert.ok((await done(business)).includes(`number.revealed call:${call}`));
});

test('a message that somebody has seen to leaves the pile, and can be put back', async () => {
  const business = await (await theStage()).ownBusiness('lively');
  await onStage({ as: 'admin', of: business }, async (page) => {
    await page.goto('/messages');
    await page.getByRole('button', { name: 'Done: message of Tom Becker' }).click();
    await page.getByText('Tom Becker', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText('Done', { exact: true }).first().click();
    await page.waitForURL(/show=done/);
    await page.getByRole('button', { name: 'Not done yet: message of Tom Becker' }).click();
    await page.getByText('Nothing is done yet').waitFor();
    await judge(page);
    await page.goto('/messages');
    await page.getByText('Tom Becker', { exact: true }).waitFor();
  });
});

test('where a lead stands is changed in its row, and the first page counts it no more', async () => {
  const business = await (await theStage()).ownBusiness('one');
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/');
    await page.getByRole('link', { name: /New leads\s*1/ }).click();
    await page.waitForURL(/\/leads\?status=new/);
    await page.getByLabel(/Where it stands with/).selectOption({ label: 'Contacted' });
    await page.getByText('No new leads').waitFor();
    await judge(page);
    await page.goto('/');
    await page.getByRole('link', { name: /New leads\s*0/ }).waitFor();
  });
});

/** A call that is over and nobody's own. */
async function nobodys(business: Business): Promise<Id> {
  const { id } = await inside(business, (tx) =>
    tx.one<{ id: Id }>(sql`
      select id from app.calls
      where organisation_id = ${business.organisation} and assigned_to is null and state = 'ended'
      order by started_at desc limit 1`),
  );
  return id;
}

test('a call is assigned to somebody, who then sees it', async () => {
  const business = await (await theStage()).ownBusiness('lively');
  const call = await nobodys(business);
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto(`/calls/${call}`);
    const card = page.getByRole('region', { name: 'Whose call' });
    await card.getByRole('combobox', { name: 'Assigned to' }).click();
    await page.getByRole('option', { name: 'Chloe Martin' }).click();
    await page.getByRole('main').getByRole('combobox', { name: 'Assigned to' }).waitFor();
    await judge(page);
  });
  await onStage({ as: 'agent', of: business }, async (page) => {
    await page.goto(`/calls/${call}`);
    await page.getByText('This call is yours.').waitFor();
    await judge(page);
  });
});

/** Writes one more thing that was said in a call that goes on, as a step of the call does. */
async function goesOn(business: Business, call: Id, said: { seq: number; by: string; meant: string; heard?: string }) {
  const { ctx } = (await theStage()).world;
  const { organisation } = business;
  const seals = await sealer(ctx, { organisation, kind: 'call', id: call });
  const sealed = (column: string, text: string | undefined) =>
    text === undefined ? null : seals({ table: 'call_entries', row: `${call}/${said.seq}`, column }, text);
  await inside(business, async (tx) => {
    await tx.run(sql`
      insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard)
      values (${organisation}, ${call}, ${said.seq}, ${iso(ctx.clock.now())}, ${said.by}, 'speech',
        ${sealed('meant', said.meant)}, ${sealed('heard', said.heard)})`);
    tx.tell(`call:${call}`);
  });
}

test('a call is followed as it happens, and what was not heard is told apart', async () => {
  const business = await (await theStage()).ownBusiness('one');
  const call = business.calls[0]!;
  await inside(business, (tx) =>
    tx.run(sql`
      update app.calls set state = 'live', ended_at = null, end_reason = null, outcome = null, summary = null
      where organisation_id = ${business.organisation} and id = ${call}`),
  );
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto(`/calls/${call}`);
    await page.getByText('As it happens').waitFor();
    await goesOn(business, call, { seq: 90, by: 'caller', meant: '', heard: 'Do you have parking?' });
    await page.getByText('Do you have parking?').waitFor();
    const meant = 'Yes, behind the building, and it is free.';
    await goesOn(business, call, { seq: 91, by: 'agent', meant, heard: 'Yes, behind the building' });
    await page.getByText('interrupted here; the rest was not heard').waitFor();
    await becomes(() => page.locator('s').last().textContent(), ', and it is free.');
    await judge(page);
  });
});

/** Records a second of a call, as the line does. */
async function record(business: Business, call: Id): Promise<void> {
  const { ctx } = (await theStage()).world;
  const { organisation, agent } = business;
  const name = { organisation, id: call, turn: 1 };
  const plan = await inside(business, async (tx) => {
    await setPurposes(ctx, tx, { organisation, agreed: ['messages', 'appointments', 'leads', 'recordings'] });
    await tx.run(sql`update app.agents set record = true where organisation_id = ${organisation} and id = ${agent}`);
    return beginRecording(ctx, tx, name);
  });
  assert.ok(plan);
  const recorder = openRecorder({ ...ctx, objects: await openObjects(ctx) }, plan);
  recorder.announced(0);
  for (let at = 0; at < 60; at += 1) recorder.caller(Buffer.alloc(160, 0x40).toString('base64'), at * 20);
  const told = await recorder.finish(1_200);
  assert.ok(told);
  await inside(business, (tx) => endRecording(ctx, tx, name, told));
}

test('a recording is played where there is one, and that somebody listened is written down', async () => {
  const business = await (await theStage()).ownBusiness('one');
  const call = business.calls[0]!;
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto(`/calls/${call}`);
    await settled(page);
    assert.equal(await page.getByRole('region', { name: 'Recording' }).count(), 0);
    await record(business, call);
    await page.reload();
    await page.getByRole('button', { name: 'Play (0:01)' }).click();
    const player = page.getByLabel('Recording of the call');
    await player.waitFor();
    await player.evaluate(
      (audio) =>
        new Promise<void>((resolve, reject) => {
          const { readyState } = audio as unknown as { readyState: number };
          if (readyState >= 1) return resolve();
          audio.addEventListener('loadedmetadata', () => resolve());
          audio.addEventListener('error', () => reject(new Error('it does not play')));
        }),
    );
    await judge(page);
  });
  assert.ok((await done(business)).includes(`recording.played call:${call}`));
});

test('the diary goes from week to week, and shows all of an appointment with its call', async () => {
  const business = await (await theStage()).ownBusiness('one');
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/appointments');
    await page.getByRole('button', { name: /Maria Lopez/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Toothache, upper left').waitFor();
    await judge(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Next week' }).click();
    await page.waitForURL(/week=\d{4}-\d\d-\d\d/);
    await page.getByText('Nothing this week').waitFor();
    await judge(page);
    await page.getByRole('link', { name: 'This week' }).click();
    await page.getByRole('button', { name: /Maria Lopez/ }).waitFor();
    await page.getByText('List', { exact: true }).click();
    await page.waitForURL(/view=list/);
    await page.getByRole('main').getByRole('link', { name: 'The call' }).click();
    await page.getByRole('heading', { level: 1, name: 'Maria Lopez' }).waitFor();
  });
});

test('a call that is not there, or not theirs, is said to be gone', async () => {
  const foreign = await nobodys(await (await theStage()).business('lively'));
  await onStage({ as: 'agent' }, async (page, { allow }) => {
    allow(/^console: 404 /);
    await page.goto(`/calls/${foreign}`);
    await page.getByText('There is no such call').waitFor();
    await judge(page);
  });
});

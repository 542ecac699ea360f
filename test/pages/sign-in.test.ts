import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { authenticatorApp } from '../authenticator-app.ts';
import { openVisitor, startBrowser } from '../browser.ts';
import { becomes } from './becomes.ts';
import { signIn, type Business } from './business.ts';
import { judge, judgeNow } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const password = 'seven grey herons wading';

const card = (page: Page, name: string) => page.getByRole('region', { name });

/** Sets the first password, as can be done for ten minutes after a sign-in by link. */
async function setPassword(page: Page, allow: (pattern: RegExp) => void): Promise<void> {
  allow(/^console: 400 /);
  await page.goto('/account');
  const sheet = card(page, 'Password');
  await sheet.getByLabel('New password').fill('too short');
  await sheet.getByRole('button', { name: 'Set a password' }).click();
  await sheet.getByText('Must have at least 12 characters').waitFor();
  await sheet.getByLabel('New password').fill(password);
  await sheet.getByRole('button', { name: 'Set a password' }).click();
  await sheet.getByText('The password was changed').waitFor();
}

/** Sets up an authenticator app and keeps the codes that come with it. */
async function setUpApp(page: Page) {
  await card(page, 'Second factor').getByRole('button', { name: 'Set up an app' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up an app' });
  await dialog.getByRole('img', { name: 'Scan this with the app' }).waitFor();
  const app = authenticatorApp((await dialog.getByLabel('Secret').innerText()).replaceAll(/\s/g, ''));
  const { clock } = (await theStage()).world;
  const used = new Set<string>();
  // One that was not shown yet: each counts once, and the clocks of telephones differ by half a minute.
  const code = () => {
    const fresh = [-1, 0, 1].map((step) => app.code(clock.now() + step * 30_000)).find((one) => !used.has(one));
    used.add(fresh ?? '');
    return fresh ?? '';
  };
  await dialog.getByLabel('Then type the code it shows').fill(code());
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const kept = page.getByRole('dialog', { name: 'Keep these ten codes' });
  await kept.getByRole('listitem').last().waitFor();
  const codes = await kept.getByRole('listitem').allInnerTexts();
  await judge(page);
  await kept.getByRole('button', { name: 'I have kept them' }).click();
  await kept.waitFor({ state: 'hidden' });
  return { code, codes };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function giveBoth(page: Page, email: string, shown = password): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(shown);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function ownBusiness(): Promise<Business> {
  return (await theStage()).ownBusiness('empty');
}

test('who is sent to sign in comes back to where they were, with what stood in the address', async () => {
  const business = await ownBusiness();
  const { email } = business.members.owner;
  await onStage({ as: 'owner', of: business }, async (page, { allow, context }) => {
    await setPassword(page, allow);
    await context.clearCookies();
    allow(/^console: 401 /);
    await page.goto('/calls?outcome=transferred');
    await page.waitForURL(/\/sign-in\?next=/);
    await judge(page);
    await giveBoth(page, email, 'another one altogether');
    await page.getByRole('alert').getByText('Address or password is wrong').waitFor();
    await judge(page);
    await giveBoth(page, email);
    await page.waitForURL((url) => url.pathname === '/calls' && url.search === '?outcome=transferred');
  });
});

test('what stands behind next leads nowhere else', async () => {
  const business = await ownBusiness();
  const { email } = business.members.owner;
  await onStage({ as: 'owner', of: business }, async (page, { allow, context }) => {
    await setPassword(page, allow);
    for (const next of ['//evil.example/a', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)']) {
      // Left first: a page that is still asking would be told 401.
      await page.goto('about:blank');
      await context.clearCookies();
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await giveBoth(page, email);
      await page.waitForURL((url) => url.pathname === '/' && url.host === new URL(page.url()).host);
      await page.getByText('Riverside Dental').first().waitFor();
    }
  });
});

test('a second factor is asked for at the next sign-in: the app’s code, or a recovery code, each once', async () => {
  const business = await ownBusiness();
  const { email } = business.members.owner;
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    await setPassword(page, allow);
    const { code, codes } = await setUpApp(page);
    assert.equal(new Set(codes).size, 10);
    await card(page, 'Second factor').getByText('10 are left.').waitFor();
    await signOut(page);
    await giveBoth(page, email);
    await page.getByRole('heading', { name: 'One more thing' }).waitFor();
    await judge(page);
    allow(/^console: 401 /);
    await page.getByLabel('Six-digit code').fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Six-digit code').fill(code());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await signOut(page);
    await giveBoth(page, email);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[0]!);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/account');
    await card(page, 'Second factor').getByText('9 are left.').waitFor();
  });
});

/** Moves what the sessions of an owner rest on into the past. */
async function longAgo({ members }: Business, column: 'fresh' | 'begun'): Promise<void> {
  const { ctx } = (await theStage()).world;
  const earlier = sql`interval '11 minutes'`;
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(
      column === 'fresh'
        ? sql`update app.sessions set fresh_at = fresh_at - ${earlier} where identity_id = ${members.owner.identity}`
        : sql`update app.sessions set begun_at = begun_at - ${earlier} where identity_id = ${members.owner.identity}`,
    ),
  );
}

test('whoever has no second factor and needs one is told why, and led to where it is added', async () => {
  const business = await ownBusiness();
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    allow(/^console: 403 /);
    await page.goto('/settings');
    const sheet = card(page, 'How long things are kept');
    await sheet.getByRole('radio', { name: /^30 days/ }).click();
    await sheet.getByRole('button', { name: 'Keep it so' }).click();
    const dialog = page.getByRole('dialog', { name: 'You need a second factor for this' });
    await dialog.waitFor();
    await judgeNow(page);
    await dialog.getByRole('link', { name: 'Add one in your account' }).click();
    await page.waitForURL(/\/account/);
    await card(page, 'Second factor').getByRole('button', { name: 'Set up an app' }).waitFor();
  });
});

test('whoever has one shows it when it is due, and what they were at goes on', async () => {
  const business = await ownBusiness();
  await onStage({ as: 'owner', of: business }, async (page, { allow }) => {
    allow(/^console: 40[13] /);
    await page.goto('/account');
    const { code } = await setUpApp(page);
    await longAgo(business, 'fresh');
    await card(page, 'Second factor').getByRole('button', { name: 'Make new ones' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make new ones' }).click();
    const asking = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await asking.getByLabel('Six-digit code').fill('000000');
    await asking.getByRole('button', { name: 'Confirm' }).click();
    await asking.getByRole('alert').waitFor();
    await judgeNow(page);
    await asking.getByLabel('Six-digit code').fill(code());
    await asking.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('dialog', { name: 'Keep these ten codes' }).waitFor();
  });
});

test('a session that is too old for a first factor says so, and leads through a sign-in back to it', async () => {
  const business = await ownBusiness();
  await onStage({ as: 'owner', of: business }, async (page) => {
    await longAgo(business, 'begun');
    await page.goto('/account');
    const sheet = card(page, 'Second factor');
    await sheet.getByText('The first one is added within ten minutes of signing in.').waitFor();
    assert.equal(await sheet.getByRole('button', { name: 'Set up an app' }).isEnabled(), false);
    await judge(page);
    await sheet.getByRole('link', { name: 'Sign in again' }).click();
    await page.getByRole('heading', { name: 'Sign in again' }).waitFor();
    await becomes(() => new URL(page.url()).searchParams.get('next'), '/account?add=factor');
    await judge(page);
  });
});

test('a passkey is added, signs in alone, and confirms; on this machine it works under localhost', async () => {
  const stage = await theStage();
  const business = await ownBusiness();
  const origin = stage.origin.replace('127.0.0.1', 'localhost');
  const browser = await startBrowser(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost']);
  try {
    const session = await signIn(stage.world.ctx, business.members.owner);
    const { page, context, wrongs, allow } = await openVisitor(browser, { origin, session, aheadMs: stage.aheadMs });
    await addAuthenticator(page);
    await page.goto('/account');
    await card(page, 'Second factor').getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('What do you call this device?').fill('Work laptop');
    await card(page, 'Second factor').getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await card(page, 'Second factor').getByText('Work laptop').waitFor();
    await judge(page);
    await signOut(page);
    await judge(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    assert.deepEqual(wrongs, []);
    allow(/^console: 403 /);
    await longAgo(business, 'fresh');
    await page.goto('/settings');
    const sheet = card(page, 'How long things are kept');
    await sheet.getByRole('radio', { name: /^30 days/ }).click();
    await sheet.getByRole('button', { name: 'Keep it so' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use your passkey' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    assert.deepEqual(wrongs, []);
    await context.close();
  } finally {
    await browser.close();
  }
});

/** A device that shows itself without being touched, as far as Chromium is told. */
async function addAuthenticator(page: Page): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('WebAuthn.enable');
  await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('whoever comes back from another provider is told what came of it, where they left', async () => {
  const business = await ownBusiness();
  await onStage({}, async (page, { allow }) => {
    await page.goto('/sign-in?problem=outside-unknown&next=%2Fcalls');
    await page.getByRole('alert').getByText('That account is linked with nobody here').waitFor();
    await judge(page);
    allow(/^console: 410 /);
    await page.goto(`/sign-in?next=%2Fcalls#second-factor=${'a'.repeat(43)}`);
    await page.getByRole('alert').getByText('This sign-in is over').waitFor();
    assert.equal(await page.evaluate('location.hash'), '');
  });
  await onStage({ as: 'owner', of: business }, async (page) => {
    await page.goto('/account?problem=outside-taken&next=%2Faccount');
    await page.getByRole('alert').getByText('That account signs in somebody else').waitFor();
    await judge(page);
  });
});

test('who belongs to several businesses changes between them, and after a change of role goes on', async () => {
  const stage = await theStage();
  const [first, second] = [await ownBusiness(), await ownBusiness()];
  const { identity } = first.members.owner;
  const guest = second.members.viewer.person;
  await stage.world.ctx.db.tenant(second.organisation, (tx) =>
    tx.run(sql`update app.people set identity_id = ${identity} where id = ${guest}`),
  );
  const here = async (page: Page) =>
    ((await (await page.request.get('/api/v1/session')).json()) as { organisation: string | null }).organisation;
  await onStage({ as: 'owner', of: first }, async (page, { allow }) => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Your account' }).click();
    const others = page.getByRole('menuitem', { name: 'Riverside Dental' }).and(page.locator(':not([aria-current])'));
    await others.click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await here(page), second.organisation);
    await stage.world.ctx.db.tenant(second.organisation, (tx) =>
      tx.run(sql`update app.people set role = 'agent' where id = ${guest}`),
    );
    allow(/^console: 403 /);
    await page.goto('/calls');
    await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor();
    assert.notEqual(await here(page), null);
  });
});

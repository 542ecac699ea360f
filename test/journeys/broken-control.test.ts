import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { openHttp, pause, readConfig, sql, systemClock } from '#base';
import { loadClaims, scheduleProofs, type ClaimState, type TrustState, type Verdict } from '#trust';
import { keystoreIn } from '../keys.ts';
import { openGround } from '../mutations/mutation.ts';
import { sotto, startProduct, type Env } from '../product.ts';
import { asAdmin } from '../visiting.ts';

const minute = 60_000;

/** The superuser of the embedded server, as whoever holds its data directory can be. */
async function administrator(t: TestContext, dataDir: string): Promise<pg.Client> {
  const keys = await keystoreIn(t, dataDir);
  const password = keys.derive('database:admin').toString('hex');
  await keys.close();
  const port = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3]);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'sotto_admin', password, database: 'sotto' });
  await client.connect();
  // A product that ends takes its server along.
  client.on('error', () => {});
  return client;
}

async function asked(url: string): Promise<string> {
  const config = readConfig({ SOTTO_ALLOW_HOSTS: '127.0.0.1' });
  const http = openHttp({ config, log: () => {} });
  const test = { name: 'Test', purpose: 'Test', data: [], region: 'here', hosts: [] };
  const { body } = await http(test, { method: 'GET', url, withinMs: minute });
  await http.close();
  return body.toString();
}

async function stateOf(origin: string, claim: string): Promise<ClaimState> {
  const { claims } = JSON.parse(await asked(`${origin}/trust.json`)) as TrustState;
  const found = claims.find(({ id }) => id === claim);
  assert.ok(found);
  return found;
}

/** `./sotto prove`, beside the product that serves. */
async function proved(env: Env, claim: string): Promise<{ readonly code: number; readonly verdict: Verdict }> {
  const { code, stdout } = await sotto(env, 'prove', '--only', claim, '--json');
  const { verdicts } = JSON.parse(stdout) as { verdicts: readonly [Verdict] };
  return { code, verdict: verdicts[0] };
}

test('a policy that is dropped under a running product is told by the command and on the page, with since when, until it is mended', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-journey-'));
  const env = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' };
  const product = await startProduct(env);
  t.after(async () => {
    await product.kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  const claim = 'no-organisation-sees-another';
  const whole = await proved(env, claim);
  assert.deepEqual([whole.code, whole.verdict.status], [0, 'proven'], whole.verdict.why);

  const admin = await administrator(t, dataDir);
  const brokenAt = systemClock.now();
  await admin.query('drop policy tenant on app.messages');
  await admin.query('create policy everybody on app.messages to sotto_app, sotto_jobs using (true)');
  const broken = await proved(env, claim);
  assert.deepEqual([broken.code, broken.verdict.status], [1, 'failing']);
  assert.match(broken.verdict.why, /policy.*app\.messages/);
  const red = await stateOf(product.url, claim);
  assert.deepEqual([red.status, red.why], ['failing', broken.verdict.why]);
  const since = Date.parse(red.since ?? '');
  assert.ok(since >= brokenAt && since <= systemClock.now(), red.since ?? 'never');
  const page = await asked(`${product.url}/trust`);
  assert.ok(page.includes(broken.verdict.why.slice(0, 40)), 'the page says what and where');
  assert.ok(page.includes(red.since ?? '?'), 'the page says since when');

  await admin.query('drop policy everybody on app.messages');
  await admin.query(`
    create policy tenant on app.messages to sotto_app, sotto_jobs
    using (organisation_id = (select sec.tenant())) with check (organisation_id = (select sec.tenant()))`);
  await admin.end();
  const mended = await proved(env, claim);
  assert.deepEqual([mended.code, mended.verdict.status], [0, 'proven'], mended.verdict.why);
  assert.equal((await stateOf(product.url, claim)).status, 'proven');
});

test('nobody has to ask: within its cadence a broken control is on the page, and so is its mending', async (t) => {
  const ground = await openGround(t);
  const { ctx, means } = ground;
  const id = 'canaries-stay-strangers';
  const [claim] = (await loadClaims()).filter((one) => one.id === id);
  assert.ok(claim?.item.kind === 'proven');
  const { every } = claim.item;
  const state = async () => {
    const headers = { host: new URL(means.origin).host };
    const { body } = await means.self({ method: 'GET', path: '/trust.json', headers, from: '127.0.0.1' });
    const found = (JSON.parse(body) as TrustState).claims.find((one) => one.id === id);
    assert.ok(found);
    return found;
  };
  const schedule = scheduleProofs(ctx, means, Promise.resolve([claim]));
  t.after(() => schedule.stop());
  await schedule.ready;
  /** What is to be seen once one cadence has passed, and the look that fell into it has ended. */
  const afterOne = async () => {
    const before = ctx.clock.now();
    ctx.clock.advance(every);
    for (;;) {
      const seen = await state();
      if (seen.at !== null && Date.parse(seen.at) > before) return seen;
      await pause(systemClock, 20);
    }
  };
  assert.equal((await afterOne()).status, 'proven');
  const wholeUntil = ctx.clock.now();
  await asAdmin(ground, sql`create policy everybody on app.organisations to sotto_app using (true)`);
  const red = await afterOne();
  assert.equal(red.status, 'failing');
  assert.match(red.why, /rows of another organisation are visible \(app\.organisations\)/);
  assert.ok(Date.parse(red.since ?? '') > wholeUntil);
  await asAdmin(ground, sql`drop policy everybody on app.organisations`);
  const green = await afterOne();
  assert.deepEqual([green.status, green.why], ['proven', 'Nothing broken was found.']);
  assert.ok(Date.parse(green.since ?? '') > Date.parse(red.since ?? ''));
});

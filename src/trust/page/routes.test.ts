import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '#base';
import { openServer } from '#edge';
import { canaryIds } from '#safeguards/accounts';
import { openCanaryAccount, proveAndKeep, trustRoutes, type TrustState } from '#trust';
import { always } from '../../../test/edge.ts';
import { openProvingGround, type ProvingGround } from '../../../test/proving.ts';

let ground: ProvingGround;
let server: Awaited<ReturnType<typeof openServer>>;
before(async () => {
  ground = await openProvingGround();
  server = await openServer(ground.ctx, {
    routes: trustRoutes({
      ...ground.ctx,
      publicUrl: () => 'http://localhost:8080',
      maySeeDrafts: () => Promise.resolve(true),
    }),
    identify: () => Promise.resolve(undefined),
    admit: always,
  });
  await proveAndKeep(ground.ctx, ground.means);
});
after(async () => {
  await server.close();
  await ground.close();
});

test('anyone may read the page, in the language they ask for', async () => {
  const { status, headers, body } = await server.inject({
    method: 'GET',
    url: '/trust',
    headers: { 'accept-language': 'es-MX' },
  });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.deepEqual([headers['content-language'], headers['vary']], ['es', 'accept-language']);
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/);
  assert.match(body, /<html lang="es">/);
});

test('a new installation shows what was proven here and what was never exercised', async () => {
  const { status, body } = await server.inject({ method: 'GET', url: '/trust.json' });
  assert.equal(status, 200);
  const state = JSON.parse(body) as TrustState;
  const idle = state.claims.filter((claim) => claim.status === 'not-exercised').map(({ id }) => id);
  // The product has rung its own canary by now; no call of it is old enough to be summed up or forgotten, none was held
  // live or brought a lead, nothing is past its time, held, handed over or erased, no account is closed, nobody has agreed
  // to anything, the hourly run has not come, only this machine can reach it, and no other provider is set up.
  assert.deepEqual(idle, [
    'a-whole-call-needs-nobody-else',
    'accounts-end-thirty-days-after-closing',
    'audio-comes-over-tls',
    'audit-log-can-be-taken-along',
    'calls-are-summarised',
    'canary-is-forgotten',
    'canary-leaves-no-bytes',
    'closed-accounts-leave-nothing',
    'content-ends-in-time',
    'data-serves-what-was-agreed',
    'deletion-reaches-processors',
    'deletions-are-certified',
    'erasure-is-immediate',
    'handed-over-calls-are-forgotten',
    'holds-suspend-deletion',
    'hosting-is-declared',
    'hygiene-runs-hourly',
    'leads-are-kept',
    'live-calls-outlive-their-model',
    'log-heads-are-public',
    'others-vouch-only-when-asked',
    'processors-are-announced',
    'public-numbers-are-counts-only',
    'recordings-are-sealed',
    'refused-hosts-are-seen',
    'reports-are-answered-in-time',
    'security-txt-is-in-date',
    'tls-is-new-enough',
    'uptime-is-measured-and-published',
    'witnesses-sign-the-log',
  ]);
  assert.deepEqual([state.summary.failing, state.summary.unknown, state.summary.attested], [0, 0, 0]);
  const { proven, roadmap } = state.summary;
  // What has no check is never green: not built, or not claimed.
  assert.equal(proven, state.claims.length - idle.length - roadmap - state.summary['not-claimed']);
  assert.ok(state.claims.every(({ status, canFail }) => status !== 'proven' || canFail));
  assert.ok(state.claims.every(({ status, checked }) => status !== 'proven' || checked > 0));
  const page = await server.inject({ method: 'GET', url: '/trust' });
  assert.match(page.body, /Nothing has happened on this installation yet/);
});

test('the canary has one account, however often Sotto starts', async () => {
  const ctx = { ...ground.ctx, prove: ground.means.prove };
  const again = await openCanaryAccount(ctx, ground.means.models);
  assert.equal(again.accountSid, ground.means.canary.accountSid);
  assert.equal(again.sign('a'), ground.means.canary.sign('a'));
  const { accounts } = await ground.ctx.db.tenant(canaryIds[0], (tx) =>
    tx.one<{ accounts: number }>(sql`
      select count(*) as accounts from app.audit_entries
      where organisation_id = ${canaryIds[0]} and action = 'credential.added'`),
  );
  assert.equal(accounts, 1);
});

test('page and data say the same', async () => {
  const state = JSON.parse((await server.inject({ method: 'GET', url: '/trust.json' })).body) as TrustState;
  const { body } = await server.inject({ method: 'GET', url: '/trust' });
  for (const { id, status } of state.claims)
    assert.match(body, new RegExp(`id="${id}"[^>]*class="(?:claim )?${status}"`));
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openServer, type Server } from '#edge';
import { trustRoutes } from '#trust';
import { always } from '../../../test/edge.ts';
import { openProvingGround, type ProvingGround } from '../../../test/proving.ts';
import { publish } from '../../../test/publish.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { pages } from './pages.ts';

let ground: ProvingGround;
let server: Server;
const reader = { maySee: false };
before(async () => {
  ground = await openProvingGround();
  const ctx = {
    ...ground.ctx,
    publicUrl: () => 'http://localhost:8080',
    maySeeDrafts: () => Promise.resolve(reader.maySee),
  };
  server = await openServer(ground.ctx, {
    routes: trustRoutes(ctx),
    identify: () => Promise.resolve(undefined),
    admit: always,
  });
});
after(async () => {
  await server.close();
  await ground.close();
});

async function get(url: string) {
  const { status, body } = await server.inject({ method: 'GET', url });
  return { status, body };
}

test('until somebody stands behind them, strangers learn nothing from any page and are told so', async () => {
  for (const { path } of pages) {
    const { status, body } = await get(`${path}?lang=es`);
    assert.equal(status, 404, path);
    assert.match(body, /Esta página de confianza aún no está publicada/);
    assert.doesNotMatch(body, /class="proven"/);
    const told = await get(`${path}.json`);
    assert.deepEqual([told.status, (JSON.parse(told.body) as { code: string }).code], [404, 'trust-not-published']);
  }
  for (const path of ['/trust/claims/calls-are-summarised', '/trust/frameworks/gdpr'])
    assert.equal((await get(path)).status, 404, path);
});

test('whoever may see drafts sees every page with what is missing above it', async () => {
  reader.maySee = true;
  for (const { path } of pages) {
    const { status, body } = await get(path);
    assert.equal(status, 200, path);
    assert.match(body, /Not published\.<\/strong> [^<]* the legal name, a contact for privacy/);
  }
  reader.maySee = false;
});

test('a business has no page while the installation has none, and then its own', async () => {
  const { organisation } = await makeBusiness(ground.ctx.db);
  assert.equal((await get('/trust/of/harbour')).status, 404);
  await publish(ground.ctx, { organisation, slug: 'harbour' });
  assert.equal((await get('/trust/of/harbour')).status, 404);
  await publish(ground.ctx);
  const { status, body } = await get('/trust/of/harbour');
  assert.equal(status, 200);
  assert.match(body, /How Harbour Dental Group LLC answers the telephone/);
  assert.match(body, /href="mailto:privacy@harbour\.example"/);
  assert.doesNotMatch(body, /Not published/);
  const told = JSON.parse((await get('/trust/of/harbour/trust.json')).body) as { profile: Record<string, unknown> };
  assert.equal(told.profile['legalName'], 'Harbour Dental Group LLC');
  assert.deepEqual(Object.keys(told.profile).includes('slug'), false);
});

test('once published, everybody sees every page; its foot says who is responsible', async () => {
  for (const { path } of pages) {
    const { status, body } = await get(path);
    assert.equal(status, 200, path);
    assert.match(body, /<footer[^]*Harbour Dental Group LLC[^]*mailto:security@harbour\.example/);
  }
});

test('all of it is at one address for programs, and stays small enough to be read', async () => {
  const { status, body } = await get('/trust.json');
  assert.equal(status, 200);
  const told = JSON.parse(body) as Record<string, unknown>;
  const due = ['at', 'summary', 'promises', 'claims', 'profile', ...pages.flatMap(({ field }) => field ?? [])];
  for (const field of due) assert.ok(field in told, field);
  assert.ok(body.length < 1_500_000, String(body.length));
});

test('a promise that is none has no page', async () => {
  assert.equal((await get('/trust/claims/no-such-promise')).status, 404);
});

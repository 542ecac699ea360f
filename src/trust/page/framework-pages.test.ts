import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { permissions, roles, ruleOf, wordsOf } from '#access';
import { openServer } from '#edge';
import { languages, proveAndKeep, trustRoutes } from '#trust';
import { always } from '../../../test/edge.ts';
import { openProvingGround, type ProvingGround } from '../../../test/proving.ts';
import { addDocument } from '../attestations/documents.ts';
import { keepEvidence } from '../evidence.ts';
import type { FrameworkState } from '../framework-state.ts';
import { loadFrameworks } from '../framework.ts';

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
});
after(async () => {
  await server.close();
  await ground.close();
});

async function json<T>(url: string): Promise<T> {
  const { status, body } = await server.inject({ method: 'GET', url });
  assert.equal(status, 200, body);
  return JSON.parse(body) as T;
}

async function page(url: string): Promise<string> {
  const { status, headers, body } = await server.inject({ method: 'GET', url });
  assert.equal(status, 200, body);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  return body;
}

async function framework(id: string): Promise<FrameworkState> {
  return (await json<{ framework: FrameworkState }>(`/trust/frameworks/${id}.json`)).framework;
}

test('on an installation where nothing was looked at, no line of any framework holds', async () => {
  const { frameworks } = await json<{ frameworks: FrameworkState[] }>('/trust/frameworks.json');
  assert.equal(frameworks.length, (await loadFrameworks()).length);
  for (const { id, counts, status } of frameworks) {
    assert.deepEqual([counts.holds, counts.failing], [0, 0], id);
    assert.ok(!['in-force', 'audited'].includes(status), id);
  }
  assert.deepEqual(
    frameworks.filter(({ status }) => status === 'not-claimed').map(({ id }) => id),
    ['iso-27001', 'soc-2'],
  );
});

test('every framework has a page in every language, with all of its lines and whole table cells', async () => {
  for (const { id, item } of await loadFrameworks()) {
    for (const language of languages) {
      const body = await page(`/trust/frameworks/${id}?lang=${language}`);
      assert.ok(body.includes(`<html lang="${language}">`));
      assert.ok(body.includes(item.applies[language].split('’')[0]!));
      const { controls }: { readonly controls: readonly { readonly id: string }[] } = item;
      for (const control of controls) assert.ok(body.includes(`>${control.id}</span>`), `${id} ${control.id}`);
      assert.doesNotMatch(body, /undefined|\[object|null</);
    }
  }
});

test('a framework that is none is not found', async () => {
  for (const url of ['/trust/frameworks/iso-9001', '/trust/frameworks/iso-9001.json']) {
    const { status, body } = await server.inject({ method: 'GET', url });
    assert.deepEqual([status, (JSON.parse(body) as { code: string }).code], [404, 'not-found']);
  }
});

test('a check that fails shows at each line that leans on it, on the page of its framework and on that of all', async () => {
  const verdict = {
    checked: 3,
    why: 'A row was changed.',
    canFail: true,
    at: ground.ctx.clock.now() - 1_000,
    tookMs: 1,
  };
  await keepEvidence(ground.ctx, { ...verdict, claim: 'audit-is-append-only', status: 'failing' });
  const { frameworks } = await json<{ frameworks: FrameworkState[] }>('/trust/frameworks.json');
  for (const { id, item } of await loadFrameworks()) {
    const { controls }: { readonly controls: readonly { id: string; answer: object }[] } = item;
    const leaning = controls.filter(({ answer }) => JSON.stringify(answer).includes('"audit-is-append-only"'));
    const state = frameworks.find((one) => one.id === id)!;
    assert.deepEqual(
      state.lines.filter((line) => line.state === 'failing').map((line) => line.id),
      leaning.map((line) => line.id),
    );
  }
  const gdpr = frameworks.find(({ id }) => id === 'gdpr')!;
  assert.ok(gdpr.counts.failing > 1);
  const words = `${gdpr.counts.failing} lines lean on checks that fail.`;
  assert.ok((await page('/trust/frameworks')).includes(words));
  const own = await page('/trust/frameworks/gdpr');
  assert.ok(own.includes(words));
  assert.match(own, /<h3 id="failing" class="failing">/);
});

test('lines hold once their claims were proven here, and the inventory says by what', async () => {
  const which = ['no-organisation-sees-another', 'privileged-roles-serve-nobody', 'audit-is-append-only'];
  await proveAndKeep(ground.ctx, ground.means, { which });
  const iso = await framework('iso-27001');
  assert.equal(iso.counts.failing, 0);
  const { controls } = await json<{
    controls: { id: string; status: string; claims: { id: string; kept: string[] }[] }[];
  }>('/trust/controls.json');
  const audit = controls.find(({ id }) => id === 'ACC-03')!;
  assert.deepEqual([audit.status, audit.claims.map(({ id }) => id)], ['proven', ['privileged-roles-serve-nobody']]);
  assert.ok(audit.claims[0]!.kept.length > 0);
  const answered = await page('/trust/frameworks/soc-2?lang=pt');
  assert.match(
    answered,
    /href="\/trust\/claims\/audit-is-append-only\?lang=pt">O registro de auditoria só cresce<\/a>/,
  );
  const body = await page('/trust/controls?lang=hi');
  assert.match(body, /<h3 id="name-ACC-03">विशेष भूमिकाएँ किसी की सेवा नहीं करतीं <span class="quiet">ACC-03<\/span>/);
  assert.ok(body.includes('href="/trust/frameworks/soc-2?lang=hi#line-CC6-3"'));
});

test('audited stands on the page from the day of a report about the operator to its last day', async () => {
  const day = (ms: number) => new Date(ground.ctx.clock.now() + ms).toISOString().slice(0, 10);
  const report = {
    kind: 'soc2-report',
    title: 'SOC 2 type 2',
    issuer: 'Auditor & Co',
    issuedOn: day(0),
    untilOn: day(86_400_000),
    isPublic: false,
    file: Buffer.from('%PDF-1.7 report'),
    mediaType: 'application/pdf',
  } as const;
  await addDocument(ground.ctx, 'system', { ...report, about: 'a provider' });
  assert.equal((await framework('soc-2')).status, 'not-claimed');
  await addDocument(ground.ctx, 'system', { ...report, about: null });
  const { status, report: shown } = await framework('soc-2');
  assert.deepEqual([status, shown?.issuer], ['audited', 'Auditor & Co']);
  assert.ok((await page('/trust/frameworks/soc-2')).includes('Auditor &amp; Co'));
  assert.equal((await framework('iso-27001')).status, 'not-claimed');
});

test('a statement of the operator names the law that it is about', async () => {
  const given = {
    kind: 'operator-statement',
    title: 'Duties of people',
    issuer: 'Operator',
    issuedOn: '2026-11-20',
    untilOn: '2027-11-19',
    isPublic: false,
    file: Buffer.from('signed'),
    mediaType: 'text/plain',
  } as const;
  for (const about of [null, 'GDPR', 'iso-9001'])
    await assert.rejects(addDocument(ground.ctx, 'system', { ...given, about }), { code: 'input-invalid' });
  await addDocument(ground.ctx, 'system', { ...given, about: 'gdpr' });
  const { statement, status } = await framework('gdpr');
  // Open lines stay open, whatever is stated.
  assert.deepEqual([statement?.title, status], ['Duties of people', 'roadmap']);
  assert.equal((await framework('uk-gdpr')).statement, null);
});

test('the permission page is the matrix that guards, in every language', async () => {
  type Told = { permission: string; isFresh: boolean; roles: Record<string, string>; say: Record<string, string> };
  const told = await json<{ permissions: Told[] }>('/trust/permissions.json');
  assert.deepEqual(
    told.permissions.map(({ permission }) => permission),
    permissions,
  );
  for (const permission of permissions) {
    const line = told.permissions.find((one) => one.permission === permission)!;
    const rule = ruleOf(permission);
    assert.equal(line.isFresh, rule.isFresh ?? false);
    for (const role of roles) assert.equal(line.roles[role], rule[role]);
  }
  for (const language of languages) {
    const body = await page(`/trust/permissions?lang=${language}`);
    for (const permission of permissions) {
      assert.ok(body.includes(wordsOf(permission)[language]), `${language} ${permission}`);
      assert.ok(body.includes(`<code>${permission}</code>`));
    }
  }
});

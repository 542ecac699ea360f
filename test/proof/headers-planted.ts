import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { crawlMistakes, rawMistakes } from './crawl.ts';
import { bareHeaderMistakes } from './headers.ts';
import type { Stage } from './stage.ts';

const base = {
  method: 'GET',
  path: '/planted',
  say: 'A planted route.',
  may: 'public',
  limit: 'public',
  audits: null,
  output: { 200: Type.String({ contentMediaType: 'text/html; charset=utf-8' }) },
} as const;

const page = (body: string, headers: Readonly<Record<string, string>> = {}): Route =>
  route({ ...base, run: async () => ({ status: 200 as const, headers, body }) });

const faults: Readonly<Record<string, { readonly plant: Route; readonly noticed: RegExp }>> = {
  'a header that nobody declared': {
    plant: page('x', { 'x-powered-by': 'us' }),
    noticed: /x-powered-by is in no table/,
  },
  'a header that opens a page to frames': {
    plant: page('x', { 'x-frame-options': 'SAMEORIGIN' }),
    noticed: /x-frame-options is SAMEORIGIN and not/,
  },
  'an answer that may be kept': {
    plant: page('x', { 'cache-control': 'max-age=60' }),
    noticed: /cache-control is max-age=60 and not/,
  },
  'a policy that lets scripts in': {
    plant: page('x', { 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'" }),
    noticed: /content-security-policy is/,
  },
  'a script that the policy does not name': {
    plant: page('<script>1</script>'),
    noticed: /a script of the page is not named/,
  },
  'a picture from elsewhere': {
    plant: page('<img src="https://elsewhere.example/a">'),
    noticed: /loads something from elsewhere/,
  },
  'a cookie of another route': {
    plant: page('x', { 'set-cookie': 'other=1' }),
    noticed: /a cookie is in no table/,
  },
  'a tag on what has no version': { plant: page('x', { etag: '"1"' }), noticed: /etag is in no table/ },
};

/** Each planted fault is noticed, in success and in failure. */
export async function plantedHeaders(t: TestContext, stage: Stage): Promise<void> {
  for (const [say, { plant, noticed }] of Object.entries(faults)) {
    await t.test(say, async () => {
      const target = { server: await stage.serve([plant]), routes: [plant], cases: { 'GET /planted': { ok: 200 } } };
      assert.match((await crawlMistakes(stage, target, new Map())).join('\n'), noticed);
    });
  }
  await t.test('a page without a fault passes', async () => {
    const plain = page('x');
    const target = { server: await stage.serve([plain]), routes: [plain], cases: { 'GET /planted': { ok: 200 } } };
    assert.deepEqual(await crawlMistakes(stage, target, new Map()), []);
  });
  await t.test('a session without its attributes, and one that is not handed over', () => {
    const answer = { status: 200, headers: {}, body: '{}', code: undefined };
    const signIn = { route: { ...base, method: 'POST', path: '/api/v1/sign-in', etag: undefined } as const };
    const token = 'a'.repeat(43);
    for (const cookies of [
      [],
      [`__Host-sotto=${token}; Path=/; HttpOnly`],
      [`sotto=${token}; Path=/; HttpOnly; SameSite=Lax`],
    ]) {
      assert.match(bareHeaderMistakes({ ...answer, cookies }, signIn).join('\n'), /its cookie is not/);
    }
  });
  await t.test('a server that answers broken requests in its own way', async (sub) => {
    const impatient = {
      headersTimeout: 300,
      requestTimeout: 300,
      keepAliveTimeout: 100,
      connectionsCheckingInterval: 100,
    };
    const server = createServer(impatient, (_, response) => void response.end('hi'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    sub.after(() => server.close());
    const mistakes = (await rawMistakes((server.address() as AddressInfo).port)).join('\n');
    for (const say of ['no HTTP at all', 'headers that are too large', 'a request that does not end']) {
      assert.match(mistakes, new RegExp(`^${say}: x-frame-options is undefined`, 'm'));
    }
    assert.match(mistakes, /^a path that nobody declared: answered with 200 and not 404$/m);
  });
  await t.test('a refusal that was sent past everything', () => {
    const answer = { status: 400, headers: { connection: 'close' }, cookies: [], body: '', code: undefined };
    assert.match(bareHeaderMistakes(answer, { isCut: true }).join('\n'), /strict-transport-security is undefined/);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parrot } from '../../../test/parrot.ts';
import { publish } from '../../../test/publish.ts';
import { world } from '../../../test/world.ts';

/** As a browser asks for a page. */
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

test('below /trust people are told in their language what is wrong, and programs as everywhere', async (t) => {
  const w = await world(t, { model: parrot });
  await publish(w.ctx);
  const get = (url: string, headers: Record<string, string>) => w.app.server.inject({ method: 'GET', url, headers });
  const missing = [
    '/trust/nowhere',
    '/trust/of/nobody',
    '/trust/claims/none',
    '/trust/processors/versions/999',
    '/trust/%F0',
  ];
  const titles: string[] = [];
  for (const language of ['en', 'es', 'pt', 'hi']) {
    for (const path of missing) {
      const { status, headers, body } = await get(path, { 'accept': browser, 'accept-language': language });
      assert.equal(status, path === '/trust/%F0' ? 400 : 404, path);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['content-language'], language);
      assert.equal(headers['vary'], 'accept, accept-language');
      assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/);
      assert.match(body, new RegExp(`<html lang="${language}">`));
      assert.match(body, /<a href="\/trust">/);
      assert.doesNotMatch(body, /<script/);
    }
    const { body } = await get('/trust/nowhere', { 'accept': browser, 'accept-language': language });
    titles.push(/<h1>([^<]+)/.exec(body)![1]!);
  }
  assert.equal(new Set(titles).size, 4);
  const chosen = await get('/trust/nowhere?lang=hi', { 'accept': browser, 'accept-language': 'pt' });
  assert.match(chosen.body, /<html lang="hi">[\s\S]*href="\/trust\?lang=hi"/);
  for (const accept of ['*/*', 'application/json', 'application/problem+json, text/html;q=0', '']) {
    const { status, headers, json } = await get('/trust/nowhere', { accept });
    assert.deepEqual([status, headers['content-type']], [404, 'application/problem+json'], accept);
    assert.equal((json() as { code: string }).code, 'not-found');
  }
});

test('what is sent too often below /trust is told to people with when to come back', async (t) => {
  const w = await world(t, { model: parrot });
  await publish(w.ctx);
  const ask = () =>
    w.app.server.inject({
      method: 'POST',
      url: '/trust/processors/subscription?lang=pt',
      headers: { 'accept': browser, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'address=nobody',
      from: '203.0.113.7',
    });
  let answer = await ask();
  for (let tries = 0; tries < 200 && answer.status !== 429; tries += 1) answer = await ask();
  assert.equal(answer.status, 429);
  assert.match(String(answer.headers['retry-after']), /^\d+$/);
  assert.match(answer.body, /<html lang="pt">[\s\S]*<a href="\/problems\/rate-limited"/);
});

test('what is in the address of a page that is not there stands nowhere in it as markup', async (t) => {
  const w = await world(t, { model: parrot });
  const url = '/trust/%22%3E%3Cimg%20src=x%3E"><img>?lang="><img>';
  const { body } = await w.app.server.inject({ method: 'GET', url, headers: { accept: browser } });
  assert.doesNotMatch(body, /<img/);
});

test('elsewhere an address that is not there is a problem document, to everybody', async (t) => {
  const w = await world(t, { model: parrot });
  for (const url of ['/nowhere', '/trusted', '/api/v1/nowhere']) {
    const { headers } = await w.app.server.inject({ method: 'GET', url, headers: { accept: browser } });
    assert.equal(headers['content-type'], 'application/problem+json', url);
  }
});

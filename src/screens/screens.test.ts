import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { test, type TestContext } from 'node:test';
import { seededRandom } from '#base';
import { edge } from '../../test/edge.ts';
import { builtScreens } from './built.ts';
import { screenRoutes } from './routes.ts';

const script = 'console.log("a page");';

/** A build as small as it can be, on disk, read as the product reads it. */
function built(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-screens-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="%NONCE%"><div id="root"></div>');
  writeFileSync(
    join(folder, 'screens.json'),
    JSON.stringify([
      { path: '/', opens: [] },
      { path: '/calls/:id', opens: [] },
      { path: '/call', opens: ['microphone'] },
    ]),
  );
  writeFileSync(join(folder, 'assets/index-1.js'), script);
  writeFileSync(join(folder, 'assets/index-1.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
  return builtScreens(folder);
}

async function server(t: TestContext) {
  return (await edge(t, { routes: screenRoutes({ random: seededRandom('nonce') }, built(t)) })).server;
}

test('every page is the same document under a policy of its own, with a nonce that no other answer has', async (t) => {
  const { inject } = await server(t);
  const answers = await Promise.all(['/', '/', '/calls/1?tab=a'].map((url) => inject({ method: 'GET', url })));
  const nonces = answers.map(({ status, headers, body }) => {
    assert.equal(status, 200);
    const policy = String(headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    assert.ok(nonce && body.includes(`nonce="${nonce}"`));
    assert.match(
      policy,
      /default-src 'none'.*script-src 'self';.*require-trusted-types-for 'script'; trusted-types default/,
    );
    assert.doesNotMatch(policy, /unsafe|data:|blob:|\*/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-frame-options'], 'DENY');
    return nonce;
  });
  assert.equal(new Set(nonces).size, 3);
});

test('the microphone is open on the page that asks for it and on no other', async (t) => {
  const { inject } = await server(t);
  const policyOf = async (url: string) => String((await inject({ method: 'GET', url })).headers['permissions-policy']);
  assert.match(await policyOf('/call'), /microphone=\(self\)/);
  for (const url of ['/', '/calls/1', '/assets/index-1.js', '/nothing']) {
    assert.doesNotMatch(await policyOf(url), /\(self\)/, url);
  }
  assert.doesNotMatch(await policyOf('/call'), /camera=\(self\)|publickey-credentials-get=\(self\)/);
});

test('a file is sent packed to who can read that, once and for ever', async (t) => {
  const { inject } = await server(t);
  const plain = await inject({ method: 'GET', url: '/assets/index-1.js' });
  assert.deepEqual([plain.status, plain.body, plain.headers['content-encoding']], [200, script, undefined]);
  assert.match(String(plain.headers['cache-control']), /immutable/);
  assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8');
  const packed = await inject({
    method: 'GET',
    url: '/assets/index-1.js',
    headers: { 'accept-encoding': 'gzip, deflate' },
  });
  assert.deepEqual([packed.headers['content-encoding'], packed.headers['vary']], ['gzip', 'accept-encoding']);
  assert.equal(Number(packed.headers['content-length']), gzipSync(script).length);
  assert.equal(gunzipSync(gzipSync(script)).toString(), script);
});

test('nothing but the files of the build can be had, however the path is written', async (t) => {
  const { inject } = await server(t);
  for (const url of [
    '/assets/other.js',
    '/assets/index-1.js.gz',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/screens.json',
    '/index.html',
    '/screens.json',
  ]) {
    assert.equal((await inject({ method: 'GET', url })).status, 404, url);
  }
  assert.equal((await inject({ method: 'GET', url: '/favicon.svg' })).status, 200);
});

test('without a build the first page says how to get one', async (t) => {
  const { server: bare } = await edge(t, { routes: screenRoutes({ random: seededRandom('n') }, undefined) });
  const { status, body } = await bare.inject({ method: 'GET', url: '/' });
  assert.equal(status, 200);
  assert.match(body, /npm run build/);
});

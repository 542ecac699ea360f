import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedHeaders, pagePolicy } from './closed-headers.ts';
import { readConfig } from './config.ts';

const of = (env: Record<string, string>) => closedHeaders(readConfig(env));
const https = { SOTTO_PUBLIC_URL: 'https://phone.example.com' };

test('the promise of https is made over https alone, for two years, and only as far as the operator says', () => {
  assert.equal(of({})['strict-transport-security'], undefined);
  const whole = 'max-age=63072000; includeSubDomains; preload';
  assert.equal(of(https)['strict-transport-security'], whole);
  assert.equal(of({ SOTTO_TLS_CERT: 'a', SOTTO_TLS_KEY: 'b' })['strict-transport-security'], whole);
  assert.equal(of({ ...https, SOTTO_HSTS: 'host' })['strict-transport-security'], 'max-age=63072000');
});

test('everything that a browser can be told to keep closed is closed', () => {
  const { 'permissions-policy': features = '', ...rest } = of({});
  assert.deepEqual(rest, {
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-frame-options': 'DENY',
  });
  // A structured dictionary (RFC 9651 §3.2): each feature once, for nobody.
  const named = features.split(', ').map((one) => /^([a-z-]+)=\(\)$/.exec(one)?.[1]);
  assert.ok(named.length > 30 && named.every((name) => name !== undefined), features);
  assert.equal(new Set(named).size, named.length);
  for (const name of ['camera', 'microphone', 'geolocation', 'usb', 'payment']) assert.ok(named.includes(name), name);
});

test('a page opens what it names and nothing else', () => {
  assert.equal(
    pagePolicy({ style: "'nonce-a'", script: "'nonce-b'", connect: "'self'" }),
    "default-src 'none'; style-src 'nonce-a'; script-src 'nonce-b'; connect-src 'self'; base-uri 'none'; " +
      "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
});

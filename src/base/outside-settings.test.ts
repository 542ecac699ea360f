import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';
import { isProblem } from './problems.ts';

const mistakesOf = (env: Record<string, string>) => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    assert.ok(isProblem(error, 'config-invalid'));
    return error.mistakes.map(({ at }) => at);
  }
};

test('a provider that people sign in with needs all of its settings, and what lacks is named', () => {
  assert.deepEqual(mistakesOf({ SOTTO_GOOGLE_CLIENT_ID: 'a' }), ['SOTTO_GOOGLE_CLIENT_SECRET']);
  assert.deepEqual(mistakesOf({ SOTTO_OIDC_ISSUER: 'https://id.example.com' }), [
    'SOTTO_OIDC_CLIENT_ID',
    'SOTTO_OIDC_CLIENT_SECRET',
  ]);
  assert.deepEqual(mistakesOf({ SOTTO_GOOGLE_CLIENT_ID: 'a', SOTTO_GOOGLE_CLIENT_SECRET: 'b' }), []);
});

test('an issuer is taken letter by letter, over https, or over http on this machine', () => {
  const rest = { SOTTO_OIDC_CLIENT_ID: 'a', SOTTO_OIDC_CLIENT_SECRET: 'b' };
  for (const issuer of ['https://id.example.com', 'https://id.example.com/realms/office', 'http://127.0.0.1:9000']) {
    assert.equal(readConfig({ ...rest, SOTTO_OIDC_ISSUER: issuer }).oidcIssuer, issuer);
  }
  for (const issuer of [
    'http://id.example.com',
    'id.example.com',
    'https://id.example.com?a=b',
    'https://u:p@id.example.com',
  ]) {
    assert.deepEqual(mistakesOf({ ...rest, SOTTO_OIDC_ISSUER: issuer }), ['SOTTO_OIDC_ISSUER'], issuer);
  }
});

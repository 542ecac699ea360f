import assert from 'node:assert/strict';
import { duplexPair } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { createServer, type TlsOptions } from 'node:tls';
import { selfSigned } from '../../test/self-signed.ts';
import { tlsHandshake, tlsVersions, type TlsVersion } from './tls-handshake.ts';

/** What a server with these options agrees on, asked for each version. */
async function agreed(t: TestContext, options: TlsOptions) {
  const server = createServer({ ...selfSigned('localhost'), ...options });
  server.on('tlsClientError', () => {});
  t.after(() => server.close());
  const ask = (version: TlsVersion) => {
    const [outside, inside] = duplexPair();
    const answer = tlsHandshake(outside, version);
    server.emit('connection', inside);
    return answer;
  };
  return Promise.all(tlsVersions.map(ask));
}

test('a server that takes every version is seen to take every version', async (t) => {
  const careless = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  assert.deepEqual(await agreed(t, careless), tlsVersions);
});

test('a server that takes new versions alone is seen to refuse the old ones', async (t) => {
  assert.deepEqual(await agreed(t, { minVersion: 'TLSv1.2' }), [undefined, undefined, 'TLSv1.2', 'TLSv1.3']);
});

test('an end that is silent, or speaks something else, agrees on nothing', async () => {
  const [silent] = duplexPair();
  assert.equal(await tlsHandshake(silent, 'TLSv1.3', { withinMs: 50 }), undefined);
  const [outside, inside] = duplexPair();
  const answer = tlsHandshake(outside, 'TLSv1.3');
  inside.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  assert.equal(await answer, undefined);
});

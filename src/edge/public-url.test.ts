import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '#base';
import { publicUrlOf } from './public-url.ts';

const bare = { publicUrl: undefined, tlsCert: undefined, proxies: [] };
const behind = { publicUrl: 'https://phone.example.com', tlsCert: undefined, proxies: ['10.0.0.1'] };

test('without a public URL the origin is the address we listen on, as long as that is this machine', () => {
  assert.equal(publicUrlOf({ ...bare, host: '127.0.0.1' }, 8080), 'http://127.0.0.1:8080');
  assert.equal(publicUrlOf({ ...bare, host: 'localhost' }, 8080), 'http://localhost:8080');
  assert.equal(publicUrlOf({ ...bare, host: '::1' }, 8080), 'http://[::1]:8080');
});

test('behind named proxies any address may be listened on; the origin is the public one', () => {
  for (const host of ['127.0.0.1', '0.0.0.0', '::', '10.0.0.5']) {
    assert.equal(publicUrlOf({ ...behind, host }, 8080), 'https://phone.example.com');
  }
  assert.equal(publicUrlOf({ ...behind, host: '127.0.0.1', proxies: [] }, 8080), 'https://phone.example.com');
});

test('with a certificate any address may be listened on, and the origin is https', () => {
  const own = { ...bare, tlsCert: 'cert.pem' };
  assert.equal(publicUrlOf({ ...own, host: '0.0.0.0' }, 8443), 'https://0.0.0.0:8443');
  assert.equal(publicUrlOf({ ...own, host: '::' }, 8443), 'https://[::]:8443');
  const named = { ...own, publicUrl: 'https://phone.example.com' };
  assert.equal(publicUrlOf({ ...named, host: '::' }, 8443), 'https://phone.example.com');
});

test('plain http that someone else could reach is refused', () => {
  const open: [string, string | undefined][] = [
    ['0.0.0.0', undefined],
    ['::', undefined],
    ['10.0.0.5', undefined],
    ['0.0.0.0', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'https://phone.example.com'],
    ['127.0.0.1', 'http://phone.example.com'],
    ['127.0.0.1', 'http://localhost.example.com'],
    ['127.0.0.1', 'http://127.0.0.1.example.com'],
  ];
  const refused = (error: unknown) => isProblem(error, 'openly-reachable');
  for (const [host, publicUrl] of open) {
    assert.throws(() => publicUrlOf({ ...bare, host, publicUrl }, 8080), refused, `${host} ${publicUrl}`);
  }
  const proxied = { ...behind, host: '0.0.0.0', publicUrl: 'http://phone.example.com' };
  assert.throws(() => publicUrlOf(proxied, 8080), refused, 'a proxy that does not end TLS');
  const odd = { ...bare, host: '0.0.0.0', tlsCert: 'cert.pem', publicUrl: 'http://127.0.0.1:8080' };
  assert.throws(() => publicUrlOf(odd, 8080), refused, 'a certificate, and an origin without');
});

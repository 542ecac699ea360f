import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '#base';
import { publicUrlOf } from './public-url.ts';

test('without a public URL the origin is the address we listen on, as long as that is this machine', () => {
  assert.equal(publicUrlOf({ host: '127.0.0.1', publicUrl: undefined }, 8080), 'http://127.0.0.1:8080');
  assert.equal(publicUrlOf({ host: 'localhost', publicUrl: undefined }, 8080), 'http://localhost:8080');
  assert.equal(publicUrlOf({ host: '::1', publicUrl: undefined }, 8080), 'http://[::1]:8080');
});

test('behind an https origin any address may be listened on; the origin is the public one', () => {
  for (const host of ['127.0.0.1', '0.0.0.0', '::', '10.0.0.5']) {
    assert.equal(publicUrlOf({ host, publicUrl: 'https://phone.example.com' }, 8080), 'https://phone.example.com');
  }
});

test('plain http that someone else could reach is refused', () => {
  const open: [string, string | undefined][] = [
    ['0.0.0.0', undefined],
    ['::', undefined],
    ['10.0.0.5', undefined],
    ['0.0.0.0', 'http://127.0.0.1:8080'],
    ['127.0.0.1', 'http://phone.example.com'],
    ['127.0.0.1', 'http://localhost.example.com'],
    ['127.0.0.1', 'http://127.0.0.1.example.com'],
  ];
  for (const [host, publicUrl] of open) {
    const refused = (error: unknown) => isProblem(error, 'openly-reachable');
    assert.throws(() => publicUrlOf({ host, publicUrl }, 8080), refused, `${host} ${publicUrl}`);
  }
});

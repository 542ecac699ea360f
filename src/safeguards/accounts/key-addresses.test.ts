import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Personal } from '#base';
import { isFrom, networkMistakes } from './key-addresses.ts';

const from = (networks: readonly string[], address: string) => isFrom(networks, new Personal(address));

test('an address is in a network, at its edge, and out of it', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['192.0.2.0/24', '192.0.2.0', true],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7/32', '192.0.2.8', false],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['192.0.2.0/24', '::ffff:192.0.3.9', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:DB8::1', '2001:db8:0:0::1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
  ];
  for (const [network, address, isIn] of cases) {
    assert.deepEqual(networkMistakes([network]), [], network);
    assert.equal(from([network], address), isIn, `${address} in ${network}`);
  }
});

test('without networks a key comes from anywhere; with some, nothing that is no address comes through', () => {
  assert.equal(from([], 'unknown'), true);
  for (const odd of ['', 'unknown', '192.0.2.7:80', '192.0.2.7, 10.0.0.1', 'localhost', '0x7f.1']) {
    assert.equal(from(['0.0.0.0/0', '::/0'], odd), false, odd);
  }
});

test('what is no network, or has bits behind its prefix, is named with its place', () => {
  const wrong = [
    '',
    'example.com',
    '192.0.2.1/24',
    '10.0.0.0/33',
    '2001:db8::1/32',
    '::/129',
    '1.2.3',
    '1.2.3.4/',
    '1.2.3.4/08',
    '::ffff:0:0/95 ',
  ];
  assert.deepEqual(
    networkMistakes(['10.0.0.0/8', ...wrong]).map(({ at }) => at),
    wrong.map((_, at) => `/addresses/${at + 1}`),
  );
});

test('any IPv4 address lies in each of its own networks and not in the neighbouring one', () => {
  const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(octets, fc.integer({ min: 1, max: 32 }), (parts, prefix) => {
      const value = parts.reduce((sum, part) => sum * 256 + part, 0);
      const size = 2 ** (32 - prefix);
      const network = Math.floor(value / size) * size;
      const neighbour = (network + size) % 2 ** 32;
      const written = (number: number) => [24, 16, 8, 0].map((by) => Math.floor(number / 2 ** by) % 256).join('.');
      assert.deepEqual(networkMistakes([`${written(network)}/${prefix}`]), []);
      assert.ok(from([`${written(network)}/${prefix}`], parts.join('.')));
      assert.ok(!from([`${written(neighbour)}/${prefix}`], parts.join('.')));
    }),
  );
});

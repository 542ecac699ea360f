import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf, plainAddress } from './address.ts';

test('an address has one form, however it was written', () => {
  const cases: [string, string | undefined][] = [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['192.0.2.01', undefined],
    ['192.0.2.1:80', undefined],
    ['[::1]', undefined],
    ['127.1', undefined],
    ['', undefined],
    ['unknown', undefined],
    ['192.0.2.1 ', undefined],
  ];
  for (const [written, plain] of cases) assert.equal(plainAddress(written), plain, written);
});

test('all addresses of one /64 are one sender, and every IPv4 address is its own', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(networkOf('2001:db8:1:2::9'), '2001:db8:1:2::/64');
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
  assert.equal(networkOf('2001::5:6:7:8:9'), '2001:0:0:5::/64');
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1');
  assert.notEqual(networkOf('192.0.2.1'), networkOf('192.0.2.2'));
});

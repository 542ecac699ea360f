import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { neverDialled, notPublic } from './block-list.ts';

const list = notPublic();
const isBlocked = (address: string) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');

test('addresses of this machine, its network, its platform and of nobody are blocked', () => {
  const addresses = [
    '0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.255', '168.63.129.16',
    '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.0.1',
    '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255',
    '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '64:ff9b::7f00:1',
    '64:ff9b:1::1', '100::1', '2001::1', '2001:10::1', '2001:20::1', '2001:db8::1', '2002:7f00:1::', '3fff::1',
    '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1',
  ]; // prettier-ignore
  assert.deepEqual(
    addresses.filter((address) => !isBlocked(address)),
    [],
  );
});

test('public unicast passes, in its mapped form too', () => {
  const addresses = [
    '1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.255.255', '172.32.0.1', '168.63.129.17',
    '191.255.255.255', '192.0.1.1', '198.17.255.255', '198.20.0.0', '223.255.255.255', '::ffff:8.8.8.8',
    '2001:4860:4860::8888', '2606:4700:4700::1111', '2a00:1450::1', '3ffe::1',
  ]; // prettier-ignore
  assert.deepEqual(addresses.filter(isBlocked), []);
});

test('no IPv6 address outside of 2000::/3 passes, whatever its bits, except a mapped public one', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const isGlobal = groups[0]! >> 13 === 1;
      const isMapped = groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff;
      fc.pre(!isGlobal && !isMapped);
      assert.ok(isBlocked(groups.map((one) => one.toString(16)).join(':')));
    }),
    { numRuns: 2_000 },
  );
});

test('addresses next to the mapped block are blocked on every side of it', () => {
  for (let bit = 0; bit < 96; bit++) {
    const address = (0xffff7f000001n ^ (1n << BigInt(127 - bit))).toString(16).padStart(32, '0').match(/.{4}/g)!;
    const isGlobal = bit === 2;
    assert.equal(isBlocked(address.join(':')), !isGlobal, address.join(':'));
  }
});

test('metadata services stay out of reach even where private addresses are granted', () => {
  const never = neverDialled();
  for (const address of ['169.254.169.254', '168.63.129.16', '0.0.0.0', '255.255.255.255']) {
    assert.ok(never.check(address, 'ipv4'), address);
  }
  for (const address of ['fd00:ec2::254', 'fe80::1', '::ffff:169.254.169.254', '::']) {
    assert.ok(never.check(address, 'ipv6'), address);
  }
  assert.ok(!never.check('127.0.0.1', 'ipv4') && !never.check('::1', 'ipv6') && !never.check('10.0.0.1', 'ipv4'));
});

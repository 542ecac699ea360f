import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '#base';
import { senderReader } from './sender.ts';

const ofProxy = { SOTTO_PROXIES: '127.0.0.1,10.0.0.0/8,2001:db8:ffff::/48', SOTTO_COUNTRY_HEADER: 'CF-IPCountry' };

function reader(env: Record<string, string> = {}) {
  const read = senderReader(readConfig(env));
  return (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
    read({ socket: { remoteAddress }, headers });
}

test('the address is the other end of the connection, whatever headers say', () => {
  const read = reader();
  const forged = { 'x-forwarded-for': '198.51.100.1', 'forwarded': 'for=198.51.100.1', 'x-real-ip': '198.51.100.1' };
  assert.equal(read('192.0.2.1', forged).address, '192.0.2.1');
  assert.equal(read('::ffff:192.0.2.1', forged).address, '192.0.2.1');
  assert.equal(read('127.0.0.1', forged).address, '127.0.0.1');
  assert.equal(read(undefined, forged).address, 'gone');
  const behind = reader(ofProxy);
  assert.equal(behind('192.0.2.1', forged).address, '192.0.2.1', 'who is no proxy is not believed');
});

test('behind configured proxies it is the last address that is none of theirs', () => {
  const read = reader(ofProxy);
  const cases: [string, string][] = [
    ['198.51.100.1', '198.51.100.1'],
    ['203.0.113.9, 198.51.100.1', '198.51.100.1'],
    ['203.0.113.9, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['198.51.100.1,10.1.2.3,127.0.0.1', '198.51.100.1'],
    ['10.9.9.9, 10.1.2.3', '10.9.9.9'],
    ['2001:DB8::0001', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['198.51.100.1:4711', '198.51.100.1'],
    ['::ffff:198.51.100.1', '198.51.100.1'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['198.51.100.1, 2001:db8:ffff::1', '198.51.100.1'],
    ['', '127.0.0.1'],
  ];
  for (const [told, address] of cases)
    assert.equal(read('127.0.0.1', { 'x-forwarded-for': told }).address, address, told);
});

test('a proxy that tells no address stands for it itself', () => {
  const read = reader(ofProxy);
  for (const told of [
    'unknown',
    '198.51.100.1, _hidden',
    '198.51.100.1, ' + '9'.repeat(5_000),
    '1.2.3',
    '0.0.0.0',
    '<script>',
  ])
    assert.equal(read('10.0.0.7', { 'x-forwarded-for': told }).address, '10.0.0.7', told.slice(0, 40));
  assert.equal(read('10.0.0.7', { 'x-forwarded-for': 'unknown, 10.0.0.8' }).address, '10.0.0.8');
});

test('only the header that the proxies speak is read', () => {
  const both = { 'x-forwarded-for': '198.51.100.1', 'forwarded': 'for=203.0.113.9;proto=https' };
  assert.equal(reader(ofProxy)('127.0.0.1', both).address, '198.51.100.1');
  const read = reader({ ...ofProxy, SOTTO_PROXY_HEADER: 'forwarded' });
  assert.equal(read('127.0.0.1', both).address, '203.0.113.9');
  const cases: [string, string][] = [
    ['for=198.51.100.1, for=203.0.113.9;by=10.0.0.1, For="[2001:db8:ffff::2]:80"', '203.0.113.9'],
    ['for="[2001:db8::1]"', '2001:db8::1'],
    ['proto=https;for=203.0.113.9', '203.0.113.9'],
    ['for=203.0.113.9, proto=https', '127.0.0.1'],
    ['for=unknown', '127.0.0.1'],
  ];
  for (const [told, address] of cases) assert.equal(read('127.0.0.1', { forwarded: told }).address, address, told);
});

test('the country is what a proxy tells, and nobody else', () => {
  const read = reader(ofProxy);
  const country = (told: string, end = '127.0.0.1') => read(end, { 'cf-ipcountry': told }).from.country;
  assert.equal(country('es'), 'ES');
  assert.equal(country('ES', '192.0.2.1'), undefined);
  for (const told of ['XX', 'T1', 'ESP', '', 'E S']) assert.equal(country(told), undefined, told);
  assert.equal(reader({ SOTTO_PROXIES: '127.0.0.1' })('127.0.0.1', { 'cf-ipcountry': 'ES' }).from.country, undefined);
});

test('what a request shows of its sender prints nowhere', () => {
  const { from } = reader()('192.0.2.1', { 'user-agent': 'Ada/1.0' });
  assert.doesNotMatch(`${JSON.stringify(from)} ${String(from.address)} ${String(from.agent)}`, /192|Ada/);
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHttp, Personal, problem, readConfig, seededRandom, systemClock, type VendorCheck } from '#base';
import { requestsOnly } from '../../../../test/requests-only.ts';
import { carrierNamed, carriers } from '../catalogue.ts';
import { openExchange } from '../emulator/exchange.ts';
import type { EmulatedNumber } from '../emulator/numbers.ts';

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: new Personal('secret-token') };
const twilio = carrierNamed(await carriers(), 'twilio');
const config = readConfig({});

/** The carrier's API on a real socket, with these numbers in the account. */
async function apiWith(t: TestContext, numbers: readonly EmulatedNumber[]) {
  const http = openHttp({ config, log: () => {}, extraHosts: ['127.0.0.1'] });
  const senses = { clock: systemClock, random: seededRandom('numbers'), http };
  const origin = 'http://127.0.0.1:9';
  const exchange = await openExchange({ ...senses, origin, carrier: 'twilio', account, numbers });
  t.after(async () => {
    await exchange.close();
    await http.close();
  });
  return { http, config: readConfig({ SOTTO_TWILIO_BASE_URL: exchange.rest.url }) };
}

test('a number is found as it is set up, and no other that contains it', async (t) => {
  const ctx = await apiWith(t, [
    { phoneNumber: '+150055500061', voiceUrl: 'https://elsewhere.example/other' },
    { phoneNumber: '+15005550006', voiceUrl: 'https://elsewhere.example/a?b=c', voiceMethod: 'GET' },
  ]);
  assert.deepEqual(await twilio.lookUp?.(ctx, account, '+15005550006'), {
    result: 'ok',
    number: {
      id: `PN${'1'.padStart(32, '0')}`,
      takesCalls: true,
      voice: { url: 'https://elsewhere.example/a?b=c', method: 'GET' },
      status: { url: null, method: 'POST' },
      divertedTo: undefined,
    },
  });
  assert.deepEqual(await twilio.lookUp?.(ctx, account, '+1500555000'), { result: 'ok', number: undefined });
});

test('a trunk and an application are told, and pointing the number takes them off', async (t) => {
  const numbers: EmulatedNumber[] = [
    { phoneNumber: '+15005550006', trunkSid: 'TK1' },
    { phoneNumber: '+15005550007', voiceApplicationSid: 'AP1' },
    { phoneNumber: '+15005550008', takesCalls: false },
  ];
  const ctx = await apiWith(t, numbers);
  const look = async (e164: string) => {
    const found = await twilio.lookUp!(ctx, account, e164);
    assert.ok(found.result === 'ok' && found.number);
    return found.number;
  };
  assert.equal((await look('+15005550006')).divertedTo, 'trunk');
  assert.equal((await look('+15005550008')).takesCalls, false);
  const { id, divertedTo } = await look('+15005550007');
  assert.equal(divertedTo, 'application');
  const pointing = { numberId: id, voiceUrl: 'https://a.example/voice', statusUrl: 'https://a.example/status' };
  assert.equal(await twilio.point?.(ctx, account, pointing), 'ok');
  const after = await look('+15005550007');
  assert.deepEqual(after, {
    id,
    takesCalls: true,
    voice: { url: 'https://a.example/voice', method: 'POST' },
    status: { url: 'https://a.example/status', method: 'POST' },
    divertedTo: undefined,
  });
});

test('another token or account is refused, for looking and for pointing', async (t) => {
  const ctx = await apiWith(t, [{ phoneNumber: '+15005550006' }]);
  for (const wrong of [
    { ...account, authToken: new Personal('another') },
    { ...account, accountSid: `AC${'2'.repeat(32)}` },
  ]) {
    assert.deepEqual(await twilio.lookUp?.(ctx, wrong, '+15005550006'), { result: 'key-refused' });
    const pointing = {
      numberId: `PN${'0'.repeat(32)}`,
      voiceUrl: 'https://a.example/',
      statusUrl: 'https://a.example/',
    };
    assert.equal(await twilio.point?.(ctx, wrong, pointing), 'key-refused');
  }
});

test('every other answer means one thing, and silence is unreachable', async () => {
  const answering = (status: number, body: string) =>
    requestsOnly(async () => ({ status, headers: {}, body: Buffer.from(body) }));
  const cases: readonly (readonly [number, string, VendorCheck])[] = [
    [200, '{"incoming_phone_numbers":[{"sid":"x","phone_number":"+15005550006"}]}', 'not-understood'],
    [200, 'null', 'not-understood'],
    [200, '<html>', 'not-understood'],
    [403, '{}', 'no-permission'],
    [429, '{}', 'busy'],
    [503, '', 'busy'],
    [302, '', 'not-understood'],
  ];
  for (const [status, body, result] of cases) {
    const ctx = { http: answering(status, body), config };
    assert.equal((await twilio.lookUp?.(ctx, account, '+15005550006'))?.result, result, `${status} ${body}`);
  }
  const silent = { http: requestsOnly(() => Promise.reject(new Error('no route'))), config };
  assert.equal((await twilio.lookUp?.(silent, account, '+15005550006'))?.result, 'unreachable');
  const ours = problem('host-not-listed', 'Not there.');
  const strict = { http: requestsOnly(() => Promise.reject(ours)), config };
  await assert.rejects(twilio.lookUp!(strict, account, '+15005550006'), ours);
});

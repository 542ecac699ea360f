import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHttp, Personal, problem, readConfig, systemClock, seededRandom, type VendorCheck } from '#base';
import { requestsOnly } from '../../../../test/requests-only.ts';
import { carrierNamed, carriers } from '../catalogue.ts';
import { openExchange } from '../emulator/exchange.ts';

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: new Personal('secret-token') };
const list = await carriers();
const twilio = carrierNamed(list, 'twilio');
const config = readConfig({});

const answering = (status: number, body: unknown) =>
  requestsOnly(async () => ({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) }));

test('every answer of the carrier to a test means one thing', async () => {
  const cases: readonly (readonly [number, unknown, VendorCheck])[] = [
    [200, { status: 'active' }, 'ok'],
    [200, { status: 'suspended' }, 'not-active'],
    [200, { status: 'closed' }, 'not-active'],
    [200, { hello: 1 }, 'not-understood'],
    [401, { code: 20_003 }, 'key-refused'],
    [404, { code: 20_404 }, 'key-refused'],
    [403, {}, 'no-permission'],
    [429, { code: 20_429 }, 'busy'],
    [500, {}, 'busy'],
    [302, {}, 'not-understood'],
  ];
  for (const [status, body, expected] of cases) {
    assert.equal(await twilio.check?.({ http: answering(status, body), config }, account), expected, String(status));
  }
});

test('a carrier that cannot be reached is unreachable; a refusal of our own stays one', async () => {
  const failing = (why: Error) => requestsOnly(() => Promise.reject(why));
  assert.equal(await twilio.check?.({ http: failing(new Error('no route')), config }, account), 'unreachable');
  const ours = problem('host-not-listed', 'Not there.');
  await assert.rejects(twilio.check!({ http: failing(ours), config }, account), ours);
});

test('the emulated carrier knows its own account, and no other token or account', async (t) => {
  const http = openHttp({ config, log: () => {}, extraHosts: ['127.0.0.1'] });
  const senses = { clock: systemClock, random: seededRandom('check'), http };
  const exchange = await openExchange({
    ...senses,
    origin: 'http://127.0.0.1:9',
    carrier: 'twilio',
    account,
    speed: 1,
  });
  t.after(async () => {
    await exchange.close();
    await http.close();
  });
  const here = { http, config: readConfig({ SOTTO_TWILIO_BASE_URL: exchange.rest.url }) };
  assert.equal(await twilio.check?.(here, account), 'ok');
  for (const wrong of [
    { ...account, authToken: new Personal('another') },
    { ...account, accountSid: `AC${'2'.repeat(32)}` },
  ]) {
    assert.equal(await twilio.check?.(here, wrong), 'key-refused');
  }
});

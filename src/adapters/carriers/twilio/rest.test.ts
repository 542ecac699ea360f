import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outside, Personal, problem, readConfig, type HttpRequest, type Processor } from '#base';
import { carrierNamed, carriers } from '../catalogue.ts';
import { withHost } from './rest.ts';
import { requestsOnly } from '../../../../test/requests-only.ts';

const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: new Personal('secret-token') };
const callId = `CA${'2'.repeat(32)}`;
const list = await carriers();
const twilio = carrierNamed(list, 'twilio');

/** An egress that answers as told and keeps what it was asked. */
function answering(status: number, body: unknown = {}) {
  const asked: { to: Processor; request: HttpRequest }[] = [];
  const http = requestsOnly(async (to, request) => {
    asked.push({ to, request });
    return { status, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
  });
  return { asked, ctx: { http, config: readConfig({}) } };
}

const failsWith = (kind: string) => (error: unknown) =>
  error instanceof Outside && error.kind === kind && error.vendor === 'twilio' && !String(error).includes('secret');

test('hanging up asks the Calls API with the account and key of that account, within a deadline', async () => {
  const { asked, ctx } = answering(200);
  await twilio.hangUp(ctx, account, callId);
  const { to, request } = asked[0]!;
  assert.equal(request.url, `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Calls/${callId}.json`);
  assert.equal(request.body, 'Status=completed');
  assert.equal(request.headers?.['authorization'], `Basic ${btoa(`${account.accountSid}:secret-token`)}`);
  assert.equal(request.withinMs, 10_000);
  assert.deepEqual(to.hosts, ['api.twilio.com']);
});

test('redirecting posts the answer as TwiML', async () => {
  const { asked, ctx } = answering(200);
  await twilio.redirect(ctx, account, callId, [{ do: 'say', text: 'a & b', language: 'en-US' }]);
  const twiml = new URLSearchParams(String(asked[0]?.request.body)).get('Twiml');
  assert.match(twiml ?? '', /<Say language="en-US">a &amp; b<\/Say>/);
});

test('a call that is already over is hung up, and cannot be redirected', async () => {
  for (const [status, code] of [
    [404, 20_404],
    [400, 21_220],
  ] as const) {
    const { ctx } = answering(status, { code, status });
    await twilio.hangUp(ctx, account, callId);
    await assert.rejects(twilio.redirect(ctx, account, callId, [{ do: 'hang-up' }]), { code: 'call-not-known' });
  }
});

test('what the API says is told apart: credentials, come back later, not like this', async () => {
  const cases = [
    [401, 'refused'],
    [403, 'refused'],
    [400, 'refused'],
    [301, 'refused'],
    [429, 'busy'],
    [500, 'busy'],
    [503, 'busy'],
  ] as const;
  for (const [status, kind] of cases) {
    for (const body of [{ code: 20_003 }, 'not json', 'null', '']) {
      await assert.rejects(
        twilio.hangUp(answering(status, body).ctx, account, callId),
        failsWith(kind),
        String(status),
      );
    }
  }
});

test('silence is unreachable; a refusal of our own egress stays what it is', async () => {
  const config = readConfig({});
  const silent = requestsOnly(() => Promise.reject(new Error('connect ECONNREFUSED')));
  await assert.rejects(twilio.hangUp({ http: silent, config }, account, callId), failsWith('unreachable'));
  const strict = requestsOnly(() => Promise.reject(problem('host-not-listed', 'no')));
  await assert.rejects(twilio.hangUp({ http: strict, config }, account, callId), { code: 'host-not-listed' });
});

test('a configured API origin replaces the usual one, and its host is admitted for the carrier', async () => {
  const { asked, ctx } = answering(200);
  const config = { ...ctx.config, twilioBaseUrl: 'http://127.0.0.1:9' };
  await twilio.hangUp({ ...ctx, config }, account, callId);
  assert.match(asked[0]!.request.url, /^http:\/\/127\.0\.0\.1:9\/2010-04-01\//);
  assert.deepEqual(asked[0]!.to, twilio.processorFor(config));
  assert.deepEqual(twilio.processorFor(config).hosts, ['api.twilio.com', '127.0.0.1:9']);
  assert.equal(withHost(twilio.processor, undefined), twilio.processor);
});

test('the emulated carrier without an API origin is unreachable, and dials no one', async () => {
  const { asked, ctx } = answering(200);
  await assert.rejects(carrierNamed(list, 'emulator').hangUp(ctx, account, callId), { kind: 'unreachable' });
  assert.deepEqual(asked, []);
});

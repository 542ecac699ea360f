import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, problem, readConfig, type HttpRequest, type VendorCheck } from '#base';
import { requestsOnly } from '../../../../../../test/requests-only.ts';
import { checkKey } from '../check.ts';

const access = { key: new Personal('sk-secret'), baseUrl: undefined };
const config = readConfig({});

const answering = (status: number, body: unknown, asked: HttpRequest[] = []) =>
  requestsOnly(async (_to, request) => {
    asked.push(request);
    return { status, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
  });

const error = (code: string | null, message = 'No.') => ({ error: { message, type: 'x', param: null, code } });

test('every answer of the vendor to a test means one thing', async () => {
  const cases: readonly (readonly [number, unknown, VendorCheck])[] = [
    [200, { object: 'list', data: [] }, 'ok'],
    [200, '<html>Sign in to the network</html>', 'not-understood'],
    [200, { object: 'list' }, 'not-understood'],
    [401, error('invalid_api_key'), 'key-refused'],
    [401, error(null), 'key-refused'],
    [401, 'nothing', 'key-refused'],
    [401, error('account_deactivated'), 'not-active'],
    [
      401,
      error(null, 'You have insufficient permissions for this operation. Missing scopes: api.model.read.'),
      'no-permission',
    ],
    [403, error('missing_scope'), 'no-permission'],
    [429, error('insufficient_quota'), 'no-funds'],
    [429, error('rate_limit_exceeded'), 'busy'],
    [503, error('server_error'), 'busy'],
    [404, error('unknown_url'), 'not-understood'],
    [400, { error: { code: 7, message: {} } }, 'not-understood'],
  ];
  for (const [status, body, expected] of cases) {
    assert.equal(
      await checkKey({ http: answering(status, body), config }, access),
      expected,
      JSON.stringify([status, body]),
    );
  }
});

test('a test asks for the list of models and sends nothing but the key', async () => {
  const asked: HttpRequest[] = [];
  await checkKey({ http: answering(200, { data: [] }, asked), config }, access);
  const [request] = asked;
  assert.deepEqual(
    [request?.method, request?.url, request?.body],
    ['GET', 'https://api.openai.com/v1/models', undefined],
  );
  assert.deepEqual(request?.headers, { authorization: 'Bearer sk-secret' });
});

test('a vendor that cannot be reached is unreachable; a refusal of our own stays one', async () => {
  const failing = (why: Error) => requestsOnly(() => Promise.reject(why));
  assert.equal(await checkKey({ http: failing(new Error('no route')), config }, access), 'unreachable');
  const ours = problem('address-blocked', 'Not there.');
  await assert.rejects(checkKey({ http: failing(ours), config }, access), ours);
});

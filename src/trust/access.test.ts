import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canaryIds } from '#safeguards/accounts';
import { proveAll, type Means, type SelfAnswer, type SelfRequest } from '#trust';
import { altered } from './asking.ts';
import { always } from '../../test/edge.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

/* Products that break a promise about access in one way each, and the claim that must notice. */

let ground: ProvingGround;
before(async () => {
  // Each look asks as the same members, who may ask 100 times a minute.
  ground = await openProvingGround({ admit: () => always });
});
after(() => ground.close());

type Change = (request: SelfRequest, answer: SelfAnswer) => SelfAnswer;

const answers =
  (which: (request: SelfRequest, answer: SelfAnswer) => boolean, given: Partial<SelfAnswer>): Change =>
  (request, answer) =>
    which(request, answer) ? { ...answer, ...given } : answer;

const at =
  (path: string, method = 'GET') =>
  (request: SelfRequest) =>
    request.method === method && request.path === path;
const refused = '{"code":"role-lacks-permission"}';

const faults: readonly (readonly [fault: string, claim: string, change: Change, why: RegExp])[] = [
  [
    'shows everybody the credentials',
    'roles-may-what-is-published',
    answers(at('/api/v1/credentials'), { status: 200, body: '{"items":[]}' }),
    /answered 200 to the role \w+, which may not \(GET \/api\/v1\/credentials\)/,
  ],
  [
    'refuses an owner what owners may',
    'roles-may-what-is-published',
    answers(at('/api/v1/audit'), { status: 403, body: refused }),
    /refused to the role (owner|admin), which may/,
  ],
  [
    'publishes a table in which viewers read what was said',
    'roles-may-what-is-published',
    (request, answer) =>
      at('/api/v1/permissions')(request)
        ? { ...answer, body: answer.body.replace('"agent":"own"}', '"agent":"own","viewer":"all"}') }
        : answer,
    /lets the role viewer do more than was promised \(transcripts:read\)/,
  ],
  [
    'believes a header that names an organisation',
    'access-follows-membership',
    (request, answer) =>
      Object.values(request.headers ?? {}).includes(canaryIds[0])
        ? { ...answer, body: answer.body.replaceAll(canaryIds[1], canaryIds[0]) }
        : answer,
    /a header decided which organisation is shown/,
  ],
  [
    'tells a call of others from one that does not exist',
    'access-follows-membership',
    (request, answer) =>
      answer.status === 404 && request.path.startsWith('/api/v1/calls/') && !request.path.includes('ffffffff')
        ? { ...answer, body: answer.body.replace('There is no such call.', 'This call is not yours.') }
        : answer,
    /is told from what does not exist \(GET \/api\/v1\/calls\/:id\)/,
  ],
  [
    'lets a key do more than its scopes',
    'keys-do-what-they-may',
    answers((request, answer) => request.path === '/api/v1/calls' && answer.status === 403, { status: 200 }),
    /a key beyond its scopes was answered 200/,
  ],
  [
    'asks nobody for a fresh factor before a key is made',
    'lasting-damage-needs-a-fresh-factor',
    answers(at('/api/v1/keys', 'POST'), { status: 400, body: '{"code":"input-invalid"}' }),
    /answered 400 to a session that has shown no factor lately \(POST \/api\/v1\/keys\)/,
  ],
  [
    'takes any invitation',
    'teams-grow-by-invitation',
    answers(at('/api/v1/invitations/accept', 'POST'), { status: 200 }),
    /joining uninvited was answered 200/,
  ],
  [
    'takes what waits for a second factor for a session',
    'second-factors-are-not-passed',
    answers((request, answer) => at('/api/v1/session')(request) && answer.status === 401, { status: 200 }),
    /a sign-in that waits passed for a session/,
  ],
  [
    'takes a wrong code',
    'second-factors-are-not-passed',
    answers(at('/api/v1/sign-in/second-factor', 'POST'), { status: 200, headers: { 'set-cookie': 'sotto=a' } }),
    /a wrong code was answered 200/,
  ],
  [
    'takes a link twice',
    'sign-in-links-work-once',
    answers((_request, answer) => answer.status === 410, { status: 200 }),
    /a link that was used was answered 200/,
  ],
  [
    'goes on with a token that was replaced, and after the end',
    'sessions-end-by-themselves',
    answers((request, answer) => at('/api/v1/session')(request) && answer.status === 401, { status: 200 }),
    /a token that was replaced was answered 200.*a session that was ended was answered 200/,
  ],
  [
    'pauses an account without saying how long',
    'guessing-locks-the-account',
    answers((_request, answer) => answer.status === 429, { headers: {} }),
    /a pause does not say how long it is/,
  ],
  [
    'tells that nobody has an account',
    'guessing-locks-the-account',
    (request, answer) =>
      request.body?.includes('"guarded@canary.invalid"')
        ? { ...answer, body: answer.body.replace('"detail":"', '"detail":"Well. ') }
        : answer,
    /an account that exists is answered with other words/,
  ],
  [
    'goes on with a carrier token that was replaced',
    'credentials-end-at-once',
    answers((request, answer) => request.path.endsWith('/voice') && answer.status === 403, { status: 404 }),
    /a ring with a secret that was replaced was answered 404/,
  ],
  [
    'shows a viewer the summary of a call',
    'answers-hold-what-one-may-see',
    (request, answer) =>
      request.method === 'GET' && request.path.startsWith('/api/v1/calls/')
        ? { ...answer, body: answer.body.replace('"carrier":', '"summary":null,"carrier":') }
        : answer,
    /the answer holds summary/,
  ],
  [
    'tells an agent that a call of others exists',
    'answers-hold-what-one-may-see',
    answers((request, answer) => request.path.startsWith('/api/v1/calls/') && answer.status === 404, { status: 403 }),
    /a call of others was answered 403/,
  ],
  [
    'forgets its headers where there is nothing',
    'every-answer-is-closed',
    answers((_request, answer) => answer.status === 404, { headers: {} }),
    /may be framed \(X-Frame-Options\) \(.* 404\)/,
  ],
  [
    'loads a script of others',
    'only-essential-cookies',
    answers(at('/trust'), { body: '<script src="https://cdn.example/a.js"></script>' }),
    /the page loads something of another host \(\/trust\)/,
  ],
];

for (const [fault, claim, change, why] of faults) {
  test(`a product that ${fault} is found`, async () => {
    await assertFails(claim, altered(ground.means, change), why);
  });
}

test('a limit that lets one too many through, or one too few, is found', async () => {
  const count = (limit: number): Means => {
    let passed = 0;
    return altered(ground.means, ({ path }, answer) => {
      if (path !== '/api/v1/organisation') return answer;
      passed += 1;
      return passed <= limit ? { ...answer, status: 200 } : { ...answer, status: 429, headers: { 'retry-after': '1' } };
    });
  };
  await assertFails('limits-are-exact', count(101), /101 of 105 requests were let through, not 100/);
  await assertFails('limits-are-exact', count(99), /99 of 105 requests were let through, not 100/);
});

test('a product that is too busy to answer neither kept nor broke a promise', async () => {
  const busy = altered(ground.means, (_request, answer) => ({ ...answer, status: 503 }));
  for (const claim of ['roles-may-what-is-published', 'keys-do-what-they-may', 'sign-in-links-work-once']) {
    const [verdict] = await proveAll(busy, { which: [claim] });
    assert.equal(verdict?.status, 'unknown', claim);
  }
});

async function assertFails(claim: string, means: Means, why: RegExp): Promise<void> {
  const [verdict] = await proveAll(means, { which: [claim] });
  assert.ok(verdict);
  assert.equal(verdict.status, 'failing', verdict.why);
  assert.match(verdict.why, why);
}

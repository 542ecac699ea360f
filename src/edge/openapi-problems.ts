import { ruleOf } from '#access';
import { problems, type ProblemCode } from '#base';
import { saysWhen } from './failure.ts';
import { rates } from './rates.ts';
import { namesIn, type Route } from './route.ts';

/** The problems that a route can answer with, by status, an example of each. */
export function failures(route: Route, url: string): Record<string, unknown> {
  const byStatus = Map.groupBy(codesOf(route), (code) => String(problems[code].status));
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
        ...(codes.some(saysWhen) && { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(codes.map((code) => [code, { value: example(code, url) }])),
          },
        },
      },
    ]),
  );
}

/** What the edge itself can answer on this route, and what its declaration names besides. */
function codesOf(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = [
    ...always,
    ...(rates[route.limit].per === 'nobody' ? [] : (['rate-limited'] as const)),
    ...accessCodes(route),
    ...inputCodes(route),
    ...(route.idempotent ? (['idempotency-key-reused', 'idempotency-key-running'] as const) : []),
    ...(route.etag && route.method !== 'GET' ? (['changed-meanwhile', 'if-match-needed'] as const) : []),
    ...route.problems,
  ];
  return [...new Set(codes)];
}

const always = ['request-malformed', 'headers-too-large', 'internal', 'database-unavailable', 'not-running'] as const;

function accessCodes({ may, method }: Route): ProblemCode[] {
  const codes: ProblemCode[] = method === 'GET' ? [] : ['cross-site-refused'];
  if (typeof may === 'string') return codes;
  codes.push('credentials-ambiguous', 'sign-in-needed', ...keyCodes);
  if ('session' in may || may.by === 'people') codes.push('session-needed');
  if ('scope' in may) codes.push('key-lacks-scope', 'role-lacks-permission', 'organisation-needed');
  const isFresh = 'session' in may ? may.session === 'fresh' : ruleOf(may.scope).isFresh;
  if (isFresh) codes.push('step-up-needed');
  return codes;
}

/** What finding out who asks can end in for a key. */
const keyCodes = ['key-invalid', 'key-expired', 'key-revoked', 'address-refused'] as const;

function inputCodes(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = [];
  if (namesIn(route.path).length > 0) codes.push('not-found');
  if (route.query || route.body || typeof route.may !== 'string') codes.push('input-invalid');
  if (route.body) codes.push('body-malformed', 'body-too-large', 'content-type-refused', 'request-too-slow');
  return codes;
}

function example(code: ProblemCode, url: string): Record<string, unknown> {
  const { title, status } = problems[code];
  const mistakes = [{ at: '/name', fix: 'is not known here' }];
  return {
    type: `${url}/problems/${code}`,
    title,
    status,
    detail: `${title}.`,
    code,
    instance: '0198f000-0000-7000-8000-000000000001',
    ...(code === 'input-invalid' && { mistakes }),
  };
}

export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(problems) },
    instance: { type: 'string', format: 'uuid' },
    mistakes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['at', 'fix'],
        properties: { at: { type: 'string' }, fix: { type: 'string' } },
      },
    },
  },
};

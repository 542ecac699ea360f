import { ruleOf } from '#access';
import type { TObject, TSchema } from 'typebox';
import { formType } from './body.ts';
import { sessionCookieName } from './cookie.ts';
import { exampleOf } from './example.ts';
import { failures, problemSchema } from './openapi-problems.ts';
import { rates, type RateName } from './rates.ts';
import type { Route } from './route.ts';

export type OpenApi = { readonly openapi: '3.1.0'; readonly [part: string]: unknown };

/** What the document says of itself. `url` is the public origin. */
export type About = { readonly title: string; readonly version: string; readonly url: string };

/**
 * The OpenAPI 3.1 document of the API, made from the very declarations that check requests and answers.
 * Carrier webhooks are left out: their shape belongs to the carriers.
 */
export function openapi(routes: readonly Route[], { title, version, url }: About): OpenApi {
  const documented = routes.filter((route) => route.may !== 'carrier');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of documented) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, url) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: securitySchemes(url),
      headers,
      parameters: headerParameters,
    },
  };
}

const description =
  'Every error is a problem document (RFC 9457) whose `type` leads to what happened and what to do. Lists are read a ' +
  'page at a time: `next` of one page is `before` of the following. `x-scope` names the permission that a key or a role ' +
  'needs, `x-step-up` that a session needs a second factor of the last ten minutes, `x-audits` what is written down, `x-reads` that nothing is changed, whatever the method, ' +
  '`x-rate` how often it may be asked.';

function operation(route: Route, url: string): Record<string, unknown> {
  return {
    'operationId': operationId(route),
    'summary': route.say,
    'parameters': [
      ...parameters('path', route.params),
      ...parameters('query', route.query),
      ...(route.idempotent ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
      ...(demandsVersion(route) ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    ],
    ...(route.body && {
      requestBody: { required: true, content: { [route.form ? formType : 'application/json']: shown(route.body) } },
    }),
    'responses': { ...successes(route), ...failures(route, url) },
    ...access(route),
    ...(route.audits && { 'x-audits': route.audits }),
    ...(route.reads && { 'x-reads': true }),
    'x-rate': limitsOf(route).map((name) => ({ name, ...rates[name] })),
  };
}

/**
 * Who may. The scope stands in a field of its own: OpenAPI 3.1 lists roles for `http` schemes without giving them a
 * meaning.
 */
function access({ may }: Route): Record<string, unknown> {
  if (typeof may === 'string') return { security: [] };
  if ('session' in may) return { security: [{ session: [] }], ...(may.session === 'fresh' && { 'x-step-up': true }) };
  return {
    'security': [...(may.by === 'people' ? [] : [{ apiKey: [] }]), { session: [] }],
    'x-scope': may.scope,
    ...(ruleOf(may.scope).isFresh && { 'x-step-up': true }),
  };
}

function limitsOf({ limit }: Route): RateName[] {
  const { per } = rates[limit];
  if (per === 'nobody') return [];
  return per === 'asker' ? ['sender', limit] : [limit];
}

function demandsVersion({ etag, method }: Route): boolean {
  return etag !== undefined && method !== 'GET' && method !== 'POST';
}

/** `get-api-v1-calls-id`: stable as long as the route is, and unique because the route is. */
function operationId({ method, path }: Route): string {
  return [method.toLowerCase(), ...path.split('/').filter(Boolean)].join('-').replaceAll(/[^\w-]+/g, '');
}

function parameters(place: 'path' | 'query', schema: TObject | undefined): Record<string, unknown>[] {
  if (!schema) return [];
  const required = new Set<string>((schema.required as readonly string[] | undefined) ?? []);
  return Object.entries(schema.properties as Record<string, TSchema>).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    ...shown(one),
  }));
}

function successes(route: Route): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(route.output).map(([status, schema]) => {
      const { contentMediaType } = schema as { contentMediaType?: string };
      const content = { [contentMediaType ?? 'application/json']: shown(schema) };
      const told = {
        'RateLimit': { $ref: '#/components/headers/RateLimit' },
        'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
        ...(route.etag && { ETag: { $ref: '#/components/headers/ETag' } }),
      };
      return [status, { description: 'As declared', headers: told, ...(status !== '204' && { content }) }];
    }),
  );
}

/** A schema with an example of it, where one can be made. */
function shown(schema: TSchema): Record<string, unknown> {
  const example = exampleOf(schema);
  return { schema: plain(schema), ...(example !== undefined && { example }) };
}

function securitySchemes(url: string): Record<string, unknown> {
  return {
    apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'sotto_live_<id>_<secret>_<checksum>' },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookieName(url),
      description: 'Set by signing in. Changes are taken from our own pages alone, as JSON.',
    },
  };
}

const text = { type: 'string' };

const headers = {
  RateLimit: { description: 'How many requests are left', schema: text, example: '"api";r=99' },
  RateLimitPolicy: { description: 'The limit: q requests in w seconds', schema: text, example: '"api";q=100;w=60' },
  RetryAfter: { description: 'Seconds until it is worth trying again', schema: { type: 'integer' }, example: 12 },
  ETag: { description: 'The version of what is shown', schema: text, example: '"2jmj7l5rSw0yVb_vlWAYkK"' },
};

const headerParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Repeated with the same key within 24 hours, the request gets the first answer and does nothing again.',
    schema: { type: 'string', minLength: 8, maxLength: 130 },
    example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag of what was read; `*` changes whatever there is.',
    schema: text,
    example: '"2jmj7l5rSw0yVb_vlWAYkK"',
  },
};

/** The schema as JSON: without the marks that only the type builder reads. */
function plain(schema: TSchema): unknown {
  return JSON.parse(JSON.stringify(schema));
}

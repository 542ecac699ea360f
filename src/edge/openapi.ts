import { problems, type ProblemCode } from '#base';
import type { TObject, TSchema } from 'typebox';
import { namesIn, type Route } from './route.ts';

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
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'sotto_live_<id>_<secret>_<checksum>' },
      },
    },
  };
}

function operation(route: Route): Record<string, unknown> {
  const scope = typeof route.may !== 'string' && 'scope' in route.may ? route.may.scope : undefined;
  return {
    operationId: operationId(route),
    summary: route.say,
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: plain(route.body) } } },
    }),
    responses: { ...successes(route), ...failures(route) },
    // The scope stands in its own field: OpenAPI 3.1 lists roles for `http` schemes without giving them a meaning.
    ...(scope ? { 'security': [{ apiKey: [] }], 'x-scope': scope } : { security: [] }),
    ...(route.audits && { 'x-audits': route.audits }),
  };
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
    schema: plain(one),
  }));
}

function successes({ output }: Route): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(output).map(([status, schema]) => {
      const { contentMediaType } = schema as { contentMediaType?: string };
      const content = { [contentMediaType ?? 'application/json']: { schema: plain(schema) } };
      return [status, { description: 'As declared', ...(status !== '204' && { content }) }];
    }),
  );
}

function failures(route: Route): Record<string, unknown> {
  const byStatus = Map.groupBy(codesOf(route), (code) => String(problems[code].status));
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** The problems that the edge itself can answer on this route. */
function codesOf(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = [
    'request-malformed',
    'headers-too-large',
    'internal',
    'database-unavailable',
    'not-running',
  ];
  if (typeof route.may !== 'string') codes.push('key-invalid', 'key-lacks-scope');
  if (namesIn(route.path).length > 0) codes.push('not-found');
  if (route.query || route.body || typeof route.may !== 'string') codes.push('input-invalid');
  if (route.body) codes.push('body-malformed', 'body-too-large', 'content-type-refused', 'request-too-slow');
  return codes;
}

const problemSchema = {
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

/** The schema as JSON: without the marks that only the type builder reads. */
function plain(schema: TSchema): unknown {
  return JSON.parse(JSON.stringify(schema));
}

import { openapi, type Route } from '#edge';

type Schema = { readonly [word: string]: unknown };

/**
 * web/api/schema.gen.ts: what each request of the API takes and answers, as types. Made from the very document that the
 * product serves, because what the dashboard believes of the API must not be written a second time.
 */
export function apiTypes(routes: readonly Route[]): string {
  const { paths } = openapi(routes, { title: '', version: '', url: 'http://localhost' }) as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const lines = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/') || path === '/trust/claims.json')
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) =>
        requestLine(`${method.toUpperCase()} ${path}`, operation),
      ),
    );
  return [
    '// Made by node tools/reference.ts from the routes of the product. Changes made here are lost.',
    '',
    '/** Each request of the API: what it takes, and what it answers when all is well. */',
    'export type Api = {',
    ...lines.toSorted(),
    '};',
    '',
  ].join('\n');
}

type Parameter = {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
};
type Operation = {
  readonly parameters?: readonly (Parameter & { readonly $ref?: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
};

function requestLine(name: string, { parameters = [], requestBody, responses }: Operation): string {
  const body = requestBody?.content['application/json']?.schema;
  const parts = [
    fieldsIn('params', parameters, 'path'),
    fieldsIn('query', parameters, 'query'),
    body && `body: ${typeOf(body)}`,
    parameters.some(({ $ref }) => $ref?.endsWith('/IfMatch')) && 'version: string',
    `answer: ${answerOf(responses)}`,
  ];
  return `  '${name}': { ${parts.filter(Boolean).join('; ')} };`;
}

function fieldsIn(name: string, parameters: readonly Parameter[], place: string): string | false {
  const own = parameters.filter((one) => one.in === place);
  if (own.length === 0) return false;
  const isNeeded = own.some(({ required }) => required);
  const fields = own.map((one) => `${one.name}${one.required ? '' : '?'}: ${orMissing(one)}`);
  return `${name}${isNeeded ? '' : '?'}: { ${fields.join('; ')} }`;
}

function orMissing({ schema = {}, required }: Parameter): string {
  return required ? typeOf(schema) : `${typeOf(schema)} | undefined`;
}

function answerOf(responses: Operation['responses']): string {
  const good = Object.entries(responses).filter(([status]) => /^[23]/.test(status));
  const types = good.map(([, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return schema ? typeOf(schema) : 'undefined';
  });
  return [...new Set(types)].join(' | ') || 'undefined';
}

/** TypeScript of a JSON schema, as far as the schemas of our routes go. */
export function typeOf(schema: Schema): string {
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum'])) return schema['enum'].map((one) => JSON.stringify(one)).join(' | ');
  const either = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(either)) return either.map((one) => typeOf(one as Schema)).join(' | ');
  const { type } = schema;
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one })).join(' | ');
  if (type === 'array') return `readonly (${typeOf((schema['items'] ?? {}) as Schema)})[]`;
  if (type === 'object') return objectType(schema);
  return plainTypes[String(type)] ?? 'unknown';
}

const plainTypes: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

function objectType(schema: Schema): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const patterns = Object.values((schema['patternProperties'] ?? {}) as Record<string, Schema>);
  const more = schema['additionalProperties'];
  if (properties.length === 0) {
    const value = patterns[0] ?? (typeof more === 'object' && more !== null ? (more as Schema) : undefined);
    return value ? `Readonly<Record<string, ${typeOf(value)}>>` : 'Readonly<Record<string, unknown>>';
  }
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  const fields = properties.map(([name, one]) => {
    const isNeeded = required.has(name);
    return `readonly ${/^\w+$/.test(name) ? name : JSON.stringify(name)}${isNeeded ? '' : '?'}: ${typeOf(one)}${isNeeded ? '' : ' | undefined'}`;
  });
  return `{ ${fields.join('; ')} }`;
}

import * as schemas from 'typebox/schema';
import type { TSchema } from 'typebox';

type Schema = {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: unknown;
  readonly contentMediaType?: unknown;
};

/** An example of what a schema describes, made from it alone; undefined when none could be made that fits. */
export function exampleOf(schema: TSchema): unknown {
  const fits = (value: unknown) => schemas.Compile(schema as schemas.XSchema).Check(value);
  return guesses(schema).find(fits);
}

/** Values that may fit, the likeliest first. */
function guesses(schema: Schema): unknown[] {
  if (schema.examples) return [...schema.examples];
  if ('const' in schema) return [schema.const];
  if (schema.enum) return schema.enum.slice(0, 1);
  if (schema.anyOf) return schema.anyOf.flatMap(guesses);
  if (schema.properties) return [object(schema.properties)];
  if (schema.items) return [[exampleOf(schema.items as TSchema)].filter((one) => one !== undefined), []];
  return plain(schema);
}

function plain({ type, format, minimum, contentMediaType }: Schema): unknown[] {
  if (type === 'string') return contentMediaType === undefined ? [formats.get(String(format)), ...words] : [];
  if (type === 'integer' || type === 'number') return [minimum ?? 1, 1, 10, 60];
  if (type === 'boolean') return [true];
  if (type === 'null') return [null];
  if (type === 'array') return [[]];
  if (type === 'object') return [{}];
  return [];
}

function object(properties: Readonly<Record<string, Schema>>): Record<string, unknown> {
  const values = Object.entries(properties).map(([name, one]) => [name, exampleOf(one as TSchema)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

const formats: ReadonlyMap<string, string> = new Map([
  ['uuid', '0198f000-0000-7000-8000-000000000001'],
  ['date-time', '2026-11-20T12:00:00.000Z'],
  ['date', '2026-11-20'],
  ['email', 'ada@example.com'],
  ['uri', 'https://example.com/'],
]);

/** Whatever pattern or length a text is to have, one of these often does. */
const words = [
  'text',
  'twilio',
  'en',
  'US',
  '123456',
  'ada@example.com',
  '+15005550006',
  'rate-limited',
  'calls:read',
  'a-longer-text-of-a-certain-length',
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
  '2026-11-20',
  '09:00',
  '10.0.0.0/8',
  '0198f000-0000-7000-8000-000000000001',
];

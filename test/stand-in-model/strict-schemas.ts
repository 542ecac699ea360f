type Schema = { readonly [name: string]: unknown };

const known = new Set([
  'type',
  'description',
  'enum',
  'const',
  'properties',
  'required',
  'items',
  'anyOf',
  'additionalProperties',
]);

/**
 * What is wrong with a schema under `strict`: every object closed, every member required, and only what every model
 * takes (the strictest reading of the vendor's guide). Undefined when nothing is.
 */
export function strictMistake(schema: unknown, at = '#'): string | undefined {
  if (!isSchema(schema)) return `${at} is no schema`;
  const foreign = Object.keys(schema).find((name) => !known.has(name));
  if (foreign !== undefined) return `${at} uses ${foreign}`;
  const inner = [...partsOf(schema, at)].map(([part, where]) => strictMistake(part, where)).find(Boolean);
  return objectMistake(schema, at) ?? inner;
}

function objectMistake({ type, properties, required, additionalProperties }: Schema, at: string): string | undefined {
  if (type !== 'object') return undefined;
  if (additionalProperties !== false) return `${at} allows other members`;
  const names = Object.keys(isSchema(properties) ? properties : {});
  const isAll = Array.isArray(required) && names.every((name) => required.includes(name));
  return isAll && required.length === names.length ? undefined : `${at} does not require all its members`;
}

function* partsOf({ properties, items, anyOf }: Schema, at: string): Generator<readonly [unknown, string]> {
  if (isSchema(properties)) for (const [name, part] of Object.entries(properties)) yield [part, `${at}/${name}`];
  if (items !== undefined) yield [items, `${at}/items`];
  if (Array.isArray(anyOf)) for (const [index, part] of anyOf.entries()) yield [part, `${at}/${index}`];
}

/** The smallest value that the schema allows. */
export function sampleOf(schema: unknown): unknown {
  if (!isSchema(schema)) return null;
  const { anyOf, const: only, enum: some, items, properties, type } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(some)) return some[0];
  if (Array.isArray(anyOf)) return sampleOf(anyOf[0]);
  if (type === 'object') {
    const members = Object.entries(isSchema(properties) ? properties : {});
    return Object.fromEntries(members.map(([name, part]) => [name, sampleOf(part)]));
  }
  if (type === 'array') return [sampleOf(items)];
  return { string: 'text', integer: 0, number: 0, boolean: false }[String(type)] ?? null;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

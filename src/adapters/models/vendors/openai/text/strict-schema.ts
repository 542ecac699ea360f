/** What a strict schema may say; everything else is left to whoever takes the value. */
const kept = new Set(['type', 'description', 'enum', 'const', 'properties', 'required', 'items', 'anyOf']);

/**
 * The schema in the subset that structured outputs take with `strict`: every member required, none beside them. What
 * it says of patterns, lengths and ranges goes: not every model takes those, and a tool checks its input itself.
 */
export function strictly(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([name]) => kept.has(name));
  const plain = Object.fromEntries(entries.map(([name, value]) => [name, keep(name, value)]));
  if (plain['type'] !== 'object') return plain;
  const properties = plain['properties'] ?? {};
  return { ...plain, properties, required: Object.keys(properties), additionalProperties: false };
}

/** Names of members and values that may be taken are no schemas. */
function keep(name: string, value: unknown): unknown {
  if (name === 'properties' && typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([member, schema]) => [member, strictly(schema)]));
  }
  return name === 'items' || name === 'anyOf' ? strictly(value) : value;
}

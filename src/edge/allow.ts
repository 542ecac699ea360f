import * as schemas from 'typebox/schema';
import type { TSchema } from 'typebox';

type Schema = {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/**
 * Makes the gate for one kind of answer: what the schema names passes, every other field stays inside.
 * Throws when what remains does not fit the schema; a `Personal` that nobody revealed does not.
 */
export function outputGate(schema: TSchema): (value: unknown) => unknown {
  const validator = schemas.Compile(schema as schemas.XSchema);
  const choose = chooser(schema);
  return (value) => {
    const kept = choose(value);
    if (validator.Check(kept)) return kept;
    const places = validator.Errors(kept)[1].map(({ instancePath }) => instancePath || '/');
    throw new Error(`an answer does not fit its schema at ${places.join(' ')}`);
  };
}

type Choose = (value: unknown) => unknown;

function chooser(schema: Schema): Choose {
  if (schema.anyOf) return alternatives(schema.anyOf);
  if (schema.items) return list(chooser(schema.items));
  if (schema.properties) return object(schema.properties);
  if (schema.patternProperties) return record(schema.patternProperties);
  return (value) => value;
}

/** The first alternative that fits once its own allow-list has been applied. */
function alternatives(schemasOf: readonly Schema[]): Choose {
  const choices = schemasOf.map((schema) => ({
    choose: chooser(schema),
    validator: schemas.Compile(schema as schemas.XSchema),
  }));
  return (value) => {
    for (const { choose, validator } of choices) {
      const kept = choose(value);
      if (validator.Check(kept)) return kept;
    }
    return value;
  };
}

function list(choose: Choose): Choose {
  return (value) => (Array.isArray(value) ? value.map(choose) : value);
}

function object(properties: Readonly<Record<string, Schema>>): Choose {
  const choosers = Object.entries(properties).map(([name, schema]) => ({ name, choose: chooser(schema) }));
  return (value) => {
    if (!isPlain(value)) return value;
    const present = choosers.filter(({ name }) => Object.hasOwn(value, name) && value[name] !== undefined);
    return Object.fromEntries(present.map(({ name, choose }) => [name, choose(value[name])]));
  };
}

function record(patterns: Readonly<Record<string, Schema>>): Choose {
  const choosers = Object.entries(patterns).map(([pattern, schema]) => ({
    pattern: new RegExp(pattern, 'u'),
    choose: chooser(schema),
  }));
  return (value) => {
    if (!isPlain(value)) return value;
    const kept = Object.entries(value).flatMap(([name, one]) => {
      const match = choosers.find(({ pattern }) => pattern.test(name));
      return match ? [[name, match.choose(one)] as const] : [];
    });
    return Object.fromEntries(kept);
  };
}

/** Only plain objects are opened; anything with a class stays whole and fails the check behind. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

import * as schemas from 'typebox/schema';
import type { TObject, TSchema } from 'typebox';
import { problem, type Mistake } from '#base';

const mostMistakes = 20;

/**
 * Makes the reader of one input: it returns the value as it came when the schema holds, and throws `input-invalid`
 * with a JSON pointer for each mistake otherwise. Nothing is coerced, filled in or dropped, and objects are closed:
 * a property that the schema does not name is a mistake. Values are never repeated in the answer.
 */
export function inputReader(schema: TSchema): (value: unknown) => unknown {
  const whole = closed(schema);
  const validator = schemas.Compile(whole);
  return (value) => {
    if (validator.Check(value)) return value;
    throw problem('input-invalid', 'The input does not have the shape that is documented.', {
      mistakes: mistakesOf(whole, validator.Errors(value)[1]),
    });
  };
}

/**
 * The same for the query or the path, where everything arrives as text: a property that the schema calls a number
 * is read as one when it is written as a plain decimal, and stays text otherwise, so that the check names it.
 */
export function textReader(schema: TObject): (texts: Readonly<Record<string, string>>) => unknown {
  const read = inputReader(schema);
  const properties = schema.properties as Record<string, Part>;
  const isNumber = (name: string) => mayBeNumber(properties[name]);
  return (texts) =>
    read(
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, isNumber(name) ? plainNumber(text) : text]),
      ),
    );
}

type Part = { readonly type?: unknown; readonly anyOf?: readonly Part[] };

/** Also where a word may stand instead of the number: a text that is written as a number is never that word. */
function mayBeNumber(part: Part | undefined): boolean {
  if (part === undefined) return false;
  return part.type === 'integer' || part.type === 'number' || (part.anyOf ?? []).some(mayBeNumber);
}

/** The query as names and values. A name that comes twice is refused: two readers might pick different ones. */
export function queryOf(target: string): Record<string, string> {
  const from = target.indexOf('?');
  const pairs = from < 0 ? [] : [...new URLSearchParams(target.slice(from + 1))];
  const names = new Set(pairs.map(([name]) => name));
  if (names.size < pairs.length) throw problem('input-invalid', 'A query parameter came twice. Send each once.');
  return Object.fromEntries(pairs);
}

function plainNumber(text: string): number | string {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

/** Every object schema with named properties refuses the others. `allOf` cannot be closed that way and is refused. */
function closed(schema: TSchema): schemas.XSchema {
  return closeDeep(schema) as schemas.XSchema;
}

function closeDeep(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closeDeep);
  if (part === null || typeof part !== 'object') return part;
  if ('allOf' in part) throw new TypeError('an input schema cannot use allOf: write the object out');
  const copy = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, closeDeep(value)]));
  const isOpen = copy['type'] === 'object' && 'properties' in copy && !('patternProperties' in copy);
  return isOpen && copy['additionalProperties'] === undefined ? { ...copy, additionalProperties: false } : copy;
}

type Complaint = {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
};

function mistakesOf(schema: unknown, complaints: readonly Complaint[]): Mistake[] {
  // "schema is false" repeats, per property, what additionalProperties says of the object.
  const told = complaints.filter(({ keyword }) => keyword !== 'additionalProperties').slice(0, mostMistakes);
  return told.map((complaint) => ({
    at: placeOf(complaint).slice(0, 200) || '/',
    fix: fixOf(schema, complaint).slice(0, 200),
  }));
}

/**
 * What would do: the words that are allowed, or for a pattern, which few can read, its description. Both stand in the
 * schema, so telling them repeats nothing of the sender's.
 */
function fixOf(schema: unknown, { keyword, message, params, schemaPath }: Complaint): string {
  if (keyword === 'boolean') return 'is not known here';
  if (keyword === 'enum' && 'allowedValues' in params)
    return `must be one of ${[params.allowedValues].flat().join(', ')}`;
  const described = keyword === 'pattern' ? at(schema, `${schemaPath}/description`) : undefined;
  return typeof described === 'string' ? `must be ${described}` : message;
}

/** What stands in a schema behind a pointer such as `#/properties/name`. */
function at(schema: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps.reduce((part: unknown, step) => (isObject(part) ? part[step] : undefined), schema);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A name that nobody declared may be about somebody. One that looks like a field's is told again, so that it is found. */
function placeOf({ keyword, instancePath: path }: Complaint): string {
  if (keyword !== 'boolean') return path;
  const at = path.lastIndexOf('/');
  return /^[A-Za-z_]\w{0,40}$/.test(path.slice(at + 1)) ? path : path.slice(0, at);
}

import { problem } from '#base';

const largestBytes = 16 * 1_024;
const deepest = 8;

/** A JSON object as it came over a socket; nothing about its fields is known yet. */
export type Message = { readonly [name: string]: unknown };

/** The object that a text message holds. Throws `frame-malformed` unless it is a JSON object of up to 16 KiB and 8 levels. */
export function parseMessage(text: string): Message {
  if (Buffer.byteLength(text) > largestBytes) throw problem('frame-malformed', 'The message is larger than 16 KiB.');
  if (nests(text)) throw problem('frame-malformed', `The message nests deeper than ${deepest} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the cause: the parser's message quotes the text, which may be what the caller said.
    throw problem('frame-malformed', 'The message is not JSON.');
  }
  if (!isMessage(value)) throw problem('frame-malformed', 'The message is not a JSON object.');
  return value;
}

/** True when brackets outside strings nest too deep; counted in one pass before any parser sees the text. */
function nests(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length && depth <= deepest; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '{' || character === '[')) depth += 1;
    else if (!quoted && (character === '}' || character === ']')) depth -= 1;
  }
  return depth > deepest;
}

type Kinds = { string: string; boolean: boolean };

/** The field, which must be there and of that kind. Throws `frame-malformed`. */
export function due<K extends keyof Kinds>(message: Message, name: string, kind: K): Kinds[K] {
  const value = optional(message, name, kind);
  if (value === undefined) throw malformed(name);
  return value;
}

/** The field, or undefined when it is absent or null; of another kind it is `frame-malformed`. */
export function optional<K extends keyof Kinds>(message: Message, name: string, kind: K): Kinds[K] | undefined {
  const value = Object.hasOwn(message, name) ? message[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== kind) throw malformed(name);
  return value as Kinds[K];
}

export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is thrown for a field that is not what it should be; its value is not quoted. */
export function malformed(name: string): Error {
  return problem('frame-malformed', `The field ${name} is missing or not what it should be.`);
}

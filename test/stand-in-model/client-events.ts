import { Type, type Static } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { sessionSettings } from './settings.ts';

/** All that a client may send (npm openai 7.55.0, RealtimeClientEvent), closed: what is not named is an error. */
const closed = { additionalProperties: false } as const;
const text = Type.String();
const id = Type.String({ minLength: 1, maxLength: 64 });
const status = Type.Optional(Type.Enum(['completed', 'incomplete', 'in_progress']));
const event = { event_id: Type.Optional(Type.String({ maxLength: 512 })) };
const named = { id: Type.Optional(id), object: Type.Optional(Type.Literal('realtime.item')), status };

const inputText = Type.Object({ type: Type.Literal('input_text'), text }, closed);
const outputText = Type.Object({ type: Type.Literal('output_text'), text }, closed);
const message = { ...named, type: Type.Literal('message') };

const item = Type.Union([
  Type.Object({ ...message, role: Type.Literal('system'), content: Type.Array(inputText, { minItems: 1 }) }, closed),
  Type.Object({ ...message, role: Type.Literal('user'), content: Type.Array(inputText, { minItems: 1 }) }, closed),
  Type.Object(
    { ...message, role: Type.Literal('assistant'), content: Type.Array(outputText, { minItems: 1 }) },
    closed,
  ),
  Type.Object({ ...named, type: Type.Literal('function_call'), call_id: id, name: text, arguments: text }, closed),
  Type.Object({ ...named, type: Type.Literal('function_call_output'), call_id: id, output: text }, closed),
]);

const response = Type.Object(
  {
    instructions: Type.Optional(text),
    conversation: Type.Optional(Type.Enum(['auto', 'none'])),
    metadata: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 512 }))),
    max_output_tokens: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 4_096 }), Type.Literal('inf')])),
    output_modalities: Type.Optional(Type.Array(Type.Enum(['audio', 'text']), { minItems: 1, maxItems: 1 })),
    tool_choice: Type.Optional(Type.Enum(['auto', 'none', 'required'])),
  },
  closed,
);

const shapes = {
  'session.update': Type.Object({ ...event, type: text, session: sessionSettings }, closed),
  'input_audio_buffer.append': Type.Object({ ...event, type: text, audio: text }, closed),
  'input_audio_buffer.commit': Type.Object({ ...event, type: text }, closed),
  'input_audio_buffer.clear': Type.Object({ ...event, type: text }, closed),
  'conversation.item.create': Type.Object({ ...event, type: text, item, previous_item_id: Type.Optional(id) }, closed),
  'conversation.item.delete': Type.Object({ ...event, type: text, item_id: id }, closed),
  'conversation.item.retrieve': Type.Object({ ...event, type: text, item_id: id }, closed),
  'conversation.item.truncate': Type.Object(
    {
      ...event,
      type: text,
      item_id: id,
      content_index: Type.Literal(0),
      audio_end_ms: Type.Integer({ minimum: 0 }),
    },
    closed,
  ),
  'response.create': Type.Object({ ...event, type: text, response: Type.Optional(response) }, closed),
  'response.cancel': Type.Object({ ...event, type: text, response_id: Type.Optional(id) }, closed),
} as const;

type Shapes = typeof shapes;
export type ClientItem = Static<typeof item>;
export type ClientEvent = { [Name in keyof Shapes]: Static<Shapes[Name]> & { readonly type: Name } }[keyof Shapes];

/** An error event's content, as the vendor words it. */
export type Refusal = {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly event_id: string | null;
};

const validators = new Map<string, Validator>(Object.entries(shapes).map(([name, shape]) => [name, Compile(shape)]));

/** Reads a client event strictly: the event, or the error it is answered with. */
export function readClientEvent(raw: string): { readonly event: ClientEvent } | { readonly refusal: Refusal } {
  const value = parsed(raw);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { refusal: refusal('invalid_json', 'The message is no JSON object.') };
  }
  const { type, event_id } = value as { type?: unknown; event_id?: unknown };
  const eventId = typeof event_id === 'string' ? event_id : null;
  const validator = validators.get(String(type));
  if (!validator) return { refusal: refusal('invalid_value', 'The event type is not known.', 'type', eventId) };
  if (validator.Check(value)) return { event: value as ClientEvent };
  const { code, param } = mistake(validator.Errors(value)[0]);
  return { refusal: refusal(code, 'The event is not of its shape.', param, eventId) };
}

type Complaint = { readonly keyword: string; readonly instancePath: string } | undefined;

function mistake(complaint: Complaint): { readonly code: string; readonly param: string | null } {
  const param = complaint?.instancePath.slice(1).replaceAll('/', '.') || null;
  // A member that nobody knows fails the schema `false`.
  if (complaint?.keyword === 'boolean') return { code: 'unknown_parameter', param };
  return { code: complaint?.keyword === 'required' ? 'missing_required_parameter' : 'invalid_value', param };
}

export function refusal(
  code: string,
  message: string,
  param: string | null = null,
  event_id: string | null = null,
): Refusal {
  return { type: 'invalid_request_error', code, message, param, event_id };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

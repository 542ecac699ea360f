import { Type, type Static } from 'typebox';
import { Check, Errors } from 'typebox/value';
import type { Deed } from './faults.ts';
import { sampleOf, strictMistake } from './strict-schemas.ts';

const closed = { additionalProperties: false } as const;

const message = Type.Object(
  { role: Type.Enum(['user', 'assistant', 'developer', 'system']), content: Type.String() },
  closed,
);

/** What may be asked of `POST /v1/responses` here: the part of it that concerns structured output, closed. */
const request = Type.Object(
  {
    model: Type.String({ minLength: 1 }),
    instructions: Type.Optional(Type.String()),
    input: Type.Union([Type.String(), Type.Array(message, { minItems: 1 })]),
    text: Type.Object(
      {
        format: Type.Object(
          {
            type: Type.Literal('json_schema'),
            name: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
            schema: Type.Object({ type: Type.Literal('object') }),
            strict: Type.Literal(true),
          },
          closed,
        ),
      },
      closed,
    ),
    max_output_tokens: Type.Optional(Type.Integer({ minimum: 16 })),
    store: Type.Optional(Type.Boolean()),
  },
  closed,
);

export type TextRequest = Static<typeof request>;

/** What the model answers; undefined = the smallest value of the schema. */
export type TextScript = (asked: TextRequest) => unknown;

export type HttpAnswer = { readonly status: number; readonly body: object | string };

/** Answers a request whose key is right. `deed` is what goes wrong. */
export function answerText(
  raw: string,
  script: TextScript,
  deed: Deed | undefined,
): HttpAnswer & { readonly asked?: TextRequest } {
  const body = parsed(raw);
  if (!Check(request, body)) {
    const at = Errors(request, body)[0]?.instancePath ?? '';
    return apiError(400, 'invalid_value', `The request is not of its shape: ${at}`);
  }
  const mistake = strictMistake(body.text.format.schema);
  if (mistake) return apiError(400, 'invalid_json_schema', `Invalid schema for response_format: ${mistake}`);
  return { ...respond(body, script, deed), asked: body };
}

export function apiError(status: number, code: string, message: string): HttpAnswer {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { status, body: { error: { message, type, param: null, code } } };
}

function respond(asked: TextRequest, script: TextScript, deed: Deed | undefined): HttpAnswer {
  const { schema } = asked.text.format;
  switch (deed?.do) {
    case 'refuse':
      return apiError(deed.status, deed.code ?? 'planned', 'Planned.');
    case 'garbage':
      return { status: 200, body: deed.messages.join('') };
    case 'fail':
      return { status: 200, body: response(asked, 'failed', [], { error: { code: deed.code, message: 'Planned.' } }) };
    case 'incomplete': {
      const half = part('output_text', JSON.stringify(sampleOf(schema)).slice(0, 5));
      return {
        status: 200,
        body: response(asked, 'incomplete', [half], { incomplete_details: { reason: deed.reason } }),
      };
    }
    case 'refusal':
      return { status: 200, body: response(asked, 'completed', [{ type: 'refusal', refusal: 'I cannot do that.' }]) };
    case 'answer':
      return { status: 200, body: response(asked, 'completed', [part('output_text', deed.text)]) };
    default: {
      const answer = script(asked) ?? sampleOf(schema);
      return { status: 200, body: response(asked, 'completed', [part('output_text', JSON.stringify(answer))]) };
    }
  }
}

function part(type: string, text: string): object {
  return { type, text, annotations: [] };
}

/** The response object. A model that thinks has an item for that before the message. */
function response(
  { model, store }: TextRequest,
  status: string,
  content: readonly object[],
  more: object = {},
): object {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', status, content };
  return {
    id: 'resp_1',
    object: 'response',
    status,
    model,
    store: store ?? true,
    error: null,
    incomplete_details: null,
    output: [{ id: 'rs_1', type: 'reasoning', summary: [] }, ...(content.length > 0 ? [message] : [])],
    usage: { input_tokens: 120, output_tokens: 40, total_tokens: 160 },
    ...more,
  };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const maybe = Type.Optional;

const format = Type.Union([
  Type.Object({ type: Type.Literal('audio/pcm'), rate: Type.Literal(24_000) }, closed),
  Type.Object({ type: Type.Literal('audio/pcmu') }, closed),
  Type.Object({ type: Type.Literal('audio/pcma') }, closed),
]);

const semanticVad = Type.Object(
  {
    type: Type.Literal('semantic_vad'),
    eagerness: maybe(Type.Enum(['low', 'medium', 'high', 'auto'])),
    create_response: maybe(Type.Boolean()),
    interrupt_response: maybe(Type.Boolean()),
  },
  closed,
);

const serverVad = Type.Object(
  {
    type: Type.Literal('server_vad'),
    threshold: maybe(Type.Number({ minimum: 0, maximum: 1 })),
    prefix_padding_ms: maybe(Type.Integer({ minimum: 0 })),
    silence_duration_ms: maybe(Type.Integer({ minimum: 0 })),
    idle_timeout_ms: maybe(Type.Union([Type.Integer(), Type.Null()])),
    create_response: maybe(Type.Boolean()),
    interrupt_response: maybe(Type.Boolean()),
  },
  closed,
);

const transcription = Type.Object(
  {
    model: maybe(Type.String()),
    language: maybe(Type.String({ pattern: '^[a-z]{2,3}$' })),
    keywords: maybe(Type.Array(Type.String())),
    prompt: maybe(Type.String()),
  },
  closed,
);

const input = Type.Object(
  {
    format: maybe(format),
    noise_reduction: maybe(
      Type.Union([Type.Object({ type: Type.Enum(['near_field', 'far_field']) }, closed), Type.Null()]),
    ),
    transcription: maybe(Type.Union([transcription, Type.Null()])),
    turn_detection: maybe(Type.Union([semanticVad, serverVad, Type.Null()])),
  },
  closed,
);

const output = Type.Object(
  {
    format: maybe(format),
    voice: maybe(Type.Union([Type.String(), Type.Object({ id: Type.String() }, closed)])),
    speed: maybe(Type.Number({ minimum: 0.25, maximum: 1.5 })),
  },
  closed,
);

const tool = Type.Object(
  {
    type: Type.Literal('function'),
    name: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,64}$' }),
    description: maybe(Type.String()),
    parameters: maybe(Type.Object({ type: Type.Literal('object') })),
  },
  closed,
);

/** What a session may be told (npm openai 7.55.0, RealtimeSessionCreateRequest), closed. */
export const sessionSettings = Type.Object(
  {
    type: Type.Literal('realtime'),
    model: maybe(Type.String()),
    instructions: maybe(Type.String()),
    output_modalities: maybe(Type.Array(Type.Enum(['audio', 'text']), { minItems: 1, maxItems: 1 })),
    audio: maybe(Type.Object({ input: maybe(input), output: maybe(output) }, closed)),
    tools: maybe(Type.Array(tool)),
    tool_choice: maybe(Type.Enum(['auto', 'none', 'required'])),
    max_output_tokens: maybe(Type.Union([Type.Integer({ minimum: 1, maximum: 4_096 }), Type.Literal('inf')])),
    truncation: maybe(
      Type.Union([
        Type.Enum(['auto', 'disabled']),
        Type.Object(
          { type: Type.Literal('retention_ratio'), retention_ratio: Type.Number({ minimum: 0, maximum: 1 }) },
          closed,
        ),
      ]),
    ),
    reasoning: maybe(Type.Object({ effort: Type.Enum(['minimal', 'low', 'medium', 'high', 'xhigh']) }, closed)),
    parallel_tool_calls: maybe(Type.Boolean()),
    tracing: maybe(Type.Union([Type.Null(), Type.Literal('auto'), Type.Object({})])),
    include: maybe(Type.Array(Type.Literal('item.input_audio_transcription.logprobs'))),
  },
  closed,
);

export type SessionUpdate = Static<typeof sessionSettings>;

/** A session before it is told anything: PCM, turns detected on the server, no transcription, tracing off. */
export function freshSettings(model: string): SessionUpdate {
  return {
    type: 'realtime',
    model,
    instructions: 'You are a helpful assistant.',
    output_modalities: ['audio'],
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24_000 },
        transcription: null,
        turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
      },
      output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'alloy' },
    },
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
  };
}

/** Only what is present changes. */
export function merged(settings: SessionUpdate, update: SessionUpdate): SessionUpdate {
  const audio = {
    input: { ...settings.audio?.input, ...update.audio?.input },
    output: { ...settings.audio?.output, ...update.audio?.output },
  };
  return { ...settings, ...update, audio };
}

import { audioDeltaType, cutAudioDelta, readAudioDelta, type AudioDelta, type LastPlace } from './audio-delta.ts';
import {
  amount,
  fields,
  isFields,
  maybeAmount,
  maybeFields,
  maybeText,
  Misshapen,
  text,
  type Fields,
} from '../fields.ts';

/** What an error says: `type` and `code` are words of the vendor, `event` the client event it is about. */
export type ApiError = { readonly type: string; readonly code: string; readonly event: string | undefined };

export type Usage = { readonly inputTokens: number; readonly outputTokens: number; readonly audioSeconds: number };

/** A call of a function, complete. `input` is what the model wrote, JSON or not. */
export type FunctionCall = { readonly callId: string; readonly tool: string; readonly input: string };

/** How a response ended. */
export type ResponseEnd = {
  readonly response: string;
  readonly status: string;
  /** Why it was cancelled or is incomplete. */
  readonly reason: string | undefined;
  readonly error: ApiError | undefined;
  readonly calls: readonly FunctionCall[];
  readonly usage: Usage;
};

/** The server events of the Realtime API (GA) that matter here, in our words. */
export type ServerEvent =
  | AudioDelta
  | { readonly type: 'settled' }
  | { readonly type: 'caller-began'; readonly atMs: number }
  | { readonly type: 'caller-ended'; readonly atMs: number }
  | { readonly type: 'committed'; readonly item: string; readonly after: string | undefined }
  /** What the caller said; empty when it was not understood. */
  | { readonly type: 'transcribed'; readonly item: string; readonly text: string; readonly usage: Usage }
  /** The result of a function has become part of the conversation. */
  | { readonly type: 'result-added'; readonly callId: string }
  | { readonly type: 'response-began'; readonly response: string }
  | { readonly type: 'words'; readonly response: string; readonly item: string; readonly text: string }
  | { readonly type: 'all-words'; readonly response: string; readonly item: string; readonly text: string }
  | {
      readonly type: 'item-over';
      readonly response: string;
      readonly item: string;
      /** All of it was made. */
      readonly isWhole: boolean;
      readonly call: FunctionCall | undefined;
    }
  | ({ readonly type: 'response-over' } & ResponseEnd)
  | { readonly type: 'error'; readonly error: ApiError }
  /** Anything else: new types are added, and many are of no interest. */
  | { readonly type: 'other' };

const other = { type: 'other' } as const;
const noUsage: Usage = { inputTokens: 0, outputTokens: 0, audioSeconds: 0 };

/** Reads one message. Undefined when it is no event, or not one of the shape its type has. `last` is kept by a session. */
export function readEvent(message: Buffer, last?: LastPlace): ServerEvent | undefined {
  const audio = cutAudioDelta(message, last);
  if (audio) return audio;
  try {
    const event: unknown = JSON.parse(message.toString('utf8'));
    return isFields(event) ? (readers.get(text(event, 'type'))?.(event) ?? known(event)) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Misshapen) return undefined;
    throw error;
  }
}

/** An audio delta without audio is as little worth telling as a type we do not know; a wrong one is garbage. */
function known(event: Fields): ServerEvent | undefined {
  return event['type'] === audioDeltaType && event['delta'] !== '' ? readAudioDelta(event) : other;
}

type Reader = (event: Fields) => ServerEvent;

const transcription = 'conversation.item.input_audio_transcription';

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['session.updated', () => ({ type: 'settled' })],
  ['input_audio_buffer.speech_started', (event) => ({ type: 'caller-began', atMs: amount(event, 'audio_start_ms') })],
  ['input_audio_buffer.speech_stopped', (event) => ({ type: 'caller-ended', atMs: amount(event, 'audio_end_ms') })],
  [
    'input_audio_buffer.committed',
    (event) => ({ type: 'committed', item: text(event, 'item_id'), after: maybeText(event, 'previous_item_id') }),
  ],
  [
    `${transcription}.completed`,
    (event) => ({
      type: 'transcribed',
      item: text(event, 'item_id'),
      text: text(event, 'transcript'),
      usage: transcriptionUsage(maybeFields(event, 'usage')),
    }),
  ],
  [
    `${transcription}.failed`,
    (event) => ({ type: 'transcribed', item: text(event, 'item_id'), text: '', usage: noUsage }),
  ],
  ['conversation.item.added', itemAdded],
  // The name of the same event before GA; still in the vendor's union of types.
  ['conversation.item.created', itemAdded],
  ['response.created', (event) => ({ type: 'response-began', response: text(fields(event, 'response'), 'id') })],
  [
    'response.output_audio_transcript.delta',
    (event) => ({ type: 'words', ...ofItem(event), text: text(event, 'delta') }),
  ],
  [
    'response.output_audio_transcript.done',
    (event) => ({ type: 'all-words', ...ofItem(event), text: text(event, 'transcript') }),
  ],
  ['response.output_item.done', itemOver],
  ['response.done', (event) => ({ type: 'response-over', ...responseEnd(fields(event, 'response')) })],
  ['error', (event) => ({ type: 'error', error: apiError(fields(event, 'error')) })],
]);

function ofItem(event: Fields): { readonly response: string; readonly item: string } {
  return { response: text(event, 'response_id'), item: text(event, 'item_id') };
}

function itemAdded(event: Fields): ServerEvent {
  const item = fields(event, 'item');
  return item['type'] === 'function_call_output' ? { type: 'result-added', callId: text(item, 'call_id') } : other;
}

function itemOver(event: Fields): ServerEvent {
  const item = fields(event, 'item');
  const place = { response: text(event, 'response_id'), item: text(item, 'id') };
  return { type: 'item-over', ...place, isWhole: isWhole(item), call: functionCall(item) };
}

function isWhole(item: Fields): boolean {
  return (item['status'] ?? 'completed') === 'completed';
}

/** Undefined for anything but a function call that was written to its end. */
function functionCall(item: Fields): FunctionCall | undefined {
  if (item['type'] !== 'function_call' || !isWhole(item)) return undefined;
  return { callId: text(item, 'call_id'), tool: text(item, 'name'), input: text(item, 'arguments') };
}

function responseEnd(response: Fields): ResponseEnd {
  const details = maybeFields(response, 'status_details');
  const error = details && maybeFields(details, 'error');
  const usage = maybeFields(response, 'usage');
  const output = Array.isArray(response['output']) ? response['output'] : [];
  return {
    response: text(response, 'id'),
    status: text(response, 'status'),
    reason: details && maybeText(details, 'reason'),
    error: error && apiError(error),
    calls: output.filter(isFields).flatMap((item) => functionCall(item) ?? []),
    usage: usage ? tokens(usage) : noUsage,
  };
}

function apiError(error: Fields): ApiError {
  return {
    type: maybeText(error, 'type') ?? '',
    code: maybeText(error, 'code') ?? '',
    event: maybeText(error, 'event_id'),
  };
}

function tokens(usage: Fields): Usage {
  return {
    inputTokens: maybeAmount(usage, 'input_tokens'),
    outputTokens: maybeAmount(usage, 'output_tokens'),
    audioSeconds: 0,
  };
}

/** Transcription is billed apart, by tokens or by the length of the audio. */
function transcriptionUsage(usage: Fields | undefined): Usage {
  if (!usage) return noUsage;
  return usage['type'] === 'duration' ? { ...noUsage, audioSeconds: amount(usage, 'seconds') } : tokens(usage);
}

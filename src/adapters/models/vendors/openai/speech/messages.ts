import type { HistoryItem } from '../../../speech.ts';

/** Client events of the Realtime API (GA), as text for the wire. */

/** Audio of the caller. Built by concatenation: fifty a second and call; base64 needs no escaping. */
export function append(payload: string): string {
  return `{"type":"input_audio_buffer.append","audio":"${payload}"}`;
}

/** Only what is present changes, so this changes nothing; the vendor answers it with `session.updated`. */
export const noChange = JSON.stringify({ type: 'session.update', event_id: 'probe', session: { type: 'realtime' } });

/** The model forgets what was not heard of its answer; `audio_end_ms` beyond its length is an error. */
export function truncate(item: string, endMs: number): string {
  return JSON.stringify({ type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: endMs });
}

export function cancel(response: string): string {
  return JSON.stringify({ type: 'response.cancel', response_id: response });
}

/** Asks for a response. `instructions` take the place of the session's for this response. */
export function create(instructions: string | undefined): string {
  return JSON.stringify({ type: 'response.create', ...(instructions !== undefined && { response: { instructions } }) });
}

export function functionResult(callId: string, output: string): string {
  return item({ type: 'function_call_output', call_id: callId, output });
}

/** Something the caller did other than speak. */
export function userSays(text: string): string {
  return item({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });
}

/** Something the model must know and the caller did not say. */
export function systemSays(text: string): string {
  return item({ type: 'message', role: 'system', content: [{ type: 'input_text', text }] });
}

/**
 * What was said and done before, as items of a new conversation. A user's content is `input_text`, an assistant's
 * `output_text` (types of npm openai 7.55.0; that a session whose output is audio takes assistant text is unverified).
 */
export function replay(history: readonly HistoryItem[]): readonly string[] {
  return history.flatMap((one) => {
    if (one.by === 'caller') return [userSays(one.text)];
    if (one.by === 'agent') {
      return [item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: one.text }] })];
    }
    const { callId, tool, input, result } = one;
    return [
      item({ type: 'function_call', call_id: callId, name: tool, arguments: input }),
      functionResult(callId, result),
    ];
  });
}

function item(content: object): string {
  return JSON.stringify({ type: 'conversation.item.create', item: content });
}

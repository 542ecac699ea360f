import type { Wire } from './wire.ts';

/** The events that the stand-in model sends, in the shapes of the Realtime API (GA). One a session. */
export type Voice = {
  say(type: string, fields: object): void;
  /** Begins an answer that says these words; `id` is counted up by the caller. */
  begin(id: number, words?: string): void;
  /** One delta of audio. */
  speak(id: number, payload: string): void;
  finish(id: number, status: 'completed' | 'cancelled'): void;
  /** The caller begins to speak. */
  began(id: number, atMs: number): void;
  /** The caller has stopped, and what was said is part of the conversation. */
  ended(id: number, atMs: number): void;
};

const echoed = 'Every word you say comes back.';
const asked = 'Could you say that once more?';

export function openVoice(wire: Wire): Voice {
  let events = 0;
  let transcript = echoed;
  const say = (type: string, fields: object) =>
    wire.send(JSON.stringify({ type, event_id: `event_${(events += 1)}`, ...fields }));
  return {
    say,
    begin(id, words = echoed) {
      transcript = words;
      const item = itemOf(id, 'in_progress');
      say('response.created', { response: responseOf(id, 'in_progress') });
      say('response.output_item.added', { response_id: `resp_${id}`, output_index: 0, item });
      say('conversation.item.added', { previous_item_id: null, item });
      say('response.content_part.added', { ...partOf(id), part: { type: 'audio', transcript: '' } });
      say('response.output_audio_transcript.delta', { ...partOf(id), delta: transcript });
    },
    speak(id, payload) {
      events += 1;
      wire.send(
        `{"type":"response.output_audio.delta","event_id":"event_${events}","response_id":"resp_${id}",` +
          `"item_id":"item_${id}","output_index":0,"content_index":0,"delta":"${payload}"}`,
      );
    },
    finish(id, status) {
      if (status === 'completed') {
        say('response.output_audio.done', partOf(id));
        say('response.output_audio_transcript.done', { ...partOf(id), transcript });
      }
      const said = {
        ...itemOf(id, status === 'completed' ? status : 'incomplete'),
        content: [{ type: 'output_audio', transcript }],
      };
      say('response.output_item.done', { response_id: `resp_${id}`, output_index: 0, item: said });
      say('response.done', { response: { ...responseOf(id, status), output: [said], usage } });
    },
    began: (id, atMs) =>
      say('input_audio_buffer.speech_started', { audio_start_ms: Math.round(atMs), item_id: `user_${id}` }),
    ended(id, atMs) {
      const item_id = `user_${id}`;
      const content = [{ type: 'input_audio', transcript: null }];
      const item = {
        id: item_id,
        object: 'realtime.item',
        type: 'message',
        status: 'completed',
        role: 'user',
        content,
      };
      say('input_audio_buffer.speech_stopped', { audio_end_ms: Math.round(atMs), item_id });
      say('input_audio_buffer.committed', { previous_item_id: null, item_id });
      say('conversation.item.added', { previous_item_id: null, item });
      say('conversation.item.done', { previous_item_id: null, item });
      const heard = { item_id, content_index: 0, transcript: asked, usage: { type: 'duration', seconds: 0.3 } };
      say('conversation.item.input_audio_transcription.completed', heard);
    },
  };
}

const usage = {
  total_tokens: 300,
  input_tokens: 200,
  output_tokens: 100,
  input_token_details: { audio_tokens: 150, text_tokens: 50, cached_tokens: 0 },
  output_token_details: { audio_tokens: 80, text_tokens: 20 },
};

function itemOf(id: number, status: string) {
  return { id: `item_${id}`, object: 'realtime.item', type: 'message', status, role: 'assistant', content: [] };
}

function responseOf(id: number, status: 'in_progress' | 'completed' | 'cancelled') {
  const why = status === 'cancelled' ? { type: 'cancelled', reason: 'turn_detected' } : null;
  return { id: `resp_${id}`, object: 'realtime.response', status, status_details: why, output: [], usage: null };
}

function partOf(id: number) {
  return { response_id: `resp_${id}`, item_id: `item_${id}`, output_index: 0, content_index: 0 };
}

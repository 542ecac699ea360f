import { wordsToAudio } from '#adapters/carriers';
import type { Connection } from './connection.ts';
import type { Conversation, SpokenItem } from './conversation.ts';

export const bytesPerMs = 8;
/** Pieces in which audio is sent: split and merged frames, odd numbers of bytes, many and few at a time. */
const pieces = [160, 1, 487, 1_600, 37, 320, 4_001, 159] as const;

/** Where a response puts its items. */
export type Output = {
  readonly connection: Connection;
  readonly conversation: Conversation;
  readonly response: string;
  /** The items that are done. */
  readonly items: object[];
};

/** An item that is being spoken. */
export type Speaking = {
  /** Sends the next piece of audio, with the words that begin in it. Returns its bytes; 0 when all has been sent. */
  next(): number;
  /** Half or more has been sent. */
  isHalf(): boolean;
  /** Ends the item; not whole = it was cancelled. */
  close(isWhole: boolean): void;
  readonly spoken: SpokenItem;
};

/** Begins an assistant's message and tells so. */
export function beginSpeaking(output: Output, text: string): Speaking {
  const { connection, conversation, response, items } = output;
  const id = connection.name('item');
  const place = { response_id: response, item_id: id, output_index: items.length, content_index: 0 };
  const spoken: SpokenItem = { id, bytes: 0, text: '' };
  const audio = wordsToAudio(text);
  const words = text.split(/(?<=\s)/);
  let piece = 0;
  let told = 0;
  beginItem(output, { id, type: 'message', role: 'assistant', content: [] });
  conversation.add({ id, line: { by: 'agent', text: '' }, shown: { type: 'message', role: 'assistant' } });
  connection.emit('response.content_part.added', { ...place, part: { type: 'audio', transcript: '' } });
  return {
    spoken,
    isHalf: () => spoken.bytes * 2 >= audio.length,
    next() {
      const part = audio.subarray(spoken.bytes, spoken.bytes + pieces[piece % pieces.length]!);
      if (part.length === 0) return 0;
      piece += 1;
      spoken.bytes += part.length;
      const until = Math.ceil((spoken.bytes / audio.length) * words.length);
      const delta = words.slice(told, until).join('');
      told = until;
      spoken.text += delta;
      if (delta !== '') connection.emit('response.output_audio_transcript.delta', { ...place, delta });
      connection.emit('response.output_audio.delta', { ...place, delta: part.toString('base64') });
      return part.length;
    },
    close(isWhole) {
      const transcript = spoken.text;
      conversation.reword(id, transcript);
      connection.emit('response.output_audio.done', place);
      connection.emit('response.output_audio_transcript.done', { ...place, transcript });
      connection.emit('response.content_part.done', { ...place, part: { type: 'audio', transcript } });
      const content = [{ type: 'output_audio', transcript }];
      const status = isWhole ? 'completed' : 'incomplete';
      endItem(output, { id, status, type: 'message', role: 'assistant', content });
    },
  };
}

/** Calls a function: its arguments come in two pieces. `input` as text goes out as it is. */
export function callFunction(output: Output, tool: string, input: unknown): void {
  const { connection, conversation, response, items } = output;
  const id = connection.name('item');
  const callId = connection.name('call');
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const place = { response_id: response, item_id: id, output_index: items.length, call_id: callId };
  const shown = { type: 'function_call', call_id: callId, name: tool };
  beginItem(output, { id, ...shown, arguments: '' });
  conversation.add({ id, line: { by: 'call', callId, tool, input: text }, shown });
  const half = Math.ceil(text.length / 2);
  for (const delta of [text.slice(0, half), text.slice(half)]) {
    connection.emit('response.function_call_arguments.delta', { ...place, delta });
  }
  connection.emit('response.function_call_arguments.done', { ...place, name: tool, arguments: text });
  endItem(output, { id, status: 'completed', ...shown, arguments: text });
}

function beginItem({ connection, conversation, response, items }: Output, shown: object): void {
  const item = { object: 'realtime.item', status: 'in_progress', ...shown };
  connection.emit('response.output_item.added', { response_id: response, output_index: items.length, item });
  connection.emit('conversation.item.added', { previous_item_id: conversation.last(), item });
}

function endItem({ connection, response, items }: Output, shown: object): void {
  const item = { object: 'realtime.item', ...shown };
  connection.emit('conversation.item.done', { item });
  connection.emit('response.output_item.done', { response_id: response, output_index: items.length, item });
  items.push(item);
}

import type { Connection } from './connection.ts';

/** Gives audio back as it came, cheaply: benchmarks measure what lies in front of it. */
export type Echo = {
  /** True when the message was audio, which has been given back. */
  give(message: Buffer): boolean;
};

const head = Buffer.from('{"type":"input_audio_buffer.append","audio":"');
const tail = Buffer.from('"}');

/** Opens one response that never ends, at the first frame. */
export function openEcho(connection: Connection): Echo {
  const response = connection.name('resp');
  const item = connection.name('item');
  const place = `"response_id":"${response}","item_id":"${item}","output_index":0,"content_index":0`;
  let hasBegun = false;
  let count = 0;

  function begin(): void {
    hasBegun = true;
    connection.emit('response.created', { response: { id: response, status: 'in_progress', output: [] } });
    const shown = { id: item, type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    connection.emit('response.output_item.added', { response_id: response, output_index: 0, item: shown });
  }

  return {
    give(message) {
      const end = message.length - tail.length;
      if (end < head.length || message.compare(head, 0, head.length, 0, head.length) !== 0) return false;
      if (message.compare(tail, 0, tail.length, end) !== 0) return false;
      if (!hasBegun) begin();
      count += 1;
      const audio = message.toString('latin1', head.length, end);
      connection.emitText(
        `{"type":"response.output_audio.delta","event_id":"echo_${count}",${place},"delta":"${audio}"}`,
      );
      return true;
    },
  };
}

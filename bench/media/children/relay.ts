/**
 * The yardstick: the least that a bridge between a carrier and a model does, with `ws` and `JSON` and nothing of ours.
 * `node bench/media/children/relay.ts <port of the model>`; tells its own port over the channel to its parent.
 */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

type FromCarrier = {
  readonly event: string;
  readonly streamSid: string;
  readonly media: { readonly payload: string };
};
type FromModel = { readonly type: string; readonly delta: string };

const model = `ws://127.0.0.1:${process.argv[2]}/v1/realtime?model=none`;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 1024, perMessageDeflate: false });
server.on('connection', bridge);
server.on('listening', () => process.send?.({ ready: { port: (server.address() as AddressInfo).port } }));
process.on('disconnect', () => process.exit(0));

function bridge(carrier: WebSocket): void {
  let streamSid = '';
  const upstream = new WebSocket(model, { perMessageDeflate: false });
  upstream.on('open', () => {
    const format = { type: 'audio/pcmu' };
    const audio = { input: { format, turn_detection: { type: 'server_vad' } }, output: { format } };
    upstream.send(JSON.stringify({ type: 'session.update', session: { type: 'realtime', audio } }));
  });
  carrier.on('message', (data: Buffer) => {
    const said = JSON.parse(data.toString()) as FromCarrier;
    if (said.event === 'start') streamSid = said.streamSid;
    if (said.event === 'media' && upstream.readyState === WebSocket.OPEN) {
      upstream.send(JSON.stringify({ type: 'input_audio_buffer.append', audio: said.media.payload }));
    }
  });
  upstream.on('message', (data: Buffer) => {
    const said = JSON.parse(data.toString()) as FromModel;
    if (carrier.readyState !== WebSocket.OPEN) return;
    if (said.type === 'response.output_audio.delta') {
      carrier.send(JSON.stringify({ event: 'media', streamSid, media: { payload: said.delta } }));
    } else if (said.type === 'input_audio_buffer.speech_started') {
      carrier.send(JSON.stringify({ event: 'clear', streamSid }));
    }
  });
  carrier.on('close', () => upstream.close());
  upstream.on('close', () => carrier.close());
  carrier.on('error', () => {});
  upstream.on('error', () => {});
}

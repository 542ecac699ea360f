import type { Offer } from '../protocol.ts';

/** The stream of a call's sound, in the dialect of a carrier: what the line hears is what it hears from a telephone. */
export type Stream = {
  /** 20 ms of µ-law at 8 kHz. */
  send(frame: Uint8Array): void;
  /** Everything before the mark of that name was played. */
  reached(name: string): void;
  press(digit: string): void;
  close(): void;
};

export type StreamListener = {
  play(audio: Uint8Array<ArrayBuffer>): void;
  mark(name: string): void;
  clear(): void;
  over(): void;
};

type Message = {
  readonly event?: string;
  readonly media?: { readonly payload: string };
  readonly mark?: { readonly name: string };
};

const frameMs = 20;

/** Opens what was offered. The token in its first message opens one stream of one call, once. */
export function openStream(offer: Offer, listener: StreamListener): Stream {
  const socket = new WebSocket(new URL('/api/v1/call/stream', location.href.replace(/^http/, 'ws')));
  const { account: accountSid, callId: callSid, streamId: streamSid, parameters: customParameters } = offer;
  let sequence = 0;
  let chunk = 0;
  /** In the order of fields in which the line reads it fastest. */
  const say = (event: string, content: string) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    sequence += 1;
    socket.send(`{"event":"${event}","sequenceNumber":"${sequence}","${event}":${content},"streamSid":"${streamSid}"}`);
  };
  socket.onopen = () => {
    socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
    say(
      'start',
      JSON.stringify({ accountSid, callSid, streamSid, tracks: ['inbound'], mediaFormat, customParameters }),
    );
  };
  socket.onmessage = ({ data }) => {
    const { event, media, mark } = JSON.parse(String(data)) as Message;
    if (media) listener.play(bytesOf(media.payload));
    else if (mark) listener.mark(mark.name);
    else if (event === 'clear') listener.clear();
  };
  socket.onclose = () => listener.over();
  return {
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return;
      chunk += 1;
      const about = `"chunk":"${chunk}","timestamp":"${(chunk - 1) * frameMs}"`;
      say('media', `{"track":"inbound",${about},"payload":"${btoa(String.fromCharCode(...frame))}"}`);
    },
    reached: (name) => say('mark', JSON.stringify({ name })),
    press: (digit) => say('dtmf', JSON.stringify({ track: 'inbound_track', digit })),
    close: () => socket.close(1000),
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

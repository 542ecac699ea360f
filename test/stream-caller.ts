import { once } from 'node:events';
import { WebSocket } from 'ws';

/** The carrier's end of one media stream, as Twilio speaks it. */
export type StreamCaller = {
  /** Sends a message of the stream. */
  send(message: object): void;
  /** Says 20 ms of audio and resolves when it has been heard back. */
  echoes(payload: string): Promise<void>;
  mark(name: string): void;
  /** Resolves to code and reason when the socket has ended. */
  readonly closed: Promise<readonly [number, string]>;
  cut(): void;
};

const streamSid = `MZ${'1'.repeat(32)}`;

/** Opens a media stream and presents a token. Rejects when no socket comes of it. */
export async function openStream(port: number, token: string): Promise<StreamCaller> {
  const caller = await connectStream(port);
  caller.send({ event: 'connected', protocol: 'Call', version: '1.0.0' });
  caller.send({
    event: 'start',
    streamSid,
    start: {
      streamSid,
      callSid: `CA${'2'.repeat(32)}`,
      mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      customParameters: { token },
    },
  });
  return caller;
}

/** Opens the socket and says nothing yet. */
export async function connectStream(port: number): Promise<StreamCaller> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/stream`, { perMessageDeflate: false });
  const closed = new Promise<readonly [number, string]>((resolve) => {
    socket.on('close', (code, reason) => resolve([code, String(reason)]));
  });
  const heard = new Map<string, () => void>();
  socket.on('message', (data: Buffer) => {
    const { media } = JSON.parse(data.toString('utf8')) as { media?: { payload: string } };
    if (media) heard.get(media.payload)?.();
  });
  await once(socket, 'open');
  socket.on('error', () => {});
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    send,
    closed,
    mark: (name) => send({ event: 'mark', streamSid, mark: { name } }),
    echoes(payload) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      heard.set(payload, resolve);
      void closed.then((how) => reject(new Error(`the stream was closed before it echoed: ${how.join(' ')}`)));
      send({ event: 'media', streamSid, media: { track: 'inbound', timestamp: '20', payload } });
      return promise;
    },
    cut: () => socket.terminate(),
  };
}

/** A distinct frame of audio for each number. */
export function frame(n: number): string {
  const bytes = Buffer.alloc(160, 0xff);
  bytes.writeUInt32BE(n);
  return bytes.toString('base64');
}

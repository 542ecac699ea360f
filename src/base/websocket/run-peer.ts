import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Peer, PeerListener } from '../peer.ts';
import { controlFrame, opcodes, textFrame } from './frame.ts';
import { frameReader } from './frame-reader.ts';
import { goodbyeOf, type Goodbye } from './goodbye.ts';
import type { Frames } from './messages.ts';
import { readingOf } from './reading.ts';
import { watchSilence } from './silence.ts';

/** Limits of a peer, and who is told of our own mistakes. */
export type PeerOptions = {
  /** Longest message that is taken, in bytes; a longer one ends the socket (1009). Default 1 MiB. */
  readonly mostBytes?: number | undefined;
  /** A peer that sends nothing for this long is pinged, and cut (1006) when it stays silent as long again. Default: never. */
  readonly pingMs?: number | undefined;
  /** Told of what the listener throws, for which the socket is closed (1011). */
  readonly onError: (error: unknown) => void;
};

/** A connection on which a handshake was made. */
export type Opened = {
  /** Belongs to the peer from now on, and is not to be used by anybody else. */
  readonly stream: Duplex;
  /** Bytes that came behind the handshake. */
  readonly head: Buffer;
  /** What is still to be said before the first frame. */
  readonly answer?: string;
  /** Who is at the other end. */
  readonly from: 'client' | 'server';
  /** What our frames are masked with: a client must, a server must not (RFC 6455 §5.1). */
  readonly nextKey: () => number | undefined;
};

/** A peer that does not read is given up when so much waits for it. */
const mostUnsentBytes = 4 * 1024 * 1024;
/** A peer that pings and does not read is not answered beyond this. */
const mostUnsentForPong = 64 * 1024;
const nothing = Buffer.alloc(0);

/** Runs our end of a WebSocket (RFC 6455, no extensions). The listener is told nothing before the caller's turn ends. */
export function runPeer(opened: Opened, options: PeerOptions, listener: PeerListener, clock: Clock): Peer {
  const { head, answer, from, nextKey } = opened;
  const { mostBytes = 1024 * 1024, pingMs: everyMs, onError } = options;
  const { stream, start } = readingOf(opened.stream, (chunk) => {
    silence?.heard();
    reader.take(chunk);
  });
  const goodbye = goodbyeOf({ stream, nextKey, clock });
  const reader = frameReader({ from, mostBytes }, framesTo(listener, { stream, nextKey, goodbye, onError }));
  const cut = () => {
    reader.stop();
    stream.destroy();
  };
  const ask = () => goodbye.isOpen() && stream.write(controlFrame(opcodes.ping, nothing, nextKey()));
  const silence = everyMs === undefined ? undefined : watchSilence({ everyMs, clock, ask, giveUp: cut });
  whenOver(stream, () => {
    silence?.stop();
    reader.stop();
    try {
      listener.closed(goodbye.over());
    } catch (error) {
      onError(error);
    }
  });
  stream.on('end', goodbye.ended);
  if (answer !== undefined) stream.write(answer);
  setImmediate(() => {
    reader.take(head);
    start();
  });
  return {
    send(text) {
      if (!goodbye.isOpen()) return;
      if (stream.writableLength > mostUnsentBytes) return cut();
      stream.write(textFrame(text, nextKey()));
    },
    backlog: () => stream.writableLength,
    close: goodbye.begin,
    cut,
  };
}

/** Calls `over` when the connection is gone, be it by now. */
function whenOver(stream: Duplex, over: () => void): void {
  // A connection that fails closes by itself, and that is all there is to say of it.
  stream.on('error', () => {});
  if (stream.closed) setImmediate(over);
  else stream.once('close', over);
  if (stream.readableEnded) stream.destroy();
}

type Receiving = Pick<Opened, 'stream' | 'nextKey'> & {
  readonly goodbye: Goodbye;
  readonly onError: (error: unknown) => void;
};

function framesTo(listener: PeerListener, { stream, nextKey, goodbye, onError }: Receiving): Frames {
  return {
    text(message) {
      if (!goodbye.isOpen()) return;
      try {
        listener.text(message);
      } catch (error) {
        goodbye.begin(1011, 'internal');
        onError(error);
      }
    },
    ping(payload) {
      if (!goodbye.isOpen() || stream.writableLength > mostUnsentForPong) return;
      stream.write(controlFrame(opcodes.pong, payload, nextKey()));
    },
    close: goodbye.answer,
    broken: goodbye.broken,
  };
}

import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Peer, PeerListener } from '../peer.ts';
import { controlFrame, opcodes, plainFrame, textFrame, type Opcode } from './frame.ts';
import { FrameReader, type Frames } from './frame-reader.ts';
import { Goodbye } from './goodbye.ts';
import { readingOf } from './reading.ts';
import { Silence } from './silence.ts';

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
  return new RunningPeer(opened, options, listener, clock);
}

/** A class for the sake of speed: see `FrameReader`. */
class RunningPeer implements Peer, Frames {
  readonly #stream: Duplex;
  readonly #nextKey: () => number | undefined;
  readonly #listener: PeerListener;
  readonly #onError: (error: unknown) => void;
  readonly #reader: FrameReader;
  readonly #goodbye: Goodbye;
  readonly #silence: Silence | undefined;

  constructor(
    opened: Opened,
    { mostBytes = 1024 * 1024, pingMs, onError }: PeerOptions,
    listener: PeerListener,
    clock: Clock,
  ) {
    const { head, answer, from, nextKey } = opened;
    const { stream, start } = readingOf(opened.stream, (chunk) => this.#take(chunk));
    this.#stream = stream;
    this.#nextKey = nextKey;
    this.#listener = listener;
    this.#onError = onError;
    this.#reader = new FrameReader({ from, mostBytes }, this);
    this.#goodbye = new Goodbye({ stream, nextKey, clock });
    if (pingMs !== undefined) {
      const ask = () => this.#control(opcodes.ping, nothing);
      this.#silence = new Silence({ everyMs: pingMs, clock, ask, giveUp: () => this.cut() });
    }
    stream.on('end', () => this.#goodbye.ended());
    whenOver(stream, () => this.#over());
    if (answer !== undefined) stream.write(answer);
    setImmediate(() => {
      this.#reader.take(head);
      start();
    });
  }

  send(text: string): void {
    if (!this.#goodbye.isOpen) return;
    if (this.#stream.writableLength > mostUnsentBytes) return this.cut();
    const key = this.#nextKey();
    const plain = key === undefined ? plainFrame(text) : undefined;
    if (plain === undefined) this.#stream.write(textFrame(text, key));
    else this.#stream.write(plain, 'latin1');
  }

  sendAll(texts: readonly string[]): void {
    this.#stream.cork();
    for (const text of texts) this.send(text);
    this.#stream.uncork();
  }

  backlog(): number {
    return this.#stream.writableLength;
  }

  close(code: number, why?: string): void {
    this.#goodbye.begin(code, why);
  }

  cut(): void {
    this.#reader.stop();
    this.#stream.destroy();
  }

  text(message: Buffer): void {
    if (!this.#goodbye.isOpen) return;
    try {
      this.#listener.text(message);
    } catch (error) {
      this.#goodbye.begin(1011, 'internal');
      this.#onError(error);
    }
  }

  ping(payload: Buffer): void {
    if (this.#stream.writableLength <= mostUnsentForPong) this.#control(opcodes.pong, payload);
  }

  goodbye(payload: Buffer): void {
    this.#goodbye.answer(payload);
  }

  broken(code: number): void {
    this.#goodbye.broken(code);
  }

  #take(chunk: Buffer): void {
    this.#silence?.heard();
    this.#reader.take(chunk);
  }

  #control(opcode: Opcode, payload: Buffer): void {
    if (this.#goodbye.isOpen) this.#stream.write(controlFrame(opcode, payload, this.#nextKey()));
  }

  #over(): void {
    this.#silence?.stop();
    this.#reader.stop();
    try {
      this.#listener.closed(this.#goodbye.over());
    } catch (error) {
      this.#onError(error);
    }
  }
}

/** Calls `over` when the connection is gone, be it by now. */
function whenOver(stream: Duplex, over: () => void): void {
  // A connection that fails closes by itself, and that is all there is to say of it.
  stream.on('error', () => {});
  if (stream.closed) setImmediate(over);
  else stream.once('close', over);
  if (stream.readableEnded) stream.destroy();
}

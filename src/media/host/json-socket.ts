import type { Socket } from 'node:net';

/** Why a socket of messages ended. `malformed`: the other side sent what is no message of ours. */
export type SocketEnd = 'closed' | 'malformed' | 'too-slow';

/** One end of a local socket that carries JSON, one message a line. */
export type JsonSocket = {
  /** Sends one message, given as JSON. False when nothing was sent: it is too long, or the socket has ended. */
  send(json: string): boolean;
  /** Bytes that the other side has not taken yet. */
  backlog(): number;
  /** Ends once everything sent has left. */
  end(): void;
  cut(): void;
};

/** Called one after the other. Nothing follows `ended`. */
export type JsonListener = {
  /** One message, parsed and of unknown shape. False: it is none of ours, and the socket is cut. */
  received(message: unknown): boolean;
  /** Everything sent has left. */
  drained(): void;
  ended(how: SocketEnd): void;
};

/** The longest message, in bytes. */
export const mostMessageBytes = 1_048_576;
/** What is held for a reader that does not read; then it is cut off. */
const mostUnsentBytes = 16 * mostMessageBytes;
const lineFeed = 0x0a;

/**
 * Speaks JSON over a socket: a message is one line of at most 1 MiB, either way. A longer one, or one that cannot be
 * parsed, ends the socket, and so does a reader that leaves 16 MiB unread.
 */
export function jsonSocket(socket: Socket, listener: JsonListener): JsonSocket {
  const state: { pending: Buffer[]; bytes: number; how: SocketEnd | undefined } = {
    pending: [],
    bytes: 0,
    how: undefined,
  };
  const cut = (how: SocketEnd) => {
    state.how ??= how;
    state.pending = [];
    socket.destroy();
  };
  const take = (line: Buffer) => {
    const message = parse(line);
    if (message === undefined || !listener.received(message)) cut('malformed');
  };
  socket.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0 && !state.how; at = chunk.indexOf(lineFeed, from)) {
      const line = Buffer.concat([...state.pending, chunk.subarray(from, at)]);
      state.pending = [];
      state.bytes = 0;
      from = at + 1;
      if (line.length > mostMessageBytes) return cut('malformed');
      take(line);
    }
    if (state.how || from === chunk.length) return;
    state.pending.push(chunk.subarray(from));
    state.bytes += chunk.length - from;
    if (state.bytes > mostMessageBytes) cut('malformed');
  });
  socket.on('drain', () => listener.drained());
  // What went wrong is not told apart: either way the other side is gone.
  socket.on('error', () => {});
  socket.on('close', () => {
    state.how ??= 'closed';
    listener.ended(state.how);
  });
  return {
    send(json) {
      if (state.how || !socket.writable || Buffer.byteLength(json) > mostMessageBytes) return false;
      socket.write(`${json}\n`);
      if (socket.writableLength > mostUnsentBytes) cut('too-slow');
      return true;
    },
    backlog: () => socket.writableLength,
    end: () => void socket.end(),
    cut: () => cut('closed'),
  };
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

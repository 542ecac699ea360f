import type { RawData, WebSocket } from 'ws';
import { isProblem, type Cancel, type Clock } from '#base';
import type { EdgeLimits } from './limits.ts';
import type { SocketSession, Wire } from './socket.ts';

/** A session that runs over a socket. */
export type Running = {
  /** Starts the closing handshake. */
  close(code: number, why: string): void;
  /** Ends the connection at once. */
  cut(): void;
  /** Called once per ping interval: asks for a sign of life, and cuts off a peer that gave none since the last time. */
  probe(): void;
};

type WireOptions = {
  readonly session: SocketSession;
  readonly limits: EdgeLimits;
  readonly failed: (error: unknown) => void;
  /** Called once, when socket and session have both ended. */
  readonly gone: (code: number) => void;
};

/**
 * Joins a socket and a session: text only, in order, one at a time. Bounded in every direction: size of a message
 * (by `ws`), messages that wait, bytes that the peer does not read, time to the first message.
 */
export function runWire({ clock }: { readonly clock: Clock }, ws: WebSocket, options: WireOptions): Running {
  const { session, limits, failed, gone } = options;
  const waiting: string[] = [];
  let isBusy = false;
  let isAlive = true;
  let isEnding = false;
  let endedWith: number | undefined;
  let giveUp: Cancel | undefined;

  const end = (code: number, why = '') => {
    if (isEnding) return;
    isEnding = true;
    waiting.length = 0;
    ws.close(code, why);
    // A peer that does not read never sees the close frame, so it cannot answer it either.
    giveUp = clock.after(limits.closeMs, () => ws.terminate());
  };
  const wire: Wire = {
    send(text) {
      if (isEnding || ws.readyState !== ws.OPEN) return;
      ws.send(text);
      if (ws.bufferedAmount > limits.unsentBytes) end(1008, 'too-slow');
    },
    close: end,
  };
  const work = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        await session.text(next);
      } catch (error) {
        const isTheirs = isProblem(error) && error.status < 500;
        if (!isTheirs) failed(error);
        end(isTheirs ? 1008 : 1011, isTheirs ? error.code : 'internal');
      }
    }
    isBusy = false;
    if (endedWith !== undefined) finish(endedWith);
  };
  const finish = (code: number) => {
    try {
      session.closed(code);
    } catch (error) {
      failed(error);
    }
    gone(code);
  };
  const tooLate = clock.after(limits.firstMessageMs, () => end(1008, 'silent'));

  ws.on('message', (data: RawData, isBinary: boolean) => {
    isAlive = true;
    tooLate();
    if (isEnding) return;
    if (isBinary) return end(1003, 'binary-refused');
    if (waiting.length >= limits.waitingMessages) return end(1008, 'too-many-messages');
    waiting.push(data.toString());
    void work();
  });
  ws.on('pong', () => {
    isAlive = true;
  });
  // `ws` closes by itself after a protocol error (1002, 1007, 1009); the close event follows.
  ws.on('error', () => {});
  ws.on('close', (code) => {
    isEnding = true;
    tooLate();
    giveUp?.();
    endedWith = code;
    if (!isBusy) finish(code);
  });
  try {
    session.opened(wire);
  } catch (error) {
    failed(error);
    end(1011, 'internal');
  }
  return {
    close: end,
    cut: () => ws.terminate(),
    probe() {
      if (!isAlive) return ws.terminate();
      isAlive = false;
      if (ws.readyState === ws.OPEN) ws.ping();
    },
  };
}

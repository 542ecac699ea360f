import type { RawData, WebSocket } from 'ws';
import { isProblem, type Cancel, type Clock } from '#base';
import { inbox, type Inbox } from './inbox.ts';
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
  /** Told of what the session throws and no peer is to blame for. */
  readonly failed: (error: unknown) => void;
  /** Called once, when socket and session have both ended. */
  readonly gone: (code: number) => void;
};

/**
 * Joins a socket and a session: text only, in order, one at a time. Bounded in every direction: size of a message
 * (by `ws`), messages that wait, bytes that the peer does not read, time to the first message, life signs.
 */
export function runWire({ clock }: { readonly clock: Clock }, ws: WebSocket, options: WireOptions): Running {
  const { session, limits, failed, gone } = options;
  const blame = (error: unknown) => {
    const isTheirs = isProblem(error) && error.status < 500;
    if (!isTheirs) failed(error);
    wire.close(isTheirs ? 1008 : 1011, isTheirs ? error.code : 'internal');
  };
  const box = inbox((text) => session.text(text), blame);
  const wire = wireTo(ws, { clock, limits, box });
  const tooLate = clock.after(limits.firstMessageMs, () => wire.close(1008, 'silent'));
  let isAlive = true;

  ws.on('message', (data, isBinary) => {
    isAlive = true;
    tooLate();
    receive(data, { isBinary, box, wire, limits });
  });
  ws.on('pong', () => {
    isAlive = true;
  });
  // After a protocol error (1002, 1007, 1009) `ws` closes by itself; the close event follows.
  ws.on('error', () => {});
  ws.on('close', (code) => {
    tooLate();
    wire.ended();
    box.afterAll(() => {
      attempt(() => session.closed(code), failed);
      gone(code);
    });
  });
  attempt(() => session.opened(wire), blame);
  return {
    close: wire.close,
    cut: () => ws.terminate(),
    probe() {
      if (!isAlive) return ws.terminate();
      isAlive = false;
      if (ws.readyState === ws.OPEN) ws.ping();
    },
  };
}

type Sending = { readonly clock: Clock; readonly limits: EdgeLimits; readonly box: Inbox };
type OurEnd = Wire & { isEnding(): boolean; ended(): void };

function wireTo(ws: WebSocket, { clock, limits, box }: Sending): OurEnd {
  let isEnding = false;
  let giveUp: Cancel | undefined;
  const close = (code: number, why = '') => {
    if (isEnding) return;
    isEnding = true;
    box.clear();
    ws.close(code, why);
    // A peer that does not read never sees the close frame, so it cannot answer it either.
    giveUp = clock.after(limits.closeMs, () => ws.terminate());
  };
  return {
    send(text) {
      if (isEnding || ws.readyState !== ws.OPEN) return;
      ws.send(text);
      if (ws.bufferedAmount > limits.unsentBytes) close(1008, 'too-slow');
    },
    close,
    isEnding: () => isEnding,
    ended() {
      isEnding = true;
      giveUp?.();
    },
  };
}

type Receiving = {
  readonly isBinary: boolean;
  readonly box: Inbox;
  readonly wire: OurEnd;
  readonly limits: EdgeLimits;
};

function receive(data: RawData, { isBinary, box, wire, limits }: Receiving): void {
  if (wire.isEnding()) return;
  if (isBinary) return wire.close(1003, 'binary-refused');
  if (box.waiting() >= limits.waitingMessages) return wire.close(1008, 'too-many-messages');
  // `ws` hands over one Buffer a message unless told otherwise, and has checked that it is UTF-8.
  box.put((data as Buffer).toString('utf8'));
}

function attempt(work: () => void, failed: (error: unknown) => void): void {
  try {
    work();
  } catch (error) {
    failed(error);
  }
}

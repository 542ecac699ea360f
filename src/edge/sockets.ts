import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { errorWords, newId, problem, type Cancel, type Id } from '#base';
import { targetOf } from './exchange.ts';
import { failureOf } from './failure.ts';
import { rawAnswer } from './headers.ts';
import type { EdgeLimits } from './limits.ts';
import { namesIn } from './route.ts';
import type { EdgeCtx } from './server.ts';
import type { SocketRoute, SocketSession } from './socket.ts';
import { runWire, type Running } from './wire.ts';

/** All sockets of a server. */
export type Sockets = {
  /** True for an upgrade request to a declared socket path; anything else is answered as plain HTTP. */
  wants(request: IncomingMessage): boolean;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  count(): number;
  /** Says goodbye (1001) and waits until all have gone. */
  close(): Promise<void>;
  /** Ends at once what did not go. */
  cut(): void;
};

export type SocketsOptions = {
  readonly routes: readonly SocketRoute[];
  readonly limits: EdgeLimits;
  readonly origin: () => string;
};

/** One handshake or session, from the upgrade request on. All of them together are bounded by SOTTO_MAX_SOCKETS. */
type Guest = { readonly id: Id; running?: Running; cut(): void; leave(): void };

export function openSockets(ctx: EdgeCtx, { routes, limits, origin }: SocketsOptions): Sockets {
  const patterns = routes.map((route) => ({ route, match: matcher(route.path) }));
  const guests = new Set<Guest>();
  const leaving = new Set<() => void>();
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
  });
  let isClosing = false;
  let stopSweep: Cancel | undefined;

  const find = (request: IncomingMessage) => {
    const [path] = targetOf(request.url ?? '/').split('?', 1);
    for (const { route, match } of patterns) {
      const params = match(path!);
      if (params) return { route, params };
    }
    return undefined;
  };
  const sweep = () => {
    for (const guest of guests) guest.running?.probe();
    stopSweep = ctx.clock.after(limits.pingMs, sweep);
  };
  const arrive = (stream: Duplex): Guest => {
    const guest: Guest = {
      id: newId(ctx),
      cut: () => (guest.running ? guest.running.cut() : stream.destroy()),
      leave: () => {
        guests.delete(guest);
        if (guests.size === 0) leaving.forEach((resolve) => resolve());
      },
    };
    guests.add(guest);
    stopSweep ??= ctx.clock.after(limits.pingMs, sweep);
    return guest;
  };
  return {
    wants: (request) => request.headers.upgrade?.toLowerCase() === 'websocket' && find(request) !== undefined,
    upgrade(request, stream, head) {
      stream.on('error', () => stream.destroy());
      const isFull = guests.size >= ctx.config.maxSockets;
      const guest = arrive(stream);
      const target = find(request);
      const decide = async (): Promise<SocketSession> => {
        if (isClosing) throw problem('not-running', 'Sotto is shutting down.');
        if (isFull)
          throw problem(
            'too-many-sockets',
            `At most ${ctx.config.maxSockets} sockets are open at once (SOTTO_MAX_SOCKETS).`,
          );
        checkHandshake(request);
        if (!target) throw problem('not-found', 'There is nothing at this path.');
        const url = origin().replace(/^http/, 'ws') + targetOf(request.url ?? '/');
        return target.route.open({ id: guest.id, url, headers: request.headers, params: target.params });
      };
      const admit = (session: SocketSession) => {
        if (!stream.destroyed && !isClosing) {
          server.handleUpgrade(request, stream, head, (ws) => begin(ctx, { guest, ws, session, limits }));
        }
        // Either the peer or we left meanwhile, or `handleUpgrade` refused: the session learns that nothing began.
        if (guest.running) return;
        session.closed(1006);
        throw problem('not-running', 'The socket ended before it was open.');
      };
      const tooLate = ctx.clock.after(limits.handshakeMs, () => stream.destroy());
      decide()
        .then(admit)
        .catch((error: unknown) => refuse(ctx, { error, guest, stream, origin: origin() }))
        .finally(tooLate);
    },
    count: () => guests.size,
    async close() {
      isClosing = true;
      stopSweep?.();
      for (const guest of guests) guest.running?.close(1001, 'shutting-down');
      if (guests.size > 0) await new Promise<void>((resolve) => leaving.add(resolve));
    },
    cut() {
      for (const guest of guests) guest.cut();
    },
  };
}

type Beginning = {
  readonly guest: Guest;
  readonly ws: WebSocket;
  readonly session: SocketSession;
  readonly limits: EdgeLimits;
};

function begin(ctx: EdgeCtx, { guest, ws, session, limits }: Beginning): void {
  ctx.log('socket.opened', { socket: guest.id });
  const openedAt = ctx.clock.now();
  guest.running = runWire(ctx, ws, {
    session,
    limits,
    failed: (error) => ctx.log('error.internal', { socket: guest.id, ...errorWords(error) }),
    gone(code) {
      ctx.log('socket.closed', { socket: guest.id, code, ms: ctx.clock.now() - openedAt });
      guest.leave();
    },
  });
}

type Refusal = { readonly error: unknown; readonly guest: Guest; readonly stream: Duplex; readonly origin: string };

function refuse(ctx: EdgeCtx, { error, guest, stream, origin }: Refusal): void {
  const { problem: told, headers, body } = failureOf(error, { origin, request: guest.id });
  if (told.code === 'internal') ctx.log('error.internal', { socket: guest.id, ...errorWords(told.cause ?? error) });
  ctx.log('socket.refused', { socket: guest.id, code: told.code });
  if (stream.writable) stream.end(rawAnswer(told.status, told.title, headers, body), () => stream.destroy());
  guest.leave();
}

/** What RFC 6455 §4.2.1 wants of a handshake, checked before any of our work is done for it. */
function checkHandshake({ method, headers }: IncomingMessage): void {
  const isGood =
    method === 'GET' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '');
  if (!isGood) throw problem('request-malformed', 'The handshake is not that of RFC 6455, version 13.');
}

/** Matches a path against a pattern; the parts named by it, or undefined. */
function matcher(pattern: string): (path: string) => Record<string, string> | undefined {
  const names = namesIn(pattern);
  const shape = new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/:\w+/g, '([\\w-]{1,64})')}$`);
  return (path) => {
    const found = shape.exec(path);
    return found ? Object.fromEntries(names.map((name, at) => [name, found[at + 1]!])) : undefined;
  };
}

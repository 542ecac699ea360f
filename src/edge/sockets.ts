import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { errorWords, problem, type Cancel } from '#base';
import { detach, type Detached } from './detach.ts';
import { targetOf, type Identify } from './exchange.ts';
import { failureOf } from './failure.ts';
import { openGuests, type Guest } from './guests.ts';
import { rawAnswer } from './headers.ts';
import type { Admit } from './admit.ts';
import type { EdgeLimits } from './limits.ts';
import type { Found } from './sender.ts';
import { namesIn } from './route.ts';
import type { EdgeCtx } from './server.ts';
import type { SocketHandover, SocketRoute, SocketSession } from './socket.ts';
import { socketDoor, type Entrance } from './visitors.ts';
import { runWire } from './wire.ts';

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
  /** On every answer, the 101 included. */
  readonly closed: Readonly<Record<string, string>>;
  readonly admit: Admit;
  readonly identify: Identify;
  readonly findSender: (request: IncomingMessage) => Found;
};

/**
 * Takes upgrade requests. A handshake counts towards SOTTO_MAX_SOCKETS from its first byte, is decided within its
 * time, and is answered with a problem document when no socket comes of it.
 */
export function openSockets(ctx: EdgeCtx, options: SocketsOptions): Sockets {
  const { routes, limits, origin, closed } = options;
  const find = finder(routes);
  const enter = socketDoor({ ...options, clock: ctx.clock });
  const guests = openGuests(ctx, limits);
  const server = websockets(limits, closed);
  let isClosing = false;
  const decide = async (request: IncomingMessage, guest: Guest, isFull: boolean) => {
    if (isClosing) throw problem('not-running', 'Sotto is shutting down.');
    if (isFull) throw problem('too-many-sockets', `SOTTO_MAX_SOCKETS allows ${ctx.config.maxSockets} at once.`);
    checkHandshake(request);
    const found = find(request);
    if (!found) throw problem('not-found', 'There is nothing at this path.');
    const entrance = await enter(found.route, request);
    const url = origin().replace(/^http/, 'ws') + targetOf(request.url ?? '/');
    const { headers } = request;
    const { visitor } = entrance;
    return { entrance, session: await found.route.open({ id: guest.id, url, headers, params: found.params, visitor }) };
  };
  const admitted = async ({ entrance, session: decided }: Decided, arrived: Arrived) => {
    const { request, stream, head, guest } = arrived;
    if ('handOver' in decided) {
      if (stream.destroyed || isClosing) throw problem('not-running', gone);
      const detached = await detach(stream, head);
      return leave(ctx, { handover: decided, request, guest, detached, origin: origin(), closed });
    }
    if (!stream.destroyed && !isClosing) {
      server.handleUpgrade(request, stream, head, (ws) =>
        begin(ctx, { guest, ws, session: decided, limits, entrance }),
      );
    }
    // Either side left meanwhile, or `handleUpgrade` refused: the session learns that nothing began.
    if (guest.running) return;
    decided.closed(1006);
    if (stream.destroyed || isClosing) throw problem('not-running', gone);
    throw problem('request-malformed', 'The handshake offers something that cannot be read.');
  };
  return {
    wants: (request) => request.headers.upgrade?.toLowerCase() === 'websocket' && find(request) !== undefined,
    upgrade(request, stream, head) {
      const isFull = guests.count() >= ctx.config.maxSockets;
      const guest = guests.arrive(stream);
      stream.on('error', () => stream.destroy());
      const tooLate = ctx.clock.after(limits.handshakeMs, () => stream.destroy());
      decide(request, guest, isFull)
        .then((decided) => admitted(decided, { request, stream, head, guest }))
        .catch((error: unknown) => refuse(ctx, { error, guest, stream, origin: origin(), closed }))
        .finally(tooLate);
    },
    count: () => guests.count(),
    close() {
      isClosing = true;
      return guests.dismiss();
    },
    cut: () => guests.cut(),
  };
}

type Decided = { readonly entrance: Entrance; readonly session: SocketSession | SocketHandover };

type Arrived = {
  readonly request: IncomingMessage;
  readonly stream: Duplex;
  readonly head: Buffer;
  readonly guest: Guest;
};

function websockets(limits: EdgeLimits, closed: Readonly<Record<string, string>>): WebSocketServer {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
  });
  const lines = Object.entries(closed).map(([name, value]) => `${name}: ${value}`);
  // What it refuses by itself would leave without our headers; whoever listens is left to answer.
  server.on('wsClientError', () => {});
  return server.on('headers', (headers) => void headers.push(...lines));
}

const gone = 'The socket ended before it was open.';

type Beginning = {
  readonly guest: Guest;
  readonly ws: WebSocket;
  readonly session: SocketSession;
  readonly limits: EdgeLimits;
  readonly entrance: Entrance;
};

function begin(ctx: EdgeCtx, { guest, ws, session, limits, entrance }: Beginning): void {
  ctx.log('socket.opened', { socket: guest.id });
  const openedAt = ctx.clock.now();
  let unwatch: Cancel = () => {};
  guest.running = runWire(ctx, ws, {
    session,
    limits,
    failed: (error) => ctx.log('error.internal', { socket: guest.id, ...errorWords(error) }),
    gone(code) {
      unwatch();
      ctx.log('socket.closed', { socket: guest.id, code, ms: ctx.clock.now() - openedAt });
      guest.leave();
    },
  });
  const { running } = guest;
  unwatch = entrance.watch((code) => running.close(1008, code));
}

type Leaving = {
  readonly handover: SocketHandover;
  readonly request: IncomingMessage;
  readonly guest: Guest;
  readonly detached: Detached;
  readonly origin: string;
  readonly closed: Readonly<Record<string, string>>;
};

function leave(ctx: EdgeCtx, { handover, request, guest, detached, origin, closed }: Leaving): void {
  const { stream, bridge } = detached;
  try {
    handover.handOver(stream, request.headers['sec-websocket-key'] ?? '');
  } catch (error) {
    if (!bridge) stream.on('error', () => stream.destroy());
    else stream.destroy();
    return refuse(ctx, { error, guest, stream: bridge?.outside ?? stream, origin, closed });
  }
  ctx.log('socket.handed-over', { socket: guest.id });
  if (!bridge) return guest.leave();
  // What is spoken over TLS goes on through this process, so it stays in the book of sockets and ends with it.
  guest.running = { close: bridge.cut, cut: bridge.cut, probe() {} };
  bridge.join(() => guest.leave());
}

type Refusal = {
  readonly error: unknown;
  readonly guest: Guest;
  readonly stream: Duplex;
  readonly origin: string;
  readonly closed: Readonly<Record<string, string>>;
};

function refuse(ctx: EdgeCtx, { error, guest, stream, origin, closed }: Refusal): void {
  const { problem: told, headers, body } = failureOf(error, { origin, request: guest.id });
  if (told.code === 'internal') ctx.log('error.internal', { socket: guest.id, ...errorWords(told.cause ?? error) });
  ctx.log('socket.refused', { socket: guest.id, code: told.code });
  const answer = rawAnswer(told.status, told.title, { ...closed, ...headers }, body);
  if (stream.writable) stream.end(answer, () => stream.destroy());
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

/** Finds the declaration of a path and what its named parts are. */
function finder(routes: readonly SocketRoute[]) {
  const patterns = routes.map((route) => ({
    route,
    names: namesIn(route.path),
    shape: new RegExp(`^${route.path.replaceAll('.', '\\.').replace(/:\w+/g, '([\\w-]{1,64})')}$`),
  }));
  return (request: IncomingMessage) => {
    const path = targetOf(request.url ?? '/').split('?', 1)[0]!;
    for (const { route, names, shape } of patterns) {
      const found = shape.exec(path);
      if (found) return { route, params: Object.fromEntries(names.map((name, at) => [name, found[at + 1]!])) };
    }
    return undefined;
  };
}

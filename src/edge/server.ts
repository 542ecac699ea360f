import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { closedHeaders, errorWords, problem, type Ctx, type TlsVersion } from '#base';
import type { Admit } from './admit.ts';
import { readPair, tlsManners, watchPair, type Pair } from './certificate.ts';
import { exchangeOf, type Identify } from './exchange.ts';
import type { FailurePage } from './failure-page.ts';
import { frame, type Answered } from './frame.ts';
import type { WebSocket } from 'ws';
import { inject, type Injected, type Injection } from './inject.ts';
import { knock, walkIn, type Knock, type Knocked } from './knock.ts';
import { openStreams } from './events.ts';
import { edgeLimits, type EdgeLimits } from './limits.ts';
import { openLook } from './look.ts';
import { publicUrlOf } from './public-url.ts';
import { isStreaming } from './render.ts';
import type { Repeats } from './repeats.ts';
import type { Route } from './route.ts';
import { senderReader } from './sender.ts';
import { shake } from './shake.ts';
import type { SocketRoute } from './socket.ts';
import { openSockets } from './sockets.ts';

export type EdgeCtx = Pick<Ctx, 'config' | 'clock' | 'random' | 'log'>;

export type ServerOptions = {
  readonly routes: readonly Route[];
  readonly sockets?: readonly SocketRoute[];
  readonly identify: Identify;
  /** Counts requests against the limits. */
  readonly admit: Admit;
  /** Remembers what was answered to requests with an `Idempotency-Key`; routes that take one want it. */
  readonly repeats?: Repeats;
  /** Hears how long each request took that travelled; what is answered with events has no end to measure. */
  readonly answered?: (answered: Answered) => void;
  /** Says to people what went wrong, where that is not the problem document. */
  readonly failurePage?: FailurePage;
  /** Only tests make a server less or more patient. */
  readonly limits?: Partial<EdgeLimits>;
};

export type Server = {
  /** Takes requests from now on. `port-taken` when something else does already. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Runs a request through everything but the network. */
  inject(request: Injection): Promise<Injected>;
  /** Runs a WebSocket handshake through everything but the network. */
  knock(handshake: Knock): Promise<Knocked>;
  /** The client's end of a WebSocket that does not travel, its handshake under way. */
  walkIn(handshake: Knock): WebSocket;
  /** Tries a TLS handshake of one version: which one was agreed on, or undefined when it is refused or TLS not spoken. */
  shake(version: TlsVersion): Promise<string | undefined>;
  /** Sockets open or being opened. */
  openSockets(): number;
  /** Takes nothing new, ends the sockets (1001), lets requests finish, and cuts off what is left after a while. */
  close(): Promise<void>;
};

/**
 * The HTTP and WebSocket face of an installation. Every route is declared in full, every error leaves as a problem
 * document or, to people, as `failurePage` says it, and no answer leaves without the closed headers. With
 * SOTTO_TLS_CERT it speaks TLS itself.
 * Refuses `openly-reachable`, `certificate-unusable` and double declarations.
 */
export async function openServer(ctx: EdgeCtx, options: ServerOptions): Promise<Server> {
  const limits = { ...edgeLimits, ...options.limits };
  let origin = publicUrlOf(ctx.config, ctx.config.port);
  let isClosing = false;
  const closed = closedHeaders(ctx.config);
  const pair = await readPair(ctx.config);
  const { clock } = ctx;
  const { identify, admit, repeats, failurePage } = options;
  const common = { limits, admit, origin: () => origin, findSender: senderReader(ctx.config) };
  const sockets = openSockets(ctx, { ...common, identify, routes: options.sockets ?? [], closed });
  const failed = (error: unknown) => ctx.log('error.internal', errorWords(error));
  const streams = openStreams({ clock, limits, failed });
  const look = openLook(identify, clock);
  const endless = new Set(options.routes.filter(isStreaming).map(({ path }) => path));
  const answered = (one: Answered) => void (endless.has(one.path) || options.answered?.(one));
  const app = frame(ctx, { ...common, sockets, closed, pair, answered, failurePage, isClosing: () => isClosing });
  refuseDoubles(options.routes, options.sockets ?? []);
  refuseForgetting(options);
  for (const route of options.routes) {
    const handler = exchangeOf(route, { ...common, identify, look, repeats, clock, streams });
    app.route({ method: route.method, url: route.path, handler });
  }
  refuseOtherMethods(app, options.routes);
  await app.ready();
  const stopWatching = pair ? watchPair(ctx, pair, (fresh) => renew(app, fresh)) : () => {};
  return {
    async listen() {
      const { port } = await listen(app, ctx.config);
      origin = publicUrlOf(ctx.config, port);
      return { url: origin, port };
    },
    inject: (request) => inject(app, request, endless),
    knock: (handshake) => knock(app.server, handshake),
    walkIn: (handshake) => walkIn(app.server, handshake),
    shake: (version) => shake(app.server, version),
    openSockets: () => sockets.count(),
    async close() {
      isClosing = true;
      stopWatching();
      const stopWaiting = clock.after(limits.closeMs, () => {
        sockets.cut();
        app.server.closeAllConnections();
      });
      streams.end();
      await Promise.all([sockets.close(), app.close()]);
      stopWaiting();
    },
  };
}

/** Who is connected stays; who connects from now on sees the new certificate. */
function renew(app: FastifyInstance, pair: Pair): void {
  if ('setSecureContext' in app.server && typeof app.server.setSecureContext === 'function') {
    app.server.setSecureContext({ ...tlsManners, ...pair });
  }
}

function refuseDoubles(routes: readonly Route[], sockets: readonly SocketRoute[]): void {
  const names = [...routes.map((one) => `${one.method} ${one.path}`), ...sockets.map((one) => `socket ${one.path}`)];
  const double = names.find((name, at) => names.indexOf(name) < at);
  if (double) throw new Error(`${double} is declared twice`);
}

function refuseForgetting({ routes, repeats }: ServerOptions): void {
  const forgotten = repeats ? undefined : routes.find(({ idempotent }) => idempotent);
  if (forgotten) throw new Error(`${forgotten.path} takes an Idempotency-Key and nothing remembers it`);
}

/** A path that exists answers other methods with 405 and the list of its own (RFC 9110 §15.5.6). */
function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const declared: string[] = routes.filter((route) => route.path === path).map((route) => route.method);
    const taken = declared.includes('GET') ? [...declared, 'HEAD'] : declared;
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
      (method) => !taken.includes(method),
    );
    app.route({
      method: others,
      url: path,
      exposeHeadRoute: false,
      handler: (_request, reply) => {
        reply.header('allow', taken.join(', '));
        throw problem('method-refused', `This path answers ${taken.join(', ')}.`);
      },
    });
  }
}

async function listen(app: FastifyInstance, { host, port }: Ctx['config']): Promise<AddressInfo> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
    throw problem('port-taken', `Something else listens on port ${port}. Stop it or choose another with SOTTO_PORT.`, {
      cause: error,
    });
  }
  return app.server.address() as AddressInfo;
}

import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { errorWords, newId, problem, type Ctx } from '#base';
import { answerBrokenConnections } from './broken.ts';
import { exchangeOf, type Identify } from './exchange.ts';
import { failureOf } from './failure.ts';
import { safeHeaders } from './headers.ts';
import { knock, type Knock, type Knocked } from './knock.ts';
import { edgeLimits, type EdgeLimits } from './limits.ts';
import { publicUrlOf } from './public-url.ts';
import type { Method, Route } from './route.ts';
import type { SocketRoute } from './socket.ts';
import { openSockets, type Sockets } from './sockets.ts';

export type EdgeCtx = Pick<Ctx, 'config' | 'clock' | 'random' | 'log'>;

export type ServerOptions = {
  readonly routes: readonly Route[];
  readonly sockets?: readonly SocketRoute[];
  readonly identify: Identify;
  /** Only tests make a server less or more patient. */
  readonly limits?: Partial<EdgeLimits>;
};

/** A request that does not travel: for tests and probes. */
export type Injection = {
  readonly method: Method | 'HEAD' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export type Injected = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: string;
  json(): unknown;
};

export type Server = {
  /** Takes requests from now on. `port-taken` when something else does already. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Runs a request through everything but the network. */
  inject(request: Injection): Promise<Injected>;
  /** Runs a WebSocket handshake through everything but the network. */
  knock(handshake: Knock): Promise<Knocked>;
  /** Sockets open or being opened. */
  openSockets(): number;
  /** Takes nothing new, ends the sockets (1001), lets requests finish, and cuts off what is left after a while. */
  close(): Promise<void>;
};

/**
 * The HTTP and WebSocket face of an installation. Every route is declared in full, every error leaves as a problem
 * document, and no answer leaves without the closed headers. Refuses `openly-reachable` and double declarations.
 */
export async function openServer(ctx: EdgeCtx, options: ServerOptions): Promise<Server> {
  const limits = { ...edgeLimits, ...options.limits };
  let origin = publicUrlOf(ctx.config, ctx.config.port);
  let isClosing = false;
  const sockets = openSockets(ctx, { routes: options.sockets ?? [], limits, origin: () => origin });
  const app = frame(ctx, { limits, sockets, origin: () => origin, isClosing: () => isClosing });
  refuseDoubles(options.routes, options.sockets ?? []);
  for (const route of options.routes) {
    const handler = exchangeOf(route, { identify: options.identify, limits, origin: () => origin });
    app.route({ method: route.method, url: route.path, handler });
  }
  refuseOtherMethods(app, options.routes);
  await app.ready();
  return {
    async listen() {
      const { port } = await listen(app, ctx.config);
      origin = publicUrlOf(ctx.config, port);
      return { url: origin, port };
    },
    inject: (request) => inject(app, request),
    knock: (handshake) => knock(app.server, handshake),
    openSockets: () => sockets.count(),
    async close() {
      isClosing = true;
      const stopWaiting = ctx.clock.after(limits.closeMs, () => {
        sockets.cut();
        app.server.closeAllConnections();
      });
      await Promise.all([sockets.close(), app.close()]);
      stopWaiting();
    },
  };
}

type FrameOptions = {
  readonly limits: EdgeLimits;
  readonly sockets: Sockets;
  readonly origin: () => string;
  readonly isClosing: () => boolean;
};

/** Fastify without its own words: ids, headers, errors, log lines and timeouts are ours. */
function frame(ctx: EdgeCtx, { limits, sockets, origin, isClosing }: FrameOptions): FastifyInstance {
  const fail = failing(ctx, origin);
  const app = Fastify({
    logger: false,
    genReqId: () => newId(ctx),
    requestIdHeader: false,
    return503OnClosing: false,
    bodyLimit: limits.apiBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionTimeout: limits.idleMs,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.checkMs,
      // Node's own refusal would leave without our headers; `refuseEarly` refuses instead.
      requireHostHeader: false,
      shouldUpgradeCallback: (request) => sockets.wants(request),
    },
    clientErrorHandler: answerBrokenConnections(ctx, origin),
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
  });
  // More than the sockets plus a reserve for requests would only starve those already here.
  app.server.maxConnections = ctx.config.maxSockets + 1_000;
  app.server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
  app.removeAllContentTypeParsers();
  // The exchange reads the body itself, once it knows that it wants it.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const startedAt = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', async (request, reply) => {
    startedAt.set(request, ctx.clock.now());
    reply.headers(safeHeaders);
    refuseEarly(request, isClosing());
  });
  app.addHook('onSend', async (_request, reply) => {
    // Otherwise a client that likes its connection could keep a closing server waiting.
    if (isClosing()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const ms = ctx.clock.now() - (startedAt.get(request) ?? ctx.clock.now());
    ctx.log('request.answered', {
      request: request.id,
      route: routeWord(request),
      method: request.method,
      status: reply.statusCode,
      ms,
    });
  });
  app.setErrorHandler((error, request, reply) => fail(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    fail(problem('not-found', 'There is nothing at this path.'), request, reply),
  );
  return app;
}

function refuseEarly(request: FastifyRequest, isClosing: boolean): void {
  if (isClosing) throw problem('not-running', 'Sotto is shutting down. The request can be repeated.');
  const hosts = request.raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && request.raw.httpVersion === '1.1')) {
    throw problem('request-malformed', 'HTTP/1.1 wants one Host header.');
  }
  if (request.headers.expect !== undefined && request.headers.expect.toLowerCase() !== '100-continue') {
    throw problem('request-malformed', 'That expectation cannot be met.');
  }
}

function failing(ctx: EdgeCtx, origin: () => string) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const failure = failureOf(error, { origin: origin(), request: request.id });
    const { code, status, cause } = failure.problem;
    if (code === 'internal') ctx.log('error.internal', { request: request.id, ...errorWords(cause ?? error) });
    else ctx.log('request.refused', { request: request.id, code });
    // What the sender still wants to send is not read: the connection cannot be used again.
    if (!request.raw.complete) reply.header('connection', 'close');
    return reply
      .code(status)
      .headers({ ...safeHeaders, ...failure.headers })
      .send(Buffer.from(failure.body));
  };
}

function refuseDoubles(routes: readonly Route[], sockets: readonly SocketRoute[]): void {
  const names = [...routes.map((one) => `${one.method} ${one.path}`), ...sockets.map((one) => `socket ${one.path}`)];
  const double = names.find((name, at) => names.indexOf(name) < at);
  if (double) throw new Error(`${double} is declared twice`);
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

async function inject(app: FastifyInstance, { method, url, headers, body }: Injection): Promise<Injected> {
  const answer = await app.inject({
    method,
    url,
    ...(headers && { headers: { ...headers } }),
    ...(body !== undefined && { payload: body }),
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body, json: () => JSON.parse(answer.body) };
}

/** The route's pattern as a word of the log: `/api/v1/calls/:id` is `api/v1/calls/id`. Never the path that was sent. */
function routeWord(request: FastifyRequest): string {
  const pattern = request.routeOptions.url;
  if (pattern === undefined) return 'none';
  return pattern.replaceAll(':', '').replace(/^[^a-z0-9]+/i, '') || 'root';
}

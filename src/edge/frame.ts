import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { errorWords, newId, problem } from '#base';
import { answerBrokenConnections } from './broken.ts';
import { tlsManners, type Pair } from './certificate.ts';
import { targetOf } from './exchange.ts';
import { failureOf, type Failure } from './failure.ts';
import { wantsPage, type FailurePage } from './failure-page.ts';
import type { EdgeLimits } from './limits.ts';
import { noAddress } from './sender.ts';
import type { EdgeCtx } from './server.ts';
import type { Sockets } from './sockets.ts';

export type FrameOptions = {
  readonly limits: EdgeLimits;
  readonly sockets: Sockets;
  readonly origin: () => string;
  /** On every answer. */
  readonly closed: Readonly<Record<string, string>>;
  /** Speaks TLS with it; undefined speaks plain. */
  readonly pair: Pair | undefined;
  readonly isClosing: () => boolean;
  /** Hears how long each request took that travelled. */
  readonly answered?: ((answered: Answered) => void) | undefined;
  /** Says to people what went wrong. */
  readonly failurePage?: FailurePage | undefined;
};

/** One answer, and nothing of who asked: the route's pattern, the status, and milliseconds. */
export type Answered = { readonly path: string; readonly status: number; readonly ms: number };

/** Fastify without its own words: ids, headers, errors, log lines and timeouts are ours. */
export function frame(ctx: EdgeCtx, options: FrameOptions): FastifyInstance {
  const { limits, sockets, origin, closed, isClosing } = options;
  const fail = failing(ctx, options);
  const app = Fastify({
    ...speech(options),
    logger: false,
    genReqId: () => newId(ctx),
    requestIdHeader: false,
    return503OnClosing: false,
    bodyLimit: limits.apiBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionTimeout: limits.idleMs,
    clientErrorHandler: answerBrokenConnections(ctx, { origin, closed }),
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
  });
  // More than the sockets plus a reserve for requests would only starve those already here.
  app.server.maxConnections = ctx.config.maxSockets + 1_000;
  // Asked once, a socket remembers its other end; later a client that has gone would be nobody, and have no limit.
  app.server.on(options.pair ? 'secureConnection' : 'connection', (socket) => void socket.remoteAddress);
  app.server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
  app.removeAllContentTypeParsers();
  // The exchange reads the body itself, once it knows that it wants it.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const startedAt = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', async (request, reply) => {
    startedAt.set(request, ctx.clock.now());
    reply.headers(closed);
    refuseEarly(request, isClosing());
  });
  app.addHook('onSend', async (_request, reply) => {
    // Otherwise a client that likes its connection could keep a closing server waiting.
    if (isClosing()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const ms = ctx.clock.now() - (startedAt.get(request) ?? ctx.clock.now());
    const { method } = request;
    ctx.log('request.answered', {
      request: request.id,
      route: routeWord(request),
      method,
      status: reply.statusCode,
      ms,
    });
    const { url: path } = request.routeOptions;
    const hasTravelled = request.raw.socket.remoteAddress !== noAddress;
    if (path !== undefined && hasTravelled) options.answered?.({ path, status: reply.statusCode, ms });
  });
  app.setErrorHandler((error, request, reply) => fail(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    fail(problem('not-found', 'There is nothing at this path.'), request, reply),
  );
  return app;
}

/** The options of Node's server, plain or with TLS. */
function speech({ limits, sockets, pair }: FrameOptions): object {
  const http = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: limits.checkMs,
    // Node's own refusal would leave without our headers; `refuseEarly` refuses instead.
    requireHostHeader: false,
    shouldUpgradeCallback: sockets.wants,
  };
  return pair ? { https: { ...http, ...tlsManners, ...pair } } : { http };
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

function failing(ctx: EdgeCtx, options: Pick<FrameOptions, 'origin' | 'closed' | 'failurePage'>) {
  const { origin, closed } = options;
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const failure = failureOf(error, { origin: origin(), request: request.id });
    const { code, status, cause } = failure.problem;
    if (code === 'internal') ctx.log('error.internal', { request: request.id, ...errorWords(cause ?? error) });
    else ctx.log('request.refused', { request: request.id, code });
    // What the sender still wants to send is not read: the connection cannot be used again.
    if (!request.raw.complete) reply.header('connection', 'close');
    const { headers, body } = toldTo(request, failure, options);
    return reply
      .code(status)
      .headers({ ...closed, ...headers })
      .send(Buffer.from(body));
  };
}

/** A page for people where somebody writes one, with the headers of the failure; the problem document for all others. */
function toldTo(
  { headers, raw }: FastifyRequest,
  failure: Failure,
  { origin, failurePage }: Pick<FrameOptions, 'origin' | 'failurePage'>,
): Pick<Failure, 'headers' | 'body'> {
  const { code, status } = failure.problem;
  const url = origin() + targetOf(raw.url ?? '/');
  const page = wantsPage(headers) ? failurePage?.({ code, status, url, headers }) : undefined;
  return page ? { headers: { ...failure.headers, ...page.headers }, body: page.body } : failure;
}

/** The route's pattern as a word of the log: `/api/v1/calls/:id` is `api/v1/calls/id`. Never the path that was sent. */
function routeWord(request: FastifyRequest): string {
  const pattern = request.routeOptions.url;
  if (pattern === undefined) return 'none';
  return pattern.replaceAll(':', '').replace(/^[^a-z0-9]+/i, '') || 'root';
}

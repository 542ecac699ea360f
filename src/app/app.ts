import { startReconcilers } from '#base';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';
import { openServer, publicUrlOf, type Route, type Server } from '#edge';
import { regions } from '#rules';
import { apiKeyHolder, openCredentials } from '#safeguards/accounts';
import { callFinisher, callWatchdog, carrierRoutes, carrierSockets, type CallCtx } from '#secretary/calls';
import { openCanaryAccount, scheduleProofs, trustRoutes, type Means } from '#trust';
import { apiRoutes } from './api.ts';
import { documentRoute, healthRoutes, homeRoutes } from './pages.ts';
import type { Senses } from './senses.ts';

/** The product put together: its public face, and the work behind it once started. */
export type App = {
  readonly server: Server;
  /** What proving needs; the command line adds the owner's connection for structural counterexamples. */
  readonly means: Means;
  /** Takes requests, and runs reconcilers and proofs from now on. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  close(): Promise<void>;
};

/**
 * Puts the product together on its senses; nothing listens and nothing runs until `start`.
 * A test may bring its own models; everything else is the catalogue's.
 */
export async function openApp(
  senses: Omit<Senses, 'close' | 'database'>,
  given: { readonly models?: CallCtx['models'] } = {},
): Promise<App> {
  const { ctx } = senses;
  const place = { port: ctx.config.port };
  const publicUrl = () => publicUrlOf(ctx.config, place.port);
  const callCtx: CallCtx = {
    ...ctx,
    carriers: await carriers(),
    models: given.models ?? (await models()),
    regions: await regions(),
    credentials: openCredentials(ctx),
    publicUrl,
  };
  const routes: Route[] = [
    ...healthRoutes(ctx),
    ...homeRoutes(publicUrl),
    ...carrierRoutes(callCtx),
    ...apiRoutes(ctx),
    ...trustRoutes(ctx),
    documentRoute(() => routes, publicUrl),
  ];
  const server = await openServer(ctx, {
    routes,
    sockets: carrierSockets(callCtx),
    identify: (bearer) => apiKeyHolder(ctx, bearer),
  });
  const means = await meansOf(senses, server, publicUrl());
  const running: { stop(): Promise<unknown> }[] = [];
  return {
    server,
    means,
    async start() {
      const listening = await server.listen();
      place.port = listening.port;
      const behind = { ...callCtx, db: senses.jobs };
      running.push(startReconcilers(ctx, [callFinisher(behind), callWatchdog(behind)]));
      running.push(scheduleProofs(ctx, { ...means, origin: publicUrl() }));
      return listening;
    },
    async close() {
      await server.close();
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}

async function meansOf({ ctx, prove, sockets }: Omit<Senses, 'close' | 'database'>, server: Server, origin: string): Promise<Means> {
  return {
    prove,
    app: ctx.db,
    self: async ({ method, path, headers, body }) => {
      const answer = await server.inject({ method, url: path, ...(headers ? { headers } : {}), ...(body ? { body } : {}) });
      const known = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
      return { status: answer.status, headers: Object.fromEntries(known), body: answer.body };
    },
    origin,
    canary: await openCanaryAccount(ctx),
    http: ctx.http,
    sockets: () => sockets.ledger(),
    clock: ctx.clock,
    random: ctx.random,
    config: ctx.config,
  };
}

import { startReconcilers, type SocketLedger } from '#base';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';
import { openServer, publicUrlOf, type Route, type Server } from '#edge';
import { regions } from '#rules';
import { apiKeyHolder, openCredentials } from '#safeguards/accounts';
import { callFinisher, callWatchdog, carrierRoutes, carrierSockets, noLine, type CallCtx } from '#secretary/calls';
import {
  openCanaryAccount,
  proveAndKeep,
  scheduleProofs,
  trustRoutes,
  type CanaryAccount,
  type Means,
  type Verdict,
} from '#trust';
import { apiRoutes } from './api.ts';
import { documentRoute, healthRoutes, homeRoutes } from './pages.ts';
import { problemRoutes } from './problem-pages.ts';
import type { Senses } from './senses.ts';

/** What the product is put together from; a test brings its own database and keystore. */
export type AppSenses = Omit<Senses, 'close' | 'database'>;

/** The product put together: its public face, and the work behind it once started. */
export type App = {
  readonly server: Server;
  /** Takes requests, and runs reconcilers and proofs from now on. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /** Looks at every claim now, with the owner's rights where a counterexample changes structure, and keeps the evidence. */
  proveNow(which?: readonly string[]): Promise<readonly Verdict[]>;
  close(): Promise<void>;
};

/**
 * Puts the product together on its senses; nothing listens and nothing runs until `start`.
 * A test may bring its own models; everything else is the catalogue's.
 */
export async function openApp(senses: AppSenses, given: { readonly models?: CallCtx['models'] } = {}): Promise<App> {
  const { ctx } = senses;
  const place = { port: ctx.config.port };
  const publicUrl = () => publicUrlOf(ctx.config, place.port);
  const callCtx: CallCtx = {
    ...ctx,
    carriers: await carriers(),
    models: given.models ?? (await models()),
    regions: await regions(),
    credentials: openCredentials(ctx),
    live: noLine(ctx),
    publicUrl,
  };
  const routes: Route[] = [
    ...healthRoutes(ctx),
    ...homeRoutes(publicUrl),
    ...(await problemRoutes()),
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
  const canary = await openCanaryAccount(ctx);
  const means = () => meansOf(senses, { server, canary, origin: publicUrl() });
  const proveNow = async (which?: readonly string[]) => {
    const structure = senses.owner();
    try {
      return await proveAndKeep(ctx, { ...means(), structure }, which ? { which } : {});
    } finally {
      await structure.close();
    }
  };
  const running: { stop(): Promise<unknown> }[] = [];
  return {
    server,
    proveNow,
    async start() {
      const listening = await server.listen();
      place.port = listening.port;
      const behind = { ...callCtx, db: senses.jobs };
      running.push(startReconcilers(ctx, [callFinisher(behind), callWatchdog(behind)]));
      running.push(scheduleProofs(ctx, means()));
      return listening;
    },
    async close() {
      // Proofs and reconcilers first: a look under way would take the closing server for a broken one.
      await Promise.all(running.map((one) => one.stop()));
      await server.close();
    },
  };
}

function meansOf(
  { ctx, prove, sockets }: AppSenses,
  { server, canary, origin }: { readonly server: Server; readonly canary: CanaryAccount; readonly origin: string },
): Means {
  return {
    prove,
    app: ctx.db,
    self: async ({ method, path, headers, body }) => {
      const answer = await server.inject({
        method,
        url: path,
        ...(headers ? { headers } : {}),
        ...(body ? { body } : {}),
      });
      const known = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
      return { status: answer.status, headers: Object.fromEntries(known), body: answer.body };
    },
    origin,
    canary,
    http: ctx.http,
    sockets: async () => withoutSelf(await sockets.ledger(), origin),
    clock: ctx.clock,
    random: ctx.random,
    config: ctx.config,
  };
}

/** A call that the demo plays in this very process comes back to our own address; that is not a way out. */
function withoutSelf(ledger: SocketLedger, origin: string): SocketLedger {
  const { host } = new URL(origin);
  return { ...ledger, unexpected: ledger.unexpected.filter(({ peer }) => peer !== host) };
}

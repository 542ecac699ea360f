import { errorWords, openTelemetry, startReconcilers, type Config, type Reconciler } from '#base';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';
import { openServer, publicUrlOf, type Admit, type Identify, type Route, type Server, type SocketRoute } from '#edge';
import { openAdmit, type BoardReader } from '#database';
import type { CallName, Desk, Lines, Order } from '#media';
import { regions } from '#rules';
import { askerByKey, instanceId, openCredentials } from '#safeguards/accounts';
import { factorRoutes } from '#safeguards/factors';
import { openCollector } from '#safeguards/uptime';
import { askerBySession, identityRoutes, openPasswordMeans } from '#safeguards/identity';
import { sequencer } from '#safeguards/log';
import { beginRegister, openRegister, refuseHeld, type Held, type Register } from '#safeguards/register';
import { openRepeats } from '#safeguards/repeats';
import { cleanUp, hygiene, purger, type HygieneRun, type SweepCtx } from '#safeguards/retention';
import { callsRunning, carrierRoutes, carrierSockets, liveDesk, openCallWatch, type CallCtx } from '#secretary/calls';
import { deleteSound, recordingRoutes, type RecordingCtx } from '#secretary/recordings';
import { turnRoutes } from '#secretary/turns';
import { openSwitchboard, webCallRoutes, webCallSockets, withSwitchboard, type WebCallCtx } from '#secretary/webcalls';
import { builtScreens, screenRoutes } from '#screens';
import {
  openCanaryAccount,
  openVisits,
  proveAndKeep,
  scheduleProofs,
  trustFailurePage,
  trustRoutes,
  type Means,
  type Verdict,
} from '#trust';
import { secretaryRoutes } from './agents/routes.ts';
import { catchUp } from './audit-log/catch-up.ts';
import { auditLogRoutes } from './audit-log/routes.ts';
import { callsOf } from './api/calls-of.ts';
import { apiRoutes } from './api/routes.ts';
import { liveMeans, takesCalls, untilQuiet, type Carrying } from './live.ts';
import { openHub, type Hub } from './events/hub.ts';
import { eventRoutes } from './events/routes.ts';
import { handOverRoutes } from './hand-over/routes.ts';
import { entryRoutes } from './entry/routes.ts';
import { exportRoute } from './audit-log/export.ts';
import { witnessRoutes } from './audit-log/witnesses.ts';
import { eraseCtxOf } from './erasure/ctx.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { documentRoute, healthRoutes } from './pages.ts';
import { problemRoutes } from './problem-pages.ts';
import { meansOf } from './means.ts';
import { startMeasuring } from './outside-in.ts';
import { ownLine } from './own-line.ts';
import { preparer } from './prepare-business.ts';
import { processorRoutes } from './processors/routes.ts';
import type { Senses } from './senses.ts';
import { closingRoutes } from './closing/routes.ts';
import { objectsNow, takeUp } from './held.ts';
import { holdRoutes } from './holds/routes.ts';
import { keepingRoutes } from './keeping/routes.ts';
import { teamRoutes } from './team/routes.ts';
import { maySeeDrafts } from './trust-center/may-see-drafts.ts';
import { profileRoutes } from './trust-center/profile-routes.ts';
import { workBehind } from './work-behind.ts';

/** What the product is put together from; a test brings its own database and keystore. */
export type AppSenses = Omit<Senses, 'close' | 'database' | 'register'>;

export type Given = {
  readonly models?: CallCtx['models'];
  /** Starts what carries live audio. */
  readonly lines?: (desk: Desk, ctx: AppSenses['ctx']) => Promise<Lines>;
  /** Takes the place of the limits; for tests and benchmarks that ask more often than people do. */
  readonly admit?: Admit;
};

/** The product put together: its public face, and the work behind it once started. */
export type App = {
  readonly server: Server;
  /** Everything it answers: for whoever wants to try all of it. */
  readonly routes: readonly Route[];
  readonly sockets: readonly SocketRoute[];
  /** Takes requests, and runs reconcilers and proofs from now on. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /**
   * Looks at every claim now, with the owner's rights where a counterexample changes structure, and keeps the evidence.
   * Once `until` is aborted no further look begins.
   */
  proveNow(which?: readonly string[], until?: AbortSignal): Promise<readonly Verdict[]>;
  /** Ends whatever is past its time now, as the hourly run does, and says what was still there. */
  cleanUpNow(): Promise<HygieneRun>;
  /** Processors that are switched on and get nothing yet. */
  held(): readonly Held[];
  /**
   * Takes no new calls and resolves when the last one under way has ended, however it is held; after SOTTO_DRAIN_MINUTES,
   * or when `hurry` is aborted, those that are left are cut. Readiness drops first. Requests are answered all the while.
   */
  drain(hurry: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/**
 * Puts the product together on its senses; nothing listens and nothing runs until `start`.
 * A test may bring its own models; everything else is the catalogue's. Without `lines` no audio is carried.
 */
export async function openApp(set: AppSenses, given: Given = {}): Promise<App> {
  await beginRegister({ ...set.ctx, db: set.jobs });
  const register = await openRegister({ ...set.ctx, db: set.jobs });
  set.ctx.http.guard(refuseHeld(register));
  const senses = { ...set, ctx: { ...set.ctx, config: register.config } };
  const { ctx, books } = senses;
  const place = { port: ctx.config.port };
  const carrying: Carrying = { isDraining: false, telemetry: openTelemetry(set.ctx) };
  const publicUrl = () => publicUrlOf(ctx.config, place.port);
  const self: { server?: Server } = {};
  const callCtx = await callCtxOf(ctx, { given, carrying, publicUrl, transport: ownLine(self) });
  const hub = openHub(ctx);
  const recordingCtx = { ...ctx, objects: await objectsNow(set.ctx, register), publicUrl, hub };
  const routes = await routesOf(callCtx, recordingCtx, () => takesCalls(carrying), set.ctx.config);
  const sockets = [...carrierSockets(callCtx), ...webCallSockets(callCtx)];
  const collector = openCollector();
  const server = await serverOf(ctx, { routes, sockets, admit: callCtx.admit, answered: collector.answered });
  self.server = server;
  const canary = await openCanaryAccount({ ...ctx, prove: senses.prove }, callCtx.models);
  const sweeping = sweepingIn(senses, recordingCtx);
  const facing = { server, canary, carrying, models: callCtx.models, objects: recordingCtx.objects };
  const means = () => meansOf(senses, { ...facing, origin: publicUrl() });
  const visits = openVisits(ctx, means);
  const behind = () =>
    workBehind(senses, { callCtx, recordingCtx, carrying, register, books, settings: set.ctx.config });
  const running: { stop(): Promise<unknown> }[] = [];
  return {
    held: register.held,
    server,
    routes,
    sockets,
    proveNow: (which, until) => visits.before(which, () => proveWithOwner(senses, means(), { which, until })),
    cleanUpNow: async () => cleanUp(sweeping, sweepersIn(await behind())),
    async start() {
      await takeUp({ ...set.ctx, db: set.jobs }, register);
      await startLines(given, callCtx, { carrying, ctx: set.ctx, register });
      const told = [purger(sweeping), sequencer({ ...ctx, db: senses.jobs, installation: instanceId })];
      running.push(hearing(senses, hub, told));
      const listening = await server.listen();
      place.port = listening.port;
      const all = await behind();
      running.push(startReconcilers(ctx, [...told, hygiene(sweeping, sweepersIn(all)), ...all]), visits.start());
      running.push(startMeasuring({ ...ctx, db: senses.jobs }, { canary, collector, origin: publicUrl, carrying }));
      running.push(scheduleProofs(ctx, means()));
      return listening;
    },
    async drain(hurry) {
      carrying.isDraining = true;
      await Promise.all([carrying.lines?.drain(hurry), untilQuiet({ ...ctx, db: senses.jobs }, server, hurry)]);
    },
    async close() {
      // Proofs and reconcilers first: a look under way would take the closing server for a broken one.
      await Promise.all(running.map((one) => one.stop()));
      await server.close();
      await carrying.lines?.close();
      await carrying.telemetry.flush();
      await books.flush().catch(() => {});
    },
  };
}

type Started = { readonly carrying: Carrying; readonly ctx: AppSenses['ctx']; readonly register: Register };

/** They get the settings as they are set, and are told what is held back. */
async function startLines({ lines }: Given, callCtx: CallCtx, { carrying, ctx, register }: Started): Promise<void> {
  const tell = (call: CallName, order: Order) => void carrying.lines?.order(call, order);
  const { http } = ctx;
  const desk = { ...liveDesk(callCtx, tell), allowed: register.allowed, left: http.book };
  if (lines) carrying.lines = await lines(desk, ctx);
}

function hearing({ board }: AppSenses, hub: Hub, told: readonly { readonly news: BoardReader }[]) {
  const cancels = [hub.listen(board), ...told.map(({ news }) => board.listen(news))];
  return { stop: async () => cancels.forEach((cancel) => cancel()) };
}

function sweepersIn(all: readonly Reconciler[]): readonly Reconciler[] {
  return all.filter(({ sweeps }) => sweeps);
}

type Face = Pick<Parameters<typeof openServer>[1], 'routes' | 'sockets' | 'admit' | 'answered'>;

function serverOf(ctx: AppSenses['ctx'], face: Face): Promise<Server> {
  const repeats = openRepeats(ctx, instanceId);
  return openServer(ctx, { ...face, repeats, identify: identifyIn(ctx), failurePage: trustFailurePage });
}

function sweepingIn({ ctx, jobs: db }: AppSenses, recordingCtx: RecordingCtx): SweepCtx {
  return {
    ...ctx,
    db,
    deleteObjects: (recording) => deleteSound(recordingCtx, recording),
    isBusy: async () => (await callsRunning({ ...ctx, db }, ctx.clock.now())) > 0,
  };
}

async function callCtxOf(
  ctx: AppSenses['ctx'],
  { given, carrying, ...own }: Pick<WebCallCtx, 'publicUrl' | 'transport'> & { given: Given; carrying: Carrying },
): Promise<WebCallCtx> {
  const switchboard = openSwitchboard();
  return {
    ...ctx,
    ...own,
    switchboard,
    watch: openCallWatch(),
    carriers: withSwitchboard(await carriers(), switchboard),
    models: given.models ?? (await models()),
    regions: await regions(),
    credentials: openCredentials(ctx),
    live: liveMeans(ctx, carrying),
    admit: given.admit ?? openAdmit(ctx),
    telemetry: carrying.telemetry,
  };
}

/** Looks at the claims with the owner's rights where a counterexample changes structure, and keeps the evidence. */
async function proveWithOwner(
  senses: AppSenses,
  means: Means,
  { which, until }: { readonly which: readonly string[] | undefined; readonly until: AbortSignal | undefined },
): Promise<readonly Verdict[]> {
  const { ctx, owner } = senses;
  await catchUp(senses).catch((error: unknown) =>
    ctx.log('reconciler.failed', { name: 'prove', ...errorWords(error) }),
  );
  const structure = owner();
  try {
    return await proveAndKeep(ctx, { ...means, structure }, { ...(which && { which }), ...(until && { until }) });
  } finally {
    await structure.close();
  }
}

/** Who shows a key or the cookie of a session. */
function identifyIn(ctx: AppSenses['ctx']): Identify {
  return (shown) =>
    shown.by === 'key' ? askerByKey(ctx, shown.key, shown.from) : askerBySession(ctx, shown.token, shown.from, shown);
}

/** Every route of the product. */
export async function routesOf(
  ctx: CallCtx,
  recordingCtx: RecordingCtx & { readonly publicUrl: () => string; readonly hub: Hub },
  takesCalls: () => boolean,
  settings: Config = ctx.config,
): Promise<readonly Route[]> {
  const means = openPasswordMeans(ctx);
  const entering = { ...ctx, prepare: preparer(ctx) };
  const routes: Route[] = [
    ...healthRoutes(ctx, takesCalls),
    ...screenRoutes(ctx, builtScreens()),
    ...(await problemRoutes()),
    ...carrierRoutes(ctx),
    ...entryRoutes(entering, means),
    ...identityRoutes(entering, means),
    ...factorRoutes({ ...entering, config: settings }),
    ...teamRoutes(ctx),
    ...auditLogRoutes(ctx),
    ...eventRoutes(ctx, recordingCtx.hub),
    ...keepingRoutes(ctx),
    ...holdRoutes(ctx),
    ...closingRoutes(ctx),
    ...processorRoutes(ctx),
    ...erasureRoutes(eraseCtxOf({ ...ctx, objects: recordingCtx.objects })),
    ...apiRoutes(ctx),
    exportRoute(ctx),
    ...witnessRoutes(ctx),
    ...handOverRoutes(ctx),
    ...secretaryRoutes(ctx),
    ...webCallRoutes(ctx),
    ...turnRoutes({ ...ctx, callsOf }),
    ...recordingRoutes({ ...recordingCtx, callsOf }),
    ...profileRoutes(ctx),
    ...trustRoutes({ ...ctx, maySeeDrafts: maySeeDrafts(ctx) }),
    documentRoute(() => routes, ctx.publicUrl),
  ];
  return routes;
}

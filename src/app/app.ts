import { openTelemetry, startReconcilers, type Reconciler } from '#base';
import { carriers } from '#adapters/carriers';
import { openMail } from '#adapters/mail';
import { models } from '#adapters/models';
import { openObjects } from '#adapters/objects';
import { openServer, publicUrlOf, type Admit, type Identify, type Route, type Server, type SocketRoute } from '#edge';
import { limitSweeper, openAdmit } from '#database';
import type { CallName, Desk, Lines, Order } from '#media';
import { regions } from '#rules';
import { askerByKey, instanceId, openCredentials } from '#safeguards/accounts';
import { closer, eraser } from '#safeguards/erasure';
import { factorReconcilers, factorRoutes } from '#safeguards/factors';
import { holdKeeper } from '#safeguards/holds';
import { askerBySession, identityReconcilers, identityRoutes, openPasswordMeans } from '#safeguards/identity';
import { mailLogSweeper, noticeSender } from '#safeguards/notices';
import { processorEraser, processorWatch } from '#safeguards/processors';
import { openRepeats, repeatSweeper } from '#safeguards/repeats';
import { cleanUp, hygiene, purger, type HygieneRun, type SweepCtx } from '#safeguards/retention';
import { addressKeySweeper, keyReaper } from '#safeguards/vault';
import {
  callFinisher,
  callsRunning,
  callWatchdog,
  carrierRoutes,
  carrierSockets,
  liveDesk,
  openCallWatch,
  type CallCtx,
} from '#secretary/calls';
import { deleteSound, recordingFinisher, recordingRoutes, type RecordingCtx } from '#secretary/recordings';
import { turnRoutes } from '#secretary/turns';
import { openSwitchboard, webCallRoutes, webCallSockets, withSwitchboard, type WebCallCtx } from '#secretary/webcalls';
import { builtScreens, screenRoutes } from '#screens';
import {
  openCanaryAccount,
  openVisits,
  proveAndKeep,
  scheduleProofs,
  trustRoutes,
  type Means,
  type Verdict,
} from '#trust';
import { secretaryRoutes } from './agents/routes.ts';
import { callsOf } from './api/calls-of.ts';
import { apiRoutes } from './api/routes.ts';
import { lineWatch, liveMeans, takesCalls, untilQuiet, type Carrying } from './live.ts';
import { openHub, type Hub } from './events/hub.ts';
import { eventRoutes } from './events/routes.ts';
import { handOverRoutes } from './hand-over/routes.ts';
import { entryRoutes } from './entry/routes.ts';
import { eraseCtxOf } from './erasure/ctx.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { documentRoute, healthRoutes } from './pages.ts';
import { problemRoutes } from './problem-pages.ts';
import { meansOf } from './means.ts';
import { ownLine } from './own-line.ts';
import { preparer } from './prepare-business.ts';
import { processorRoutes } from './processors/routes.ts';
import type { Senses } from './senses.ts';
import { closingRoutes } from './closing/routes.ts';
import { holdRoutes } from './holds/routes.ts';
import { keepingRoutes } from './keeping/routes.ts';
import { teamRoutes } from './team/routes.ts';

/** What the product is put together from; a test brings its own database and keystore. */
export type AppSenses = Omit<Senses, 'close' | 'database'>;

export type Given = {
  readonly models?: CallCtx['models'];
  /** Starts what carries live audio. */
  readonly lines?: (desk: Desk) => Promise<Lines>;
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
  /** Looks at every claim now, with the owner's rights where a counterexample changes structure, and keeps the evidence. */
  proveNow(which?: readonly string[]): Promise<readonly Verdict[]>;
  /** Ends whatever is past its time now, as the hourly run does, and says what was still there. */
  cleanUpNow(): Promise<HygieneRun>;
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
export async function openApp(senses: AppSenses, given: Given = {}): Promise<App> {
  const { ctx } = senses;
  const place = { port: ctx.config.port };
  const carrying: Carrying = { isDraining: false, telemetry: openTelemetry(ctx) };
  const publicUrl = () => publicUrlOf(ctx.config, place.port);
  const self: { server?: Server } = {};
  const callCtx = await callCtxOf(ctx, { given, carrying, publicUrl, transport: ownLine(self) });
  const hub = openHub(ctx);
  const recordingCtx = { ...ctx, objects: await openObjects(ctx), publicUrl, hub };
  const routes = await routesOf(callCtx, recordingCtx, () => takesCalls(carrying));
  const sockets = [...carrierSockets(callCtx), ...webCallSockets(callCtx)];
  const server = await serverOf(ctx, { routes, sockets, admit: callCtx.admit });
  self.server = server;
  const canary = await openCanaryAccount({ ...ctx, prove: senses.prove }, callCtx.models);
  const sweeping = sweepingIn(senses, recordingCtx);
  const facing = { server, canary, carrying, models: callCtx.models, objects: recordingCtx.objects };
  const means = () => meansOf(senses, { ...facing, origin: publicUrl() });
  const visits = openVisits(ctx, means);
  const proveNow = (which?: readonly string[]) => visits.before(which, () => proveWithOwner(senses, means(), which));
  const behind = () => workBehind(senses, { callCtx, recordingCtx, carrying });
  const running: { stop(): Promise<unknown> }[] = [];
  return {
    server,
    routes,
    sockets,
    proveNow,
    cleanUpNow: async () => cleanUp(sweeping, sweepersIn(await behind())),
    async start() {
      if (given.lines) {
        const tell = (call: CallName, order: Order) => void carrying.lines?.order(call, order);
        carrying.lines = await given.lines(liveDesk(callCtx, tell));
      }
      const stopHearing = hub.listen(senses.board);
      running.push({ stop: async () => stopHearing() });
      const listening = await server.listen();
      place.port = listening.port;
      const purging = purger(sweeping);
      const stopPlanning = senses.board.listen(purging.news);
      running.push({ stop: async () => stopPlanning() });
      const all = await behind();
      running.push(startReconcilers(ctx, [purging, hygiene(sweeping, sweepersIn(all)), ...all]), visits.start());
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
    },
  };
}

function sweepersIn(all: readonly Reconciler[]): readonly Reconciler[] {
  return all.filter(({ sweeps }) => sweeps);
}

type Face = Pick<Parameters<typeof openServer>[1], 'routes' | 'sockets' | 'admit'>;

function serverOf(ctx: AppSenses['ctx'], face: Face): Promise<Server> {
  return openServer(ctx, { ...face, repeats: openRepeats(ctx, instanceId), identify: identifyIn(ctx) });
}

function sweepingIn({ ctx, jobs: db }: AppSenses, recordingCtx: RecordingCtx): SweepCtx {
  return {
    ...ctx,
    db,
    deleteObjects: (recording) => deleteSound(recordingCtx, recording),
    isBusy: async () => (await callsRunning({ ...ctx, db }, ctx.clock.now())) > 0,
  };
}

type Parts = {
  readonly callCtx: CallCtx;
  readonly recordingCtx: RecordingCtx;
  readonly carrying: Carrying;
};

/** What is done behind the requests, over and over, as the jobs. */
async function workBehind(
  { ctx, jobs: db }: AppSenses,
  { callCtx, recordingCtx, carrying }: Parts,
): Promise<readonly Reconciler[]> {
  const { publicUrl } = callCtx;
  const mailer = await openMail({ ...ctx, dial: ctx.http.dial });
  const erasing = eraseCtxOf({ ...recordingCtx, config: ctx.config, db });
  return [
    callFinisher({ ...callCtx, db }),
    callWatchdog({ ...callCtx, db }),
    recordingFinisher({ ...recordingCtx, db }),
    processorEraser({ ...callCtx, db }),
    processorWatch({ ...ctx, db }),
    holdKeeper({ ...ctx, db }),
    eraser(erasing),
    closer(erasing),
    ...identityReconcilers({ ...ctx, db, publicUrl, prepare: preparer({ ...ctx, db }) }),
    ...factorReconcilers({ ...ctx, db }),
    noticeSender({ ...ctx, db, publicUrl }, mailer),
    mailLogSweeper({ ...ctx, db }),
    lineWatch(carrying),
    limitSweeper({ db }),
    repeatSweeper({ ...ctx, db }),
    addressKeySweeper(ctx),
    keyReaper(ctx),
    ...carrying.telemetry.reconcilers,
  ];
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
  { ctx, owner }: AppSenses,
  means: Means,
  which: readonly string[] | undefined,
): Promise<readonly Verdict[]> {
  const structure = owner();
  try {
    return await proveAndKeep(ctx, { ...means, structure }, which ? { which } : {});
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
    ...factorRoutes(entering),
    ...teamRoutes(ctx),
    ...eventRoutes(ctx, recordingCtx.hub),
    ...keepingRoutes(ctx),
    ...holdRoutes(ctx),
    ...closingRoutes(ctx),
    ...processorRoutes(ctx),
    ...erasureRoutes(eraseCtxOf({ ...ctx, objects: recordingCtx.objects })),
    ...apiRoutes(ctx),
    ...handOverRoutes(ctx),
    ...secretaryRoutes(ctx),
    ...webCallRoutes(ctx),
    ...turnRoutes({ ...ctx, callsOf }),
    ...recordingRoutes({ ...recordingCtx, callsOf }),
    ...trustRoutes(ctx),
    documentRoute(() => routes, ctx.publicUrl),
  ];
  return routes;
}

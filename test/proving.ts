import {
  jsonLog,
  silentTelemetry,
  manualClock,
  openDb,
  openHttp,
  readConfig,
  seededRandom,
  type Ctx,
  type Db,
  type Egress,
  type LogEvent,
  type LogFields,
} from '#base';
import { openHub, routesOf } from '#app';
import { openAdmit } from '#database';
import { type Admit, openServer, publicUrlOf } from '#edge';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';
import { regions } from '#rules';
import { askerByKey, ensureInstance, instanceId, openCredentials } from '#safeguards/accounts';
import { askerBySession } from '#safeguards/identity';
import { beginRegister } from '#safeguards/register';
import { openRepeats } from '#safeguards/repeats';
import { carrierSockets, noLine, openCallWatch, type CallCtx } from '#secretary/calls';
import { openSwitchboard, webCallSockets } from '#secretary/webcalls';
import { openCanaryAccount, type Means, type Self } from '#trust';
import { cloneDatabase, testDerive, type TestDatabase } from './cluster.ts';
import { testKeystore } from './keys.ts';
import { testObjects, type TestObjects } from './objects.ts';

/** A Sotto that can be put to the test: its own database, all its routes, and an owner's rights for structure. */
export type ProvingGround = {
  readonly ctx: Omit<Ctx, 'clock'> & { readonly clock: ReturnType<typeof manualClock>; readonly http: Egress };
  readonly means: Means;
  readonly structure: Db;
  readonly database: TestDatabase;
  readonly logged: readonly LogEvent[];
  readonly objects: TestObjects;
  /** What its calls are answered with. */
  readonly calls: CallCtx;
  close(): Promise<void>;
};

type GroundOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether a line says that it would take live audio; none is there. */
  readonly hasLine?: boolean;
  /** Takes the place of the limits, which count by PostgreSQL's own clock: for looks that follow each other at once. */
  readonly admit?: (real: Admit) => Admit;
};

/** Opens one, with nothing in it but what every installation has. The clock stands at 20 November 2026, noon UTC. */
export async function openProvingGround({
  env = {},
  hasLine = false,
  admit = (real) => real,
}: GroundOptions = {}): Promise<ProvingGround> {
  const database = await cloneDatabase();
  const clock = manualClock(Date.UTC(2026, 10, 20, 12));
  const random = seededRandom('proving ground');
  const keys = testKeystore(random, clock);
  const open = (role: 'app' | 'prove' | 'structure') =>
    openDb({
      connection: database.connection(role === 'structure' ? 'migrate' : role),
      role,
      tenantKey: testDerive('tenant-token'),
      poolSize: 4,
    });
  const dbs = { app: open('app'), prove: open('prove'), structure: open('structure') };
  const logged: LogEvent[] = [];
  const endings: (() => Promise<void>)[] = [];
  const objects = await testObjects({ after: (work) => void endings.push(work) });
  const config = readConfig(env);
  const output = listenable();
  const log = (event: LogEvent, fields?: LogFields) => {
    logged.push(event);
    jsonLog(output.write, () => clock.now())(event, fields);
  };
  const http = openHttp({ config, log });
  const ctx = { config, clock, random, keys, log, db: dbs.app, http };
  await ensureInstance(ctx);
  await beginRegister(ctx);
  const origin = publicUrlOf(config, config.port);
  const live = { ...noLine(ctx), ready: () => hasLine };
  const calls = await callCtxOf(ctx, { live, publicUrl: () => origin, admit: admit(openAdmit(ctx)) });
  const server = await openProductServer(calls, objects);
  const means: Means = {
    ...dbs,
    self: selfOf(server),
    knock: server.knock,
    shake: server.shake,
    origin,
    canary: await openCanaryAccount({ ...ctx, prove: dbs.prove }, calls.models),
    http,
    written: output.written,
    models: calls.models,
    sockets: () => Promise.resolve({ egress: 0, database: 3, unexpected: [] }),
    objects,
    files: { roots: [objects.folder], unseen: undefined },
    keystore: keys,
    clock,
    random,
    config,
  };
  return {
    ctx,
    means,
    structure: dbs.structure,
    database,
    logged,
    objects,
    calls,
    async close() {
      for (const end of endings) await end();
      await server.close();
      await http.close();
      await Promise.all(Object.values(dbs).map((db) => db.close()));
      await keys.close();
      await database.drop();
    },
  };
}

type Serving = Awaited<ReturnType<typeof openServer>>;

async function callCtxOf(ctx: Ctx, given: Pick<CallCtx, 'live' | 'publicUrl' | 'admit'>): Promise<CallCtx> {
  return {
    ...ctx,
    ...given,
    carriers: await carriers(),
    models: await models(),
    regions: await regions(),
    credentials: openCredentials(ctx),
    telemetry: silentTelemetry,
  };
}

/** Sockets for calls from the browser are there, and nothing answers behind them. */
function nobodyCalls() {
  const away = () => {
    throw new Error('nobody calls from the browser here');
  };
  return { watch: openCallWatch(), switchboard: openSwitchboard(), transport: { post: away, connect: away } };
}

async function openProductServer(calls: CallCtx & Pick<Ctx, 'http'>, objects: TestObjects): Promise<Serving> {
  const { admit } = calls;
  return openServer(calls, {
    routes: await routesOf(calls, { ...calls, objects, hub: openHub(calls) }, () => true),
    sockets: [...carrierSockets(calls), ...webCallSockets({ ...calls, ...nobodyCalls() })],
    admit,
    repeats: openRepeats(calls, instanceId),
    identify: (shown) =>
      shown.by === 'key' ? askerByKey(calls, shown.key, shown.from) : askerBySession(calls, shown.token, shown.from),
  });
}

/** Keeps what is written while somebody listens. */
function listenable(): { write(line: string): void; written: Means['written'] } {
  const heard: string[] = [];
  return {
    write: (line) => void heard.push(line),
    async written(work) {
      const from = heard.length;
      const result = await work();
      return { result, text: heard.slice(from).join('') };
    },
  };
}

/** Asks the server as a probe does, without a network. */
function selfOf(server: Serving): Self {
  return async ({ path, ...request }) => {
    const { status, headers, body } = await server.inject({ ...request, url: path });
    return {
      status,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body,
    };
  };
}

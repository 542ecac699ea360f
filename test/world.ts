import assert from 'node:assert/strict';
import {
  openDb,
  openHttp,
  Personal,
  readConfig,
  seededRandom,
  watchSockets,
  type Clock,
  type Config,
  type Ctx,
  type Db,
  type Egress,
  type LogEvent,
  type LogFields,
  sql,
} from '#base';
import { openExchange, type Exchange } from '#adapters/carriers';
import { models, type TextModel } from '#adapters/models';
import { makeReadingKey, openApp, setUpDemo, type App, type AppSenses, type DemoSetUp } from '#app';
import { openBoard } from '#database';
import type { Admit } from '#edge';
import { ensureInstance } from '#safeguards/accounts';
import { egressBooks } from '#safeguards/register';
import { cloneDatabase, testDerive, type TestDatabase } from './cluster.ts';
import { testKeystore } from './keys.ts';
import { freePort } from './product.ts';
import { scaledClock, waitedFor, type TestClock } from './scaled-clock.ts';

/** Monday 23 November 2026, 10:00 in New York, where the demo business is. */
export const monday = Date.UTC(2026, 10, 23, 15);

export type ApiEntry = {
  readonly speaker: string;
  readonly kind: string;
  readonly meant: string;
  readonly heard: string;
};

/** A row of any list, with the fields that tests look at; what is absent is null. */
export type ApiRow = {
  readonly id: string;
  readonly state: string;
  readonly from: string;
  readonly endReason: string;
  readonly disclosedAt: string;
  readonly outcome: string;
  readonly summary: string;
  readonly body: string;
  readonly phone: string;
  readonly interest: string;
  readonly startsAt: string;
};

/** What the API answers: a list, one call, or a problem. */
export type ApiDocument = ApiRow & {
  readonly items: readonly ApiRow[];
  readonly next: string | null;
  readonly transcript: readonly ApiEntry[];
  readonly decisions: readonly { readonly what: string; readonly about: string | null; readonly why: string }[];
  readonly code: string;
};

export type World = {
  readonly ctx: Ctx;
  readonly app: App;
  readonly url: string;
  /** Of the loopback, whatever the public URL says. */
  readonly port: number;
  readonly demo: DemoSetUp;
  /** The emulated carrier, connected to this product. */
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** For planting what no role of ours could write. */
  readonly database: TestDatabase;
  readonly logged: readonly { readonly event: LogEvent; readonly fields: LogFields | undefined }[];
  /** The newest call with its transcript, through the API. */
  lastCall(): Promise<ApiDocument>;
  /** Reads the API with a key that may read everything. */
  api(path: string): Promise<{ readonly status: number; readonly json: ApiDocument }>;
};

/** What a world lives for: a test, or whatever else has an end. */
export type Scope = { readonly name: string; after(work: () => unknown): void };

type WorldOptions = {
  /** How many times faster than real; what is patient for 1.8 seconds must not be overtaken by a busy machine. */
  readonly speed?: number;
  readonly env?: Record<string, string>;
  /** Takes the place of the scripted receptionist. */
  readonly model?: TextModel;
  /** Takes the place of a vendor's: the agent talks through it, turn by turn, and the scripted one stands in. */
  readonly vendor?: { readonly item: TextModel; readonly speech: 'relay' | 'gather' };
  /** Stands between the product and its database: for outages. */
  readonly between?: (db: Db) => Db;
  /** Takes the place of the one that goes `speed` times faster. */
  readonly clock?: TestClock;
  /** The product reaches the API of the emulated carrier, in the place of the real one's. */
  readonly hasCarrierApi?: boolean;
  /** Takes the place of the limits: for those who ask more often than people do. */
  readonly admit?: Admit;
};

/**
 * A complete Sotto on a database of its own, listening on a free port, with the demo business set up and the emulated
 * carrier on the line. Time runs `speed` times faster. Everything ends with the test.
 */
export async function world(t: Scope, options: WorldOptions = {}): Promise<World> {
  const { speed = 18, env = {}, model, vendor, between = (db: Db) => db, admit } = options;
  const clock = options.clock ?? scaledClock(monday, speed);
  const random = seededRandom(t.name);
  const logged: { event: LogEvent; fields: LogFields | undefined }[] = [];
  const log = (event: LogEvent, fields?: LogFields) => void logged.push({ event, fields });
  const carrierApi = await carrierApiOf(options);
  const config: Config = readConfig({
    SOTTO_PORT: '0',
    ...carrierApi.env,
    ...(vendor && { SOTTO_OPENAI_KEY: 'sk-of-nobody' }),
    ...env,
  });
  const database = await cloneDatabase();
  const keys = testKeystore(random, clock);
  const listening = Promise.withResolvers<number>();
  const http = stayingHere(openHttp({ config, log, extraHosts: ['127.0.0.1'] }), listening.promise);
  const sockets = watchSockets({ isEgress: http.opened, ...placeOf(database) });
  const board = openBoard({ clock, random, log, connection: database.connection('app') });
  const open = (role: 'app' | 'jobs' | 'prove'): Db =>
    openDb({
      connection: database.connection(role),
      role,
      tenantKey: testDerive('tenant-token'),
      poolSize: 8,
      ...(role !== 'prove' && { onTold: board.tell }),
    });
  const ctx = { config, clock, random, db: between(waitedFor(clock, open('app'))), keys, http, log };
  const owner = () =>
    openDb({
      connection: database.connection('migrate'),
      role: 'structure',
      tenantKey: testDerive('tenant-token'),
      poolSize: 1,
    });
  const jobs = open('jobs');
  const books = egressBooks({ clock, db: jobs }, http.ledger);
  const senses: AppSenses = { ctx, jobs, prove: open('prove'), board, owner, sockets, books };
  await ensureInstance(ctx);
  const demo = await setUpDemo(ctx, vendor ? 'openai' : 'scripted');
  if (vendor) await speaksBy(ctx, demo, vendor.speech);
  const app = await openApp(senses, {
    ...(model ? { models: [{ id: 'scripted', item: model }] } : await withVendor(vendor?.item)),
    ...(admit && { admit }),
  });
  const { url, port } = await app.start();
  listening.resolve(port);
  const { key } = await makeReadingKey(ctx, demo.organisation, 'test');
  const account = { accountSid: demo.twilio.accountSid, authToken: new Personal(demo.twilio.authToken) };
  const exchange = await openExchange({
    clock,
    random,
    http,
    origin: url,
    carrier: 'twilio',
    account,
    speed: 1,
    restPort: carrierApi.port,
  });
  t.after(async () => {
    await exchange.close();
    await app.close();
    await Promise.all([ctx.db.close(), senses.jobs.close(), senses.prove.close()]);
    await board.close();
    sockets.stop();
    await http.close();
    await keys.close();
    await database.drop();
  });
  const api = (path: string) => read(app, key, path);
  const lastCall = async () => {
    const [newest] = (await api('/api/v1/calls?limit=1')).json.items;
    assert.ok(newest, 'there is a call');
    return (await api(`/api/v1/calls/${newest.id}`)).json;
  };
  return { ctx, app, url, port, demo, exchange, clock, database, logged, lastCall, api };
}

/** Whatever public address it has, it asks itself at this machine: nothing leaves it. */
function stayingHere(http: Egress, port: Promise<number>): Egress {
  const { own } = http;
  return Object.assign(http, {
    own: async (_: string, request: Parameters<typeof own>[1]) => own(`http://127.0.0.1:${await port}`, request),
  });
}

/** Where the emulated carrier's API is to be found; without it the product knows that of the real one. */
async function carrierApiOf({ hasCarrierApi }: WorldOptions): Promise<{ port: number; env: Record<string, string> }> {
  if (!hasCarrierApi) return { port: 0, env: {} };
  const port = await freePort();
  return { port, env: { SOTTO_TWILIO_BASE_URL: `http://127.0.0.1:${port}` } };
}

/** Where the database listens, when it does so on a network address. */
function placeOf(database: World['database']) {
  const { host, port } = database.admin();
  return host && port ? { database: { host, port } } : {};
}

/** The catalogue, with another one in the place of its vendor. */
async function withVendor(item: TextModel | undefined) {
  return item ? { models: (await models()).map((one) => (one.id === 'openai' ? { id: one.id, item } : one)) } : {};
}

function speaksBy(ctx: Ctx, { organisation, agent }: DemoSetUp, speech: 'relay' | 'gather'): Promise<unknown> {
  return ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`update app.agents set speech = ${speech} where organisation_id = ${organisation} and id = ${agent}`),
  );
}

async function read(app: App, key: string, path: string) {
  const answer = await app.server.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${key}` } });
  return { status: answer.status, json: JSON.parse(answer.body) as ApiDocument };
}

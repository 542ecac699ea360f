import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openHttp, Personal, readConfig, systemClock, systemRandom, type Id } from '#base';
import { openExchange, type EmulatedCall, type Exchange } from '#adapters/carriers';
import { freePort, sottoJson, startProduct, type Env, type Product } from './product.ts';
import { openStandIn, standInKey, type StandIn, type StandInOptions } from './stand-in-model/stand-in.ts';

type SetUp = {
  readonly organisation: Id;
  readonly apiKey: string;
  readonly number: string;
  readonly agent: string;
  readonly twilio: { readonly accountSid: string; readonly authToken: string };
};

/** The product as processes of its own, its demo agent talking through a stand-in for OpenAI, and a carrier beside it. */
export type LiveProduct = {
  readonly env: Env;
  readonly dataDir: string;
  readonly standIn: StandIn;
  readonly exchange: Exchange;
  readonly setUp: SetUp;
  /** The process that serves now. */
  product: Product;
  ring(): EmulatedCall;
  /** Reads the API. */
  read<T>(path: string): Promise<T>;
  /** The newest call once it is over and summed up. */
  finished(): Promise<LiveDetail>;
};

type LiveOptions = StandInOptions & {
  /** Whether its calls are recorded. */
  readonly record?: boolean;
  /** The secretary, in the words of a business file; default: the demo's, which talks. */
  readonly agent?: string;
};

export type LiveDetail = {
  readonly id: string;
  readonly state: string;
  readonly endReason: string | null;
  readonly outcome: string | null;
  readonly summary: string | null;
  readonly disclosedAt: string | null;
  readonly transcript: readonly { speaker: string; kind: string; meant: string | null; heard: string | null }[];
};

/** Starts all of it; it ends with the test. Time is real: an emulated caller speaks as fast as a person. */
export async function liveProduct(t: TestContext, options: LiveOptions = {}, more: Env = {}): Promise<LiveProduct> {
  const standIn = await openStandIn(options);
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-live-'));
  const port = await freePort();
  const env = {
    SOTTO_DATA_DIR: dataDir,
    SOTTO_PORT: String(port),
    SOTTO_OPENAI_BASE_URL: standIn.url,
    SOTTO_OPENAI_KEY: standInKey,
    ...more,
  };
  const product = await startProduct(env);
  const agent = options.agent ?? (options.record ? '{ model: openai, record: true }' : undefined);
  const setUp = agent ? await businessWith(agent, env, dataDir) : await demo(env);
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const exchange = await openExchange({
    clock: systemClock,
    random: systemRandom,
    http,
    origin: product.url,
    carrier: 'twilio',
    account: { accountSid: setUp.twilio.accountSid, authToken: new Personal(setUp.twilio.authToken) },
  });
  const live: LiveProduct = {
    env,
    dataDir,
    standIn,
    exchange,
    setUp,
    product,
    ring: () => exchange.call({ from: '+15005550142', to: setUp.number }),
    async read<T>(path: string) {
      const answer = await fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${setUp.apiKey}` } });
      if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
      return (await answer.json()) as T;
    },
    async finished() {
      for (;;) {
        const { items } = await live.read<{ items: LiveDetail[] }>('/api/v1/calls?limit=1');
        if (items[0]?.outcome) return live.read<LiveDetail>(`/api/v1/calls/${items[0].id}`);
        await new Promise((resolve) => systemClock.after(100, () => resolve(undefined)));
      }
    },
  };
  t.after(async () => {
    await exchange.close();
    await live.product.stop('hurried');
    await Promise.all([http.close(), standIn.close()]);
    await rm(dataDir, { recursive: true, force: true });
  });
  return live;
}

function demo(env: Env): Promise<SetUp> {
  return sottoJson<SetUp>(env, 'setup', '--demo', '--model', 'openai');
}

/** A business as its owner would describe it in a file. */
async function businessWith(agent: string, env: Env, dataDir: string): Promise<SetUp> {
  const twilio = { accountSid: `AC${'5'.repeat(32)}`, authToken: 'b'.repeat(32) };
  const number = '+15005550010';
  await writeFile(join(dataDir, 'token'), twilio.authToken);
  await writeFile(
    join(dataDir, 'business.yaml'),
    `business: { name: Elm Dental, timeZone: America/New_York, region: US-NY }
agent: ${agent}
twilio: { number: "${number}", accountSid: ${twilio.accountSid}, authTokenFile: token }
`,
  );
  const made = await sottoJson<Omit<SetUp, 'twilio'>>(env, 'setup', '--file', join(dataDir, 'business.yaml'));
  return { ...made, twilio };
}

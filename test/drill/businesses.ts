import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttp, Personal, readConfig, systemClock, systemRandom, type Http, type Id } from '#base';
import { openExchange, type Exchange } from '#adapters/carriers';
import { idsFor, makeReadingKey, openSenses, setUpBusiness, type BusinessPlan, type Senses } from '#app';
import { freePort, startProduct, type Env, type Product } from '../product.ts';
import { agent } from './receptionist.ts';

/** One business on the product, with a carrier of its own: what happens to one call is nobody else's. */
export type Business = {
  readonly organisation: Id;
  readonly number: string;
  readonly exchange: Exchange;
  /** Reads the API. */
  read<T>(path: string): Promise<T>;
};

export type Businesses = {
  readonly product: Product;
  readonly env: Env;
  readonly all: readonly Business[];
  close(): Promise<void>;
};

type Made = {
  readonly organisation: Id;
  readonly number: string;
  readonly accountSid: string;
  readonly apiKey: string;
};

const authToken = new Personal('d'.repeat(32));

/**
 * Starts one product with a business for each of the keys, whose agent talks through a model at `modelUrl`. A business has
 * its own breaker, so that the model of one may fail without the calls of another being kept from theirs.
 */
export async function openBusinesses(
  modelUrl: string,
  modelKeys: readonly string[],
  agentOf: (at: number) => BusinessPlan['agent'] = () => agent,
): Promise<Businesses> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-drill-'));
  const env: Env = {
    SOTTO_DATA_DIR: dataDir,
    SOTTO_PORT: String(await freePort()),
    SOTTO_OPENAI_BASE_URL: modelUrl,
  };
  const senses = await openSenses(readConfig(env), () => {});
  const made: Made[] = [];
  try {
    for (const [at, key] of modelKeys.entries()) made.push(await setUp(senses, { at, key, agent: agentOf(at) }));
  } finally {
    await senses.close();
  }
  const product = await startProduct(env);
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const all = await Promise.all(made.map((one) => openBusiness(product, http, one)));
  return {
    product,
    env,
    all,
    async close() {
      await Promise.all(all.map(({ exchange }) => exchange.close()));
      await product.stop();
      await http.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function setUp(
  { ctx }: Senses,
  { at, key: modelKey, agent: secretary }: { at: number; key: string; agent: BusinessPlan['agent'] },
): Promise<Made> {
  const number = `+1415555${String(1_000 + at)}`;
  const accountSid = `AC${String(at).padStart(32, '0')}`;
  const ids = idsFor(ctx.keys, accountSid);
  await setUpBusiness(
    ctx,
    { ...ids, kind: 'customer' },
    {
      name: 'Elm',
      timeZone: 'America/New_York',
      language: 'en-US',
      region: 'US-NY',
      agent: secretary,
      modelKey: new Personal(modelKey),
      lines: [{ carrier: 'twilio', number, accountSid, authToken }],
    },
  );
  const { key } = await makeReadingKey(ctx, ids.organisation, 'drill');
  return { organisation: ids.organisation, number, accountSid, apiKey: key };
}

async function openBusiness({ url }: Product, http: Http, made: Made): Promise<Business> {
  const { organisation, number, accountSid, apiKey } = made;
  const account = { accountSid, authToken };
  const senses = { clock: systemClock, random: systemRandom, http };
  return {
    organisation,
    number,
    exchange: await openExchange({ ...senses, origin: url, carrier: 'twilio', account }),
    async read<T>(path: string) {
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
      if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
      return (await answer.json()) as T;
    },
  };
}

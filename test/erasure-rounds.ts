import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttp, pause, Personal, readConfig, seededRandom, systemClock, type Http, type Random } from '#base';
import { converse, openExchange } from '#adapters/carriers';
import { openSenses } from '#app';
import { makeApiKey } from '#safeguards/accounts';
import { readCertificate } from '#safeguards/erasure';
import { demoCaller } from '../src/commands/demo-caller.ts';
import {
  childrenOf,
  freePort,
  postmasterPid,
  sotto,
  sottoJson,
  startProduct,
  type Env,
  type Product,
} from './product.ts';

type SetUp = { organisation: string; twilio: { accountSid: string; authToken: string }; number: string };
type Caller = { readonly number: string };
type Item = Readonly<Record<string, unknown>> & { readonly id: string; readonly callId?: string };
type Erasure = { readonly id: string; readonly state: string; readonly waitsFor: string | null };

const victims = ['program', 'program', 'postmaster', 'backend'];
const lists = ['calls', 'messages', 'leads', 'appointments'];
const withinMs = 60_000;

export type ErasureReport = {
  readonly rounds: number;
  readonly kills: Record<string, number>;
  readonly broken: number;
};

/**
 * Rounds of erasing a caller in the middle of which a process of the product is killed. After every restart the erasure
 * comes to its end by itself, or had not been put down and is asked for again; nothing of the caller is left then, the
 * certificate says so, and what others said is read as before. Throws when not.
 */
export async function erasureRounds(options: {
  readonly rounds: number;
  readonly seed: string;
  readonly tell?: (line: string) => void;
}): Promise<ErasureReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-erasure-'));
  const env: Env = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: String(await freePort()) };
  const random = seededRandom(options.seed);
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const kills: Record<string, number> = {};
  let broken = 0;
  try {
    const setUp = await sottoJson<SetUp>(env, 'setup', '--demo');
    const key = await keyOf(env, setUp.organisation);
    let product = await startProduct(env);
    for (let round = 0; round < options.rounds; round += 1) {
      const victim = victims[round % victims.length] ?? 'program';
      const [gone, stays] = await twoCallers({ http, random }, product, setUp, round);
      const before = await whole(apiOf(http, product.url, key), stays);
      const answer = await brokenOff({ product, dataDir, victim, random }, apiOf(http, product.url, key), gone);
      kills[victim] = (kills[victim] ?? 0) + 1;
      product = await startProduct(env);
      const api = apiOf(http, product.url, key);
      const wasBroken = await finished(api, gone, answer);
      broken += wasBroken ? 1 : 0;
      await nothingLeft(api, gone);
      assert.deepEqual(await readOf(api, stays), before, 'what others said is as it was');
      options.tell?.(
        `round ${round + 1}/${options.rounds}: killed the ${victim}, ${wasBroken ? 'broken off' : 'in time'}`,
      );
    }
    assert.equal(await product.stop('hurried'), 0);
    const left = await sotto(env, 'prove', '--only', 'erasure-is-immediate');
    assert.equal(left.code, 0, left.stdout + left.stderr);
  } finally {
    await http.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { rounds: options.rounds, kills, broken };
}

/** A key that may read everything and erase. */
async function keyOf(env: Env, organisation: string): Promise<string> {
  const senses = await openSenses(readConfig(env), () => {});
  try {
    const scopes = ['calls:read', 'transcripts:read', 'messages:read', 'leads:read', 'appointments:read'];
    const made = await senses.ctx.db.tenant(organisation, (tx) =>
      makeApiKey(senses.ctx, tx, {
        organisation,
        name: 'rounds',
        scopes: [...scopes, 'erasures:read', 'erasures:write'],
      }),
    );
    return made.key;
  } finally {
    await senses.close();
  }
}

type Struck = { readonly product: Product; readonly dataDir: string; readonly victim: string; readonly random: Random };

/** Asks for the erasure and kills in its middle. What was answered; undefined when nothing was. */
async function brokenOff({ product, dataDir, victim, random }: Struck, api: Api, gone: Caller): Promise<unknown> {
  const asked = api.post('/api/v1/erasures', { person: gone.number }).catch(() => undefined);
  await pause(systemClock, random.bytes(1).readUInt8() % 180);
  await strike(victim, product, dataDir);
  const answer = await asked;
  // A database that was killed comes back under what goes on; then the program goes too.
  if (victim !== 'program') await pause(systemClock, 3_000);
  await product.kill();
  return answer;
}

/** Two people who book, leave a message and say goodbye, at once. */
async function twoCallers(
  { http, random }: { readonly http: Http; readonly random: Random },
  product: Product,
  { twilio, number }: SetUp,
  round: number,
): Promise<readonly [Caller, Caller]> {
  const account = { accountSid: twilio.accountSid, authToken: new Personal(twilio.authToken) };
  const from = { clock: systemClock, random, http, origin: product.url };
  const exchange = await openExchange({ ...from, carrier: 'twilio', account, speed: 40 });
  const one = async (caller: string): Promise<Caller> => {
    const call = exchange.call({ from: caller, to: number });
    const ended = await converse(call, demoCaller());
    assert.notEqual(ended.how, 'failed');
    return { number: caller };
  };
  const first = `+1415555${String(1000 + 2 * round)}`;
  const second = `+1415555${String(1001 + 2 * round)}`;
  const both = await Promise.all([one(first), one(second)]);
  await exchange.close();
  return both;
}

async function strike(victim: string, product: Product, dataDir: string): Promise<void> {
  if (victim === 'program') return product.kill();
  const postmaster = await postmasterPid(dataDir);
  const [pid = postmaster] = victim === 'backend' ? await childrenOf(postmaster) : [];
  process.kill(pid, 'SIGKILL');
}

type Api = ReturnType<typeof apiOf>;

function apiOf(http: Http, url: string, key: string) {
  const self = { name: 'Sotto itself', purpose: 'test', data: [], region: 'this machine', hosts: ['127.0.0.1'] };
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ status: number; text: string }> => {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
    const answer = await http(self, {
      method,
      url: `${url}${path}`,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    // A key asks 100 times a minute at most, and this one asks a lot.
    if (answer.status === 429) {
      await pause(systemClock, 1_000);
      return ask(method, path, body);
    }
    return { status: answer.status, text: answer.body.toString('utf8') };
  };
  return {
    get: async <T>(path: string) => JSON.parse((await ask('GET', path)).text) as T,
    text: async (path: string) => (await ask('GET', path)).text,
    async post<T>(path: string, body: object): Promise<T> {
      const { status, text } = await ask('POST', path, body);
      if (status >= 400) throw new Error(`${status} ${text}`);
      return JSON.parse(text) as T;
    },
  };
}

/** Everything that can be read of one caller, in the order of the lists. */
async function readOf(api: Api, { number }: Caller): Promise<Item[][]> {
  const calls = (await itemsOf(api, 'calls')).filter(({ from }) => from === number);
  const own = new Set(calls.map(({ id }) => id));
  const rest = await Promise.all(lists.slice(1).map((list) => itemsOf(api, list)));
  const details = await Promise.all(calls.map(({ id }) => api.get<Item>(`/api/v1/calls/${id}`)));
  return [details, ...rest.map((items) => items.filter(({ callId = '' }) => own.has(callId)))];
}

/** The same, once its summary is written. */
async function whole(api: Api, caller: Caller): Promise<Item[][]> {
  for (let waitedMs = 0; ; waitedMs += 200) {
    const read = await readOf(api, caller);
    if (read[0]?.every(({ outcome }) => outcome !== null)) return readOf(api, caller);
    assert.ok(waitedMs < withinMs, 'a call was not finished');
    await pause(systemClock, 200);
  }
}

async function itemsOf(api: Api, list: string): Promise<Item[]> {
  const all: Item[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page: { items: Item[]; next: string | null } = await api.get(
      `/api/v1/${list}?limit=100${next ? `&before=${next}` : ''}`,
    );
    all.push(...page.items);
    next = page.next;
  }
  return all;
}

/** Waits until every erasure has come to its end; what was never put down is asked for again. True when it was broken off. */
async function finished(api: Api, gone: Caller, answer: unknown): Promise<boolean> {
  const known = (answer as Erasure | undefined)?.id;
  let wasOpen = false;
  for (let waitedMs = 0; ; waitedMs += 200) {
    const all = (await itemsOf(api, 'erasures')) as unknown as Erasure[];
    const open = all.filter(({ state }) => state !== 'done' && state !== 'erased');
    if (open.length === 0) break;
    wasOpen = true;
    assert.ok(waitedMs < withinMs, `an erasure is ${open[0]!.state} and waits for ${open[0]!.waitsFor}`);
    await pause(systemClock, 200);
  }
  if (known !== undefined) return wasOpen;
  const again = await api.post<Erasure>('/api/v1/erasures', { person: gone.number });
  assert.ok(['erased', 'done'].includes(again.state), 'asked again, nothing is left to wait for');
  return true;
}

async function nothingLeft(api: Api, gone: Caller): Promise<void> {
  const key = await api.text('/.well-known/sotto/certificate-key');
  const [details, ...rest] = await readOf(api, gone);
  assert.deepEqual([details, ...rest].flat(), [], 'nothing of them is left');
  for (const { id } of await itemsOf(api, 'erasures')) {
    const note = await api.text(`/api/v1/erasures/${id}/certificate`);
    const read = readCertificate(Buffer.from(note), key);
    assert.ok(read.isGood && read.text.stores.every(({ after }) => after === 0));
  }
  const calls = new Set((await itemsOf(api, 'calls')).map(({ id }) => id));
  for (const list of lists.slice(1)) {
    for (const { callId } of await itemsOf(api, list))
      assert.ok(callId !== undefined && calls.has(callId), 'no half of a call');
  }
}

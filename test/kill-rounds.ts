import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttp, pause, Personal, readConfig, seededRandom, systemClock, type Http, type Random } from '#base';
import { openExchange, type Exchange, type Spoken } from '#adapters/carriers';
import { childrenOf, freePort, postmasterPid, sottoJson, startProduct, type Env, type Product } from './product.ts';

type SetUp = { twilio: { accountSid: string; authToken: string }; apiKey: string; number: string };

const victims = ['program', 'postmaster', 'backend'];

/** What the caller of one call was told; whatever was told must be there for ever. */
type Promised = { callId: string; messages: string[]; transcript: readonly Spoken[] };

export type KillReport = {
  readonly rounds: number;
  readonly kills: Record<string, number>;
  readonly calls: number;
  readonly promised: number;
};

/**
 * Rounds of calls in the middle of which a process of the product is killed: the program, PostgreSQL's postmaster or one
 * of its children. After every restart, everything that any caller was told is there. Throws when something is missing.
 */
export async function killRounds(options: {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly seed: string;
  readonly tell?: (line: string) => void;
}): Promise<KillReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-kill-'));
  const env: Env = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: String(await freePort()) };
  const random = seededRandom(options.seed);
  const promised: Promised[] = [];
  const kills: Record<string, number> = {};
  const setUp = await sottoJson<SetUp>(env, 'setup', '--demo');
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const product = await startProduct(env);
      const { made, toldFirst } = callers(product, setUp, random, options.callsPerRound);
      const victim = victims[round % victims.length] ?? 'program';
      // At any moment of the calls; every other time of those after which something would be missed.
      if (round % 2 === 0) await Promise.race([toldFirst, made]);
      await pause(systemClock, 400 + (random.bytes(2).readUInt16BE() % 2_500));
      await strike(victim, product, dataDir);
      kills[victim] = (kills[victim] ?? 0) + 1;
      // A database that was killed comes back under calls that go on; then the program goes too, in their middle.
      if (victim !== 'program') await pause(systemClock, 3_000);
      await product.kill();
      promised.push(...(await made));
      const told = promised.reduce((sum, { messages }) => sum + messages.length, 0);
      options.tell?.(
        `round ${round + 1}/${options.rounds}: killed the ${victim}, ${promised.length} calls, ${told} confirmations kept`,
      );
      await verify(env, setUp.apiKey, promised);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  const told = promised.reduce((sum, { messages }) => sum + messages.length, 0);
  return { rounds: options.rounds, kills, calls: promised.length, promised: told };
}

/** Callers who each leave messages until the line goes dead, and remember every confirmation they heard. */
function callers(product: Product, setUp: SetUp, random: Random, count: number) {
  const first = Promise.withResolvers<void>();
  return { made: callAll(product, setUp, { random, count, told: first.resolve }), toldFirst: first.promise };
}

type Callers = { readonly random: Random; readonly count: number; readonly told: () => void };

async function callAll(product: Product, setUp: SetUp, { random, count, told }: Callers): Promise<Promised[]> {
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const account = { accountSid: setUp.twilio.accountSid, authToken: new Personal(setUp.twilio.authToken) };
  const exchange = await openExchange({
    clock: systemClock,
    random,
    http,
    origin: product.url,
    carrier: 'twilio',
    account,
    speed: 40,
  });
  const results = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      oneCaller(exchange, setUp.number, `+1415555${String(1000 + at)}`, { random, told }),
    ),
  );
  await exchange.close();
  await http.close();
  return results;
}

async function oneCaller(
  exchange: Exchange,
  to: string,
  from: string,
  { random, told }: Omit<Callers, 'count'>,
): Promise<Promised> {
  const call = exchange.call({ from, to });
  const promised: Promised = { callId: call.callId, messages: [], transcript: call.transcript };
  let asked = '';
  try {
    for (;;) {
      const heard = await call.said();
      if (asked !== '' && confirms(heard)) {
        promised.messages.push(asked);
        asked = '';
        told();
      }
      if (/\?\s*$|^please tell me/i.test(heard)) await call.say(answer(heard));
    }
  } catch {
    // The line went dead: what was confirmed until now is what counts.
  }
  return promised;

  function answer(question: string): string {
    if (/urgent|dealt with|can it wait/i.test(question)) return 'yes';
    if (/name/i.test(question)) return 'Alex Sample';
    if (/number|reach you|call you/i.test(question)) return 'yes this number is fine';
    if (/pass on|about|what .* know|the message/i.test(question)) {
      asked = `the order ${random.bytes(6).toString('hex').replace(/[0-9]/g, 'q')}`;
      return `it is about ${asked}`;
    }
    return /help|else|can i do/i.test(question) ? 'please take a message' : 'yes';
  }
}

function confirms(heard: string): boolean {
  return (
    /(passed|pass|took|taken|have) (it|that|this|your message|the message|down)|message (is|has been)/i.test(heard) &&
    !/\?\s*$/.test(heard)
  );
}

async function strike(victim: string, product: Product, dataDir: string): Promise<void> {
  if (victim === 'program') return product.kill();
  const postmaster = await postmasterPid(dataDir);
  const pids = victim === 'backend' ? await childrenOf(postmaster) : [postmaster];
  const pid = pids[0] ?? postmaster;
  process.kill(pid, 'SIGKILL');
}

async function verify(env: Env, apiKey: string, promised: readonly Promised[]): Promise<void> {
  const product = await startProduct(env);
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  try {
    const bodies = await allMessages(http, product.url, apiKey);
    for (const { callId, messages, transcript } of promised) {
      const lost = messages.filter((message) => !bodies.some((body) => body.includes(message)));
      const story = transcript.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
      assert.deepEqual(lost, [], `call ${callId} was told that a message is kept, and it is gone:\n${story}`);
    }
  } finally {
    await http.close();
    assert.equal(await product.stop('hurried'), 0);
  }
}

async function allMessages(http: Http, url: string, apiKey: string): Promise<string[]> {
  const bodies: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const self = { name: 'Sotto itself', purpose: 'test', data: [], region: 'this machine', hosts: ['127.0.0.1'] };
    const answer = await http(self, {
      method: 'GET',
      url: `${url}/api/v1/messages?limit=100${next ? `&before=${next}` : ''}`,
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const page = JSON.parse(answer.body.toString('utf8')) as { items: { body: string }[]; next: string | null };
    bodies.push(...page.items.map(({ body }) => body));
    next = page.next;
  }
  return bodies;
}

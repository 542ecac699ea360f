import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '#base';
import { openSenses, type DemoSetUp } from '#app';
import { loadAgent, saveAgent } from '#secretary/agent';
import { sottoJson, startProduct, type Product } from '../../test/product.ts';
import { freshCallSid, signedRing, signedWebhook } from '../../test/signed-ring.ts';
import { costsBelow } from './process-cost.ts';
import type { Leg } from './talk.ts';
import { profiling, type Bridge, type Load, type Target } from './target.ts';

/**
 * The whole product as an operator runs it: `serve` on a data directory of its own, reached as a carrier reaches it.
 * Calls ring by signed webhook, and their media streams are opened where the answer says, with its token.
 */
export const product: Target = {
  name: 'sotto',
  async start(modelPort, load) {
    const dataDir = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
    const env = {
      SOTTO_DATA_DIR: dataDir,
      SOTTO_PORT: '0',
      SOTTO_OPENAI_KEY: 'sk-of-nobody',
      SOTTO_OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}`,
    };
    const demo = await setUp(env, load);
    const running = await startProduct({ ...env, NODE_OPTIONS: profiling(load).join(' ') });
    const account = demo.twilio;
    return {
      ring: (number) => ring(running, demo, number),
      async hangUp({ callSid }) {
        const ended = { CallSid: callSid, CallStatus: 'completed', Direction: 'inbound' };
        await post(running, signedWebhook({ origin: running.url, account }, '/carriers/twilio/status', ended));
      },
      costs: () => costsBelow(running.process.pid ?? 0),
      async stop() {
        await running.stop();
        if (load.record) await expectRecordings(join(dataDir, 'objects'));
        if (load.log) await writeFile(load.log, running.log());
        await rm(dataDir, { recursive: true, force: true });
      },
    } satisfies Bridge;
  },
};

/** The demo business, talking through a speech model. */
async function setUp(env: Readonly<Record<string, string>>, { record }: Load): Promise<DemoSetUp> {
  const demo = await sottoJson<DemoSetUp>(env, 'setup', '--demo', '--model', 'openai');
  if (record) await recordCalls(readConfig(env), demo);
  return demo;
}

/** A recording that never begins costs nothing, and would pass for a cheap one. */
async function expectRecordings(folder: string): Promise<void> {
  const stored = await readdir(folder, { recursive: true }).catch((): string[] => []);
  if (!stored.some((name) => name.endsWith('.seg'))) throw new Error('no call was recorded');
}

async function recordCalls(config: Config, { organisation, agent }: DemoSetUp): Promise<void> {
  const senses = await openSenses(config, () => {});
  const { ctx } = senses;
  try {
    await ctx.db.tenant(organisation, async (tx) => {
      await saveAgent(ctx, tx, { ...(await loadAgent(tx, organisation, agent)), record: true });
    });
  } finally {
    await senses.close();
  }
}

async function ring(running: Product, demo: DemoSetUp, number: number): Promise<Leg> {
  const { accountSid, authToken } = demo.twilio;
  const callSid = freshCallSid();
  // Callers differ, as they do.
  const from = `+1415${String(2_000_000 + number)}`;
  const target = { origin: running.url, account: demo.twilio, to: demo.number, callSid, from };
  const answer = await post(running, signedRing(target));
  const url = unescaped(/<Stream\b[^>]*\burl="([^"]+)"/.exec(answer)?.[1]);
  const parameters = Array.from(answer.matchAll(/<Parameter\b[^>]*\bname="([^"]+)" value="([^"]+)"/g));
  // What a carrier signs of a handshake is its URL alone.
  const signature = createHmac('sha1', authToken).update(url).digest('base64');
  return {
    number,
    url,
    headers: { 'x-twilio-signature': signature },
    accountSid,
    callSid,
    parameters: Object.fromEntries(parameters.map(([, name, value]) => [unescaped(name), unescaped(value)])),
  };
}

async function post(running: Product, { url, ...request }: ReturnType<typeof signedRing>): Promise<string> {
  const answer = await fetch(running.url + url, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}: ${text}`);
  return text;
}

function unescaped(text: string | undefined): string {
  if (text === undefined) throw new Error('the answer to a ring opens no media stream');
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

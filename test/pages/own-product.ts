import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { freePort, startProduct, type Env, type Product } from '../product.ts';
import { ensureScreens } from '../../tools/web/build.ts';

/** The product as processes of its own with a data directory of its own, as a newcomer starts it; it ends with the test. */
export type OwnProduct = {
  readonly url: string;
  readonly env: Env;
  /** Ends it, in order but without waiting. */
  stop(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
};

export async function openOwnProduct(t: TestContext, more: Env = {}): Promise<OwnProduct> {
  await ensureScreens();
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-pages-'));
  const port = await freePort();
  const env = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: String(port), ...more };
  let running: Product | undefined = await startProduct(env);
  const stop = async () => {
    const product = running;
    running = undefined;
    await product?.stop('hurried');
  };
  t.after(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    url: running.url,
    env,
    stop,
    async start() {
      running ??= await startProduct(env);
    },
  };
}

/** Who fills in the first run. */
export const founder = { email: 'mara@example.com', name: 'Mara Lindqvist', password: 'seven grey herons wading' };

const day = [{ from: '00:00', to: '24:00' }];

/** Makes the first account by request, for journeys that begin after it. Returns what the owner's cookie holds. */
export async function firstRun(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/first-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'origin': url },
    body: JSON.stringify({
      ...founder,
      organisation: { name: 'Clinic South', timeZone: 'America/New_York', language: 'en-US', region: 'US-NY' },
      hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
      purposes: ['messages', 'appointments', 'leads'],
      keeping: { preset: 'standard' },
    }),
  });
  assert.equal(answer.status, 200, await answer.text());
  const session = /(?:^|, )sotto=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  assert.ok(session, 'who makes the first account is signed in');
  return session;
}

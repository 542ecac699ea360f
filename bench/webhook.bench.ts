import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#base';
import { openApp, openSenses, setUpDemo, type App, type DemoSetUp } from '#app';
import { publicUrlOf } from '#edge';
import { record } from '#safeguards/audit';
import { signedRing } from '../test/signed-ring.ts';
import type { Bench } from './bench.ts';
import { countedAlone } from './counted-alone.ts';
import { insertContact } from './contact.ts';
import { freshId } from './installation.ts';

const atOnce = 8;

/**
 * The budget: a ring, from its signed bytes to a durable call with caller, disclosure, token and audit entry, sealed under a
 * key of its own, reaches at least half the rate of one tenant transaction with a row and an audit entry.
 */
export default {
  say: 'a ring from webhook to durable, against one tenant transaction with row and audit entry',
  atOnce,
  operations: 2_000,
  async open() {
    const dataDir = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
    const senses = await openSenses(readConfig({ SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' }), () => {});
    const { ctx } = senses;
    const demo = await setUpDemo(ctx, 'scripted');
    const app = await openApp(senses, { admit: countedAlone(ctx) });
    const { organisation } = demo;
    return {
      variants: {
        'tenant transaction, row and audit entry': () => {
          const id = freshId();
          return ctx.db.tenant(organisation, async (tx) => {
            await tx.run(insertContact(organisation, id));
            await record(ctx, tx, { organisation, actor: 'system', action: 'contact.added', object: `contact:${id}` });
          });
        },
        'ring, webhook to durable': () => ring(app, demo, publicUrlOf(ctx.config, ctx.config.port)),
      },
      async close() {
        await app.close();
        await senses.close();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  },
} satisfies Bench;

/** Callers differ, as they do: the same one ringing all the time would queue behind himself. */
function caller(): string {
  return `+1415${String(2_000_000 + randomInt(7_999_999))}`;
}

async function ring(app: App, demo: DemoSetUp, origin: string): Promise<void> {
  const { status } = await app.server.inject(
    signedRing({ origin, account: demo.twilio, to: demo.number, from: caller() }),
  );
  if (status !== 200) throw new Error(`a ring was answered with ${status}`);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#base';
import { makeReadingKey, openApp, openSenses, setUpDemo } from '#app';
import { record } from '#safeguards/audit';
import { listCalls } from '#secretary/calls';
import type { Bench } from './bench.ts';
import { countedAlone } from './counted-alone.ts';

/** The budget: an authenticated read costs less than 2 ms p50 of server time beyond its query. */
export default {
  say: 'a page of calls asked of the API with a key, against its query and audit entry alone',
  atOnce: 1,
  operations: 2_000,
  async open() {
    const dataDir = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
    const senses = await openSenses(readConfig({ SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' }), () => {});
    const { ctx } = senses;
    const { organisation } = await setUpDemo(ctx, 'scripted');
    const { key } = await makeReadingKey(ctx, organisation, 'bench');
    const app = await openApp(senses, { admit: countedAlone(ctx) });
    const object = `organisation:${organisation}` as const;
    return {
      variants: {
        'query and audit entry': () =>
          ctx.db.tenant(organisation, async (tx) => {
            await record(ctx, tx, { organisation, actor: 'system', action: 'read.calls', object });
            await listCalls(ctx, tx, organisation, { limit: 50, before: undefined, contents: 'all' });
          }),
        'the whole request': async () => {
          const { status } = await app.server.inject({
            method: 'GET',
            url: '/api/v1/calls',
            headers: { authorization: `Bearer ${key}` },
            from: '192.0.2.1',
          });
          if (status !== 200) throw new Error(`a read was answered with ${status}`);
        },
      },
      async close() {
        await app.close();
        await senses.close();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  },
} satisfies Bench;

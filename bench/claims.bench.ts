import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, sql } from '#base';
import { countedAlone } from './counted-alone.ts';
import { openApp, openSenses, setUpDemo } from '#app';
import { loadClaims } from '#trust';
import type { Bench } from './bench.ts';

const calls = 1_000_000;

/** The budget: all looks together in under five seconds with a million calls in the database. */
export default {
  say: `each claim proven once, counterexample included, with ${calls.toLocaleString('en')} calls`,
  atOnce: 1,
  operations: 20,
  async open() {
    const dataDir = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
    const senses = await openSenses(readConfig({ SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' }), () => {});
    const { organisation } = await setUpDemo(senses.ctx, 'scripted');
    await senses.ctx.db.tenant(organisation, (tx) =>
      tx.run(sql`
        insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state, conversation,
          turn, started_at, watch_at, disclosed_at, ended_at, end_reason, outcome, summary, finished_at)
        select l.organisation_id, gen_random_uuid(), 'twilio', 'CA' || n, l.id, l.agent_id, 'en', 'ended',
          decode(repeat('01', 64), 'hex'), 1, at, at, at, at, 'completed', 'nothing-needed', decode(repeat('01', 64), 'hex'), at
        from app.lines l,
          (select n, now() - n * interval '7 seconds' as at from generate_series(1, ${calls}::int) n) made
        where l.organisation_id = ${organisation} and l.carrier = 'twilio'`),
    );
    const app = await openApp(senses, { admit: countedAlone(senses.ctx) });
    await app.start();
    const proven = (await loadClaims()).filter(({ item }) => item.kind === 'proven').map(({ id }) => id);
    return {
      variants: {
        'all claims': () => app.proveNow(proven),
        ...Object.fromEntries(proven.map((id) => [id, () => app.proveNow([id])])),
      },
      async close() {
        await app.close();
        await senses.close();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  },
} satisfies Bench;

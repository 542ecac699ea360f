import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, sql, type Id } from '#base';
import { openApp, openSenses, setUpDemo, type App, type Senses } from '#app';
import { cadence, loadClaims } from '#trust';
import type { Custom, CustomValues } from './bench.ts';
import { countedAlone } from './counted-alone.ts';

/** So many are made by one statement, whose changes are counted like any other's. */
const statement = 50_000;
/** The budget of all looks together, in milliseconds. */
const mostMs = 5_000;
const shown = 10;

/**
 * The budget: all looks together, counterexamples included, in under five seconds with a million calls in the database.
 * The calls are written past the product, which some claims rightly call a breach.
 */
export default {
  say: 'each proven claim looked at, counterexample included, one after the other',
  options: {
    calls: { type: 'string', say: 'calls in the database (1000000)' },
    rounds: { type: 'string', say: 'how often all are looked at; the quickest look of each counts (3)' },
  },
  short: { calls: '10000', rounds: '1' },
  async run(values, tell) {
    const { calls, rounds } = optionsIn(values);
    const dataDir = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
    const senses = await openSenses(readConfig({ SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' }), () => {});
    try {
      const { organisation } = await setUpDemo(senses.ctx, 'scripted');
      for (let from = 1; from <= calls; from += statement)
        await insertCalls(senses.ctx, organisation, { from, to: Math.min(calls, from + statement - 1) });
      tell(`${calls} calls are there`);
      const app = await openApp(senses, { admit: countedAlone(senses.ctx) });
      try {
        await app.start();
        return resultOf(calls, await looks(app, rounds, tell));
      } finally {
        await app.close();
      }
    } finally {
      await senses.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
} satisfies Custom;

type Look = { readonly claim: string; readonly tookMs: number; readonly every: number; readonly status: string };

async function looks(app: App, rounds: number, tell: (line: string) => void): Promise<readonly Look[]> {
  const claims = new Map((await loadClaims()).map(({ id, item }) => [id, item]));
  const proven = [...claims].filter(([, { kind }]) => kind === 'proven').map(([id]) => id);
  const quickest = new Map<string, Look>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const { claim, tookMs, status } of await app.proveNow(proven)) {
      const look = { claim, tookMs, status, every: cadence(claims.get(claim)!)! };
      if (tookMs <= (quickest.get(claim)?.tookMs ?? Infinity)) quickest.set(claim, look);
    }
    tell(`round ${round} of ${rounds}`);
  }
  return [...quickest.values()].toSorted((a, b) => b.tookMs - a.tookMs);
}

function resultOf(calls: number, all: readonly Look[]) {
  const togetherMs = all.reduce((sum, { tookMs }) => sum + tookMs, 0);
  /** Of the time, when each is looked at on its own cadence. */
  const share = all.reduce((sum, { tookMs, every }) => sum + tookMs / every, 0);
  const blind = all.filter(({ status }) => status === 'unknown').map(({ claim }) => claim);
  const lines = all.slice(0, shown).map(({ claim, tookMs }) => `  ${tookMs.toFixed(0).padStart(7)} ms  ${claim}`);
  const sum = `  ${togetherMs.toFixed(0).padStart(7)} ms  all ${all.length} together with ${calls} calls (budget ${mostMs} ms); ${(share * 100).toFixed(2)} % of the time on their cadences`;
  const wrong = blind.length > 0 ? [`  could not look: ${blind.join(', ')}`] : [];
  return {
    document: { calls, togetherMs, share, looks: all },
    text: [...lines, sum, ...wrong].join('\n'),
    isSound: togetherMs < mostMs && blind.length === 0,
  };
}

function optionsIn({ calls = '1000000', rounds = '3' }: CustomValues) {
  const given = { calls: Number(calls), rounds: Number(rounds) };
  if (!Object.values(given).every((one) => Number.isInteger(one) && one > 0))
    throw new TypeError('calls and rounds are whole numbers above 0');
  return given;
}

type Part = { readonly from: number; readonly to: number };

async function insertCalls({ db }: Senses['ctx'], organisation: Id, { from, to }: Part): Promise<void> {
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state, conversation,
        turn, started_at, watch_at, disclosed_at, ended_at, end_reason, outcome, summary, finished_at)
      select l.organisation_id, gen_random_uuid(), 'twilio', 'CA' || n, l.id, l.agent_id, 'en', 'ended',
        decode(repeat('01', 64), 'hex'), 1, at, at, at, at, 'completed', 'nothing-needed', decode(repeat('01', 64), 'hex'), at
      from app.lines l,
        (select n, now() - n * interval '7 seconds' as at from generate_series(${from}::int, ${to}::int) n) made
      where l.organisation_id = ${organisation} and l.carrier = 'twilio'`),
  );
}

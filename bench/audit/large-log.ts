import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openDb, readConfig } from '#base';
import { connectionOf, tenantKey } from '#database';
import { instanceId, makeOrganisation } from '#safeguards/accounts';
import { exportBytes, keysIn, linesOf, logKeys, planExport, sequenceAll, verifyExport } from '#safeguards/log';
import type { Id } from '#base';
import type { Installation } from '../installation.ts';

export type LargeLog = {
  readonly entries: number;
  readonly sequenceMs: number;
  readonly exportMs: number;
  readonly verifyMs: number;
  readonly bytes: number;
};

/** Entries that are written in one go. */
const atOnce = 50_000;

/** A log of so many entries: sequenced, exported to a file, and verified from it with public keys alone. */
export async function largeLog(
  installation: Installation,
  entries: number,
  tell: (line: string) => void,
): Promise<LargeLog> {
  const { ctx } = installation;
  const made = { name: 'Benchmark', timeZone: 'Etc/UTC', language: 'en', region: 'US' };
  await makeOrganisation(ctx, { ...made, id: instanceId, kind: 'instance' });
  const organisation = await makeOrganisation(ctx, { ...made, kind: 'customer' });
  tell(`${entries} entries`);
  await write(installation, organisation, entries);
  const sequenceMs = await taken(() => sequenced(installation));
  tell(`sequenced in ${(sequenceMs / 1000).toFixed(1)} s`);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-log-'));
  try {
    const file = join(folder, 'log.jsonl');
    const exportMs = await taken(async () => {
      const plan = await ctx.db.tenant(organisation, (tx) => planExport(tx, { organisation }));
      await pipeline(exportBytes(ctx, plan), createWriteStream(file));
    });
    const keys = keysIn((await logKeys(ctx)).join('\n')) ?? [];
    const verifyMs = await taken(async () => {
      const check = await verifyExport(linesOf(createReadStream(file)), { keys, witnesses: [], seen: new Map() });
      if (check.faults.length > 0) throw new Error(`the log does not verify: ${check.faults[0]!.what}`);
    });
    return { entries, sequenceMs, exportMs, verifyMs, bytes: (await stat(file)).size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Entries as `record` writes them, made by PostgreSQL. */
async function write({ bare }: Installation, organisation: Id, entries: number): Promise<void> {
  for (let done = 0; done < entries; done += atOnce) {
    await bare.query(
      `insert into app.audit_entries (organisation_id, id, at, action, leaf)
       select $1::uuid, id, at, 'contact.added', convert_to('{"action":"contact.added","actor":"system","at":"' ||
         to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","commitment":null,"id":"' || id ||
         '","object":"contact:' || id || '","organisation":"' || $1 || '","v":1}', 'UTF8')
       from (select date_trunc('milliseconds', clock_timestamp()) as at, (
           lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 2, 3) || '8' ||
           substr(md5(n::text), 6, 15))::uuid as id
         from generate_series($2::int, $3::int) n) made`,
      [organisation, done + 1, Math.min(done + atOnce, entries)],
    );
  }
}

/** As the product does it: by the role of the jobs, in transactions of some thousand entries. */
async function sequenced({ ctx, connection }: Installation): Promise<void> {
  const derive = (purpose: string) => ctx.keys.derive(purpose);
  const jobs = connectionOf(connection, 'jobs', derive);
  const db = openDb({ connection: jobs, role: 'jobs', tenantKey: tenantKey(derive), poolSize: 2 });
  const all = { ...ctx, db, log: () => {}, config: readConfig({}), installation: instanceId };
  try {
    while ((await sequenceAll(all, 'all', true)) > 0);
  } finally {
    await db.close();
  }
}

async function taken(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

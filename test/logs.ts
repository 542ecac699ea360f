import type { TestContext } from 'node:test';
import pg from 'pg';
import { manualClock, openDb, readConfig, seededRandom, sql, type DbRole, type Id, type LogEvent } from '#base';
import { record, type Action } from '#safeguards/audit';
import { cloneDatabase, testDerive } from './cluster.ts';
import { testKeystore } from './keys.ts';

export const installation: Id = '00000000-0000-7000-8000-000000000001';
export const shops: readonly Id[] = ['aa', 'bb', 'cc'].map((end) => `00000000-0000-7000-8000-0000000000${end}`);
export const [shop] = shops as readonly [Id];

/** An installation with three shops and nothing in their logs. The clock stands at 20 November 2026, noon UTC. */
export async function openLogs(t: TestContext) {
  const database = await cloneDatabase();
  const random = seededRandom(t.name);
  const clock = manualClock(Date.UTC(2026, 10, 20, 12));
  const keys = testKeystore(random);
  const open = (role: DbRole) =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 4 });
  const [db, jobs, prove] = [open('app'), open('jobs'), open('prove')];
  const admin = new pg.Client(database.admin());
  await admin.connect();
  t.after(async () => {
    await Promise.all([db.close(), jobs.close(), prove.close(), admin.end()]);
    await keys.close();
    await database.drop();
  });
  const logged: LogEvent[] = [];
  const log = (event: LogEvent) => void logged.push(event);
  const ctx = { clock, random, keys, db, log, config: readConfig({}), installation };
  for (const id of [installation, ...shops]) {
    const kind = id === installation ? 'instance' : 'customer';
    await db.tenant(id, (tx) =>
      tx.run(sql`
        insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
        values (${id}, ${kind}, 'A firm', 'Etc/UTC', 'en', 'US', now())`),
    );
  }
  await admin.query('delete from sec.changes');
  const act = (organisation: Id = shop, action: Action = 'setup.demo') =>
    db.tenant(organisation, (tx) =>
      record(ctx, tx, { organisation, actor: 'system', action, object: `organisation:${organisation}` }),
    );
  /** Many entries at once, as old as that. */
  const actMany = (count: number, ageMs = 0) =>
    admin.query(
      `insert into app.audit_entries (organisation_id, id, at, action, leaf)
       select $1, gen_random_uuid(), $3, 'setup.demo', convert_to('leaf ' || n, 'UTF8') from generate_series(1, $2::int) n`,
      [shop, count, new Date(clock.now() - ageMs)],
    );
  return { ctx, jobs: { ...ctx, db: jobs }, prove, admin, act, actMany, logged, database };
}

export type Logs = Awaited<ReturnType<typeof openLogs>>;

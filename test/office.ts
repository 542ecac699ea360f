import assert from 'node:assert/strict';
import { manualClock, openDb, seededRandom, sql, type Ctx, type Db, type Id, type LogEvent, type Tx } from '#base';
import { cloneDatabase, testDerive, type TestDatabase } from './cluster.ts';
import { testKeystore } from './keys.ts';
import { makeBusiness, makeCall, type Business } from './rows.ts';

/** A business with a database of its own, a clock that moves when told, and keys that end with the test. */
export type Office = {
  readonly ctx: Pick<Ctx, 'random' | 'keys' | 'log' | 'db'> & { readonly clock: ReturnType<typeof manualClock> };
  readonly db: Db;
  readonly business: Business;
  /** The events that were logged, in order. */
  readonly logged: readonly LogEvent[];
  /** A new live call, of this business or of another one in the same database. */
  call(of?: Business): Promise<Id>;
  /** How another process signs in to the same database. */
  readonly connection: TestDatabase['connection'];
  /** The actions in the audit log, oldest first. */
  audited(): Promise<string[]>;
  close(): Promise<void>;
};

/** Opens an office on Monday 5 January 2026, 08:00 UTC; the clock on its wall in Madrid says 09:00. */
export async function openOffice(): Promise<Office> {
  const database = await cloneDatabase();
  const random = seededRandom('office');
  const keys = testKeystore(random);
  const db = openDb({
    connection: database.connection('app'),
    role: 'app',
    tenantKey: testDerive('tenant-token'),
    poolSize: 12,
  });
  const business = await makeBusiness(db);
  const logged: LogEvent[] = [];
  const ctx = {
    clock: manualClock(Date.UTC(2026, 0, 5, 8)),
    random,
    keys,
    db,
    log: (event: LogEvent) => logged.push(event),
  };
  return {
    ctx,
    db,
    business,
    logged,
    connection: database.connection,
    call: (of = business) => makeCall(db, of),
    audited: () => auditedActions(db, business.organisation),
    async close() {
      await db.close();
      await keys.close();
      await database.drop();
    },
  };
}

/**
 * Starts a rival on a connection of its own and comes back once it waits for this transaction. What came of it is
 * known only after the commit, so it is handed back unawaited.
 */
export async function whileWaiting<T>(tx: Tx, rival: () => Promise<T>): Promise<{ readonly outcome: Promise<T> }> {
  let isOver = false;
  const outcome = rival().finally(() => {
    isOver = true;
  });
  outcome.catch(() => {}); // whoever awaits it hears of the failure
  for (;;) {
    const { waits } = await tx.one<{ waits: boolean }>(sql`
      select exists (select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))) as waits`);
    if (waits) return { outcome };
    assert.ok(!isOver, 'the rival did not wait for this transaction');
  }
}

async function auditedActions(db: Db, organisation: Id): Promise<string[]> {
  const rows = await db.tenant(organisation, (tx) =>
    tx.rows<{ action: string }>(sql`
      select action from app.audit_entries where organisation_id = ${organisation} order by at, id`),
  );
  return rows.map(({ action }) => action);
}

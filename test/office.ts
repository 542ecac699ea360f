import { manualClock, openDb, seededRandom, sql, type Ctx, type Db, type Id, type LogEvent } from '#base';
import { cloneDatabase, testDerive } from './cluster.ts';
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
  /** The actions in the audit log, oldest first. */
  audited(): Promise<string[]>;
  close(): Promise<void>;
};

/** Opens an office on Monday 5 January 2026, 08:00 UTC; the clock on its wall in Madrid says 09:00. */
export async function openOffice(): Promise<Office> {
  const database = await cloneDatabase();
  const random = seededRandom('office');
  const keys = await testKeystore(random);
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
    call: (of = business) => makeCall(db, of),
    audited: () => auditedActions(db, business.organisation),
    async close() {
      await db.close();
      await keys.close();
      await database.drop();
    },
  };
}

async function auditedActions(db: Db, organisation: Id): Promise<string[]> {
  const rows = await db.tenant(organisation, (tx) =>
    tx.rows<{ action: string }>(sql`
      select action from app.audit_entries where organisation_id = ${organisation} order by at, id`),
  );
  return rows.map(({ action }) => action);
}

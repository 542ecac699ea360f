import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, manualClock, openDb, sql } from '#base';
import { cloneDatabase, testDerive } from '../../../test/cluster.ts';
import { makeBusiness, makeCall } from '../../../test/rows.ts';
import { callsRunning } from './running.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 23, 15);

test('a call counts as running until it is over, silent for too long, put through to a person, or began later', async (t) => {
  const database = await cloneDatabase();
  const [app, jobs] = (['app', 'jobs'] as const).map((role) =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 1 }),
  );
  assert.ok(app && jobs);
  t.after(async () => {
    await Promise.all([app.close(), jobs.close()]);
    await database.drop();
  });
  const clock = manualClock(now);
  const business = await makeBusiness(app);
  const id = await makeCall(app, business);
  const cases: readonly (readonly [startedAt: number, watchAt: number, state: string, running: number])[] = [
    [now - minute, now + 2 * minute, 'live', 1],
    [now - minute, now - 1, 'live', 1],
    [now - minute, now + 2 * minute, 'ended', 0],
    [now + 1, now + 2 * minute, 'live', 0],
    [now - minute, now + 4 * 60 * minute, 'live', 1],
    [now - 90 * minute, now + 3 * 60 * minute, 'live', 0],
    // Postponed by the watchdog, which could not end it.
    [now - 90 * minute, now + 9 * minute, 'live', 0],
  ];
  for (const [startedAt, watchAt, state, running] of cases) {
    await app.tenant(business.organisation, (tx) =>
      tx.run(sql`
        update app.calls set started_at = ${iso(startedAt)}, watch_at = ${iso(watchAt)}, state = ${state}
        where organisation_id = ${business.organisation} and id = ${id}`),
    );
    assert.equal(
      await callsRunning({ db: jobs, clock }, now),
      running,
      `${startedAt - now}, ${watchAt - now}, ${state}`,
    );
  }
});
